import { toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { ask } from '../../queue/ask.ts'
import { checkRoom } from '../device/forget.ts'
import { dropSuccessor, wasLeft } from '../device/move.ts'
import { dropMove } from '../device/move-note.ts'
import { readOwner, writeGuarded } from '../device/owner.ts'
import { askToPersist } from '../device/phone.ts'
import { setTold } from '../told/service.ts'
import { changeVault } from './change.ts'
import { newPresser, withoutPressers } from './document.ts'
import { credentialsOf, fail, fetchVault, type Opened, type Outcome, troubleOf, vault } from './session.ts'

/**
 * Brings a vault back with its root: this phone becomes its presser, and every other phone is revoked in the same step, and with them
 * the presser of check-ins, whose key lies on a phone. People and cards that can press stay: they were not lost with it. Before that the service forgets every phone's share: what was lost opens
 * nothing any more, whoever learns its PIN, and this phone's PIN was forgotten or is set anew. Nor is it told of presses any more.
 * @throws Error if this phone cannot keep it
 */
export const restoreVault = async (root: Uint8Array, label: string): Promise<Outcome<Opened>> => {
  await checkRoom()
  const owner = await readOwner(root)
  const known = owner.kind === 'record' && owner.record.root === toText(root) ? owner.record.version : 0
  const isLeft = await wasLeft(credentialsOf(root).vault)
  // Gone over already: what would be brought back is about to end.
  if (isLeft && owner.kind === 'record' && owner.record.root !== toText(root)) return fail('moving')
  const fetched = await fetchVault(root, known)
  if (!fetched.ok) return fetched
  const body = JSON.stringify({ ...credentialsOf(root), guard: null })
  const forgotten = await ask(ROUTES.guardRemove, body, DoneAnswer)
  if (forgotten.kind !== 'answer') return troubleOf(forgotten)
  // What was lost is told of nothing any more.
  const untold = await setTold(root, { kind: 'none' })
  if (!untold.ok) return untold
  if (owner.kind === 'record') await writeGuarded(null, [], owner.record)
  if (isLeft) {
    // Who brings the old vault back stays in it: what was begun may be sealed under a PIN that nobody knows.
    await dropMove()
    await dropSuccessor()
  }
  const presser = newPresser(label, Date.now())
  const before = vault.value
  vault.value = {
    root,
    presser: presser.id,
    version: fetched.value.version,
    document: fetched.value.document,
    fresh: true,
  }
  const changed = await takeOver(presser).catch((error: unknown) => {
    vault.value = before
    throw error
  })
  if (changed.ok) await askToPersist()
  else vault.value = before
  return changed
}

const takeOver = (presser: DocumentPresser): Promise<Outcome<Opened>> =>
  changeVault(
    (document) => {
      const lost = document.pressers.filter(({ kind }) => kind === 'phone' || kind === 'check-in')
      const left = withoutPressers(
        document,
        lost.map(({ id }) => id),
      )
      return { ...left, pressers: [...left.pressers, presser] }
    },
    undefined,
    true,
  )
