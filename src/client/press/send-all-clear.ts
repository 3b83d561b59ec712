import { phoneKeyOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { deviceKey } from '../device/device-key.ts'
import { pinSet } from '../device/locked.ts'
import { readMove } from '../device/move-note.ts'
import { readOwner } from '../device/owner.ts'
import { press } from '../device/records.ts'
import { tellOwner } from '../vault/session.ts'

/** An alert of the vault that this phone has just left, and that has not ended yet (`protocol.md §7.16`). */
const clearLeft = async (alert: string, root: Uint8Array): Promise<boolean> => {
  const note = await readMove(pinSet.value ? phoneKeyOf(root) : await deviceKey())
  if (note === null || note.from === null || note.root !== toText(root)) return false
  return (await tellOwner(ROUTES.clear, fromText(note.from), { alert, key: null })).ok
}

/**
 * Sends the all-clear for the alert of this press, or the one that the press joined, and for no other. An alert that has expired
 * needs the press key again, and only then is it sent.
 * @param known the root, where a PIN has opened it; null: there is none on this phone
 * @returns true only if the service said that it is done
 */
export const sendAllClear = async (alert: string, known: Uint8Array | null): Promise<boolean> => {
  const owner = await readOwner(known)
  if (owner.kind !== 'record') return false
  const root = fromText(owner.record.root)
  const done = await tellOwner(ROUTES.clear, root, { alert, key: null })
  if (done.ok) return true
  if (done.trouble === 'refused' && done.code === 'unknown') return clearLeft(alert, root)
  if (done.trouble !== 'refused' || done.code !== 'key-needed' || press.value === null) return false
  return (await tellOwner(ROUTES.clear, root, { alert, key: press.value.key })).ok
}
