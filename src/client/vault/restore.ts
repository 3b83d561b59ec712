import { toText } from '../../protocol/bytes.ts'
import { askToPersist } from '../device/phone.ts'
import { readOwner } from '../device/records.ts'
import { newPresser, withoutPressers } from './document.ts'
import { changeVault, fetchVault, type Opened, type Outcome, vault } from './session.ts'

/**
 * Brings a vault back with its root: this phone becomes its presser, and every other phone is revoked in the same step. People and
 * cards that can press stay: they were not lost with the phone.
 */
export const restoreVault = async (root: Uint8Array, label: string): Promise<Outcome<Opened>> => {
  const owner = await readOwner()
  const known = owner.kind === 'record' && owner.record.root === toText(root) ? owner.record.version : 0
  const fetched = await fetchVault(root, known)
  if (!fetched.ok) return fetched
  const presser = newPresser(label, Date.now())
  vault.value = {
    root,
    presser: presser.id,
    version: fetched.value.version,
    document: fetched.value.document,
    fresh: true,
  }
  const changed = await changeVault((document) => {
    const phones = document.pressers.filter(({ kind }) => kind === 'phone').map(({ id }) => id)
    const left = withoutPressers(document, phones)
    return { ...left, pressers: [...left.pressers, presser] }
  })
  if (changed.ok) await askToPersist()
  return changed
}
