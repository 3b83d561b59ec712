import { phoneKeyOf, vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { dropPress, isWaiting, type QueuedPress, queuedPresses } from '../../queue/press-queue.ts'
import { checkInNews } from '../device/check-in.ts'
import { checked } from '../device/checked.ts'
import { exclusively } from '../device/lock.ts'
import { isLocked, unlocked } from '../device/locked.ts'
import { type MoveNote, writeMove, writeMoved } from '../device/move-note.ts'
import { type Guard, type OwnerRecord, recordKey, writeGuarded, writeOwner } from '../device/owner.ts'
import { phone } from '../device/phone.ts'
import { writeCache } from '../device/records.ts'
import { running } from '../press/presses.ts'
import { heard, type Opened, vault, writePresser } from '../vault/session.ts'
import { takeNumbersOver } from './numbers-over.ts'

/** The moment in which this phone goes over to the new vault, and what of the old one it then lets go. */

/** A vault as it was read or made: sealed and open. */
export type Fetched = { version: number; document: VaultDocument; sealed: string }

/** `key`: of this phone's records until now. `known`: presses under the old keys of which it is known that they are over. */
type Keys = { guard: Guard | null; key: Uint8Array; known: readonly string[] }

/** What belongs to the old vault, or was typed into it. */
const OF_OLD = ['check-in', 'checked', 'plan', 'plan-draft', 'edit', 'draft', 'handed'] as const

/**
 * One write takes root, presser and PIN over together. What dies before it is where it was, and what dies after it is finished by `settleOver`:
 * until then the button presses the old vault, which is there.
 * @returns false, and nothing has changed, if the button was pressed meanwhile
 */
export const goOver = (note: MoveNote, there: Fetched, { guard, key, known }: Keys): Promise<boolean> =>
  exclusively('vault', async () => {
    if (await hasPressed(note, known)) return false
    const root = fromText(note.root)
    const wasLocked = isLocked()
    // Under the new key too, or who has gone over would not know what it has left.
    await writeMove(note, guard === null ? [key] : [key, phoneKeyOf(root)])
    const record: OwnerRecord = {
      ...{ v: 1, root: note.root, presser: note.presser },
      ...{ next: null, drop: [], version: there.version },
    }
    if (guard === null) await writeOwner(record)
    else await writeGuarded(guard, [], record)
    await settle(note, there)
    // In the background it was locked meanwhile, and the new root must not open it.
    if (wasLocked) {
      unlocked.value = null
      vault.value = null
    }
    return true
  })

const hasPressed = async ({ from }: MoveNote, known: readonly string[]): Promise<boolean> => {
  const old = from === null ? null : toText(vaultIdOf(fromText(from)))
  const presses = await queuedPresses(await phone())
  return presses.some(({ vault: of, alert }) => of === old && !known.includes(alert))
}

/** What a phone that has gone over may have left half done. May be done twice. */
export const settleOver = (note: MoveNote, there: Fetched): Promise<void> =>
  exclusively('vault', () => settle(note, there))

const settle = async (note: MoveNote, { version, document, sealed }: Fetched): Promise<void> => {
  const opened: Opened = { root: fromText(note.root), presser: note.presser, version, document, fresh: true }
  heard.value = null
  await takeNumbersOver(note.from, document.contacts).catch(() => undefined)
  await writePresser(opened)
  await writeCache({ v: 1, version, sealed })
  const storage = await phone()
  // What will not be deleted must not keep this phone from going on.
  await Promise.allSettled(OF_OLD.map((name) => storage.delete(name)))
  checked.value = null
  checkInNews.value = null
  const id = toText(vaultIdOf(opened.root))
  // An alert that came in the last moment is still looked at, and given its all-clear, by the keys of its press.
  const isOver = (one: QueuedPress): boolean =>
    one.vault !== id && !isWaiting(one) && one.answer?.state !== 'open' && one.answer?.state !== 'counting'
  for (const one of await queuedPresses(storage)) if (isOver(one)) await dropPress(storage, one.alert)
  if (running.value !== null && isOver(running.value)) running.value = null
  if (!isLocked()) vault.value = opened
  const key = await recordKey()
  if (key !== null) await writeMoved(note, key)
}
