import { fromText } from '../../protocol/bytes.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { readOwner } from '../device/owner.ts'
import { press } from '../device/records.ts'
import { tellOwner } from '../vault/session.ts'

/**
 * Sends the all-clear for the alert of this press, or the one that the press joined, and for no other. An alert that has expired
 * needs the press key again, and only then is it sent.
 * @param known the root, where a PIN has just opened it
 * @returns true only if the service said that it is done
 */
export const sendAllClear = async (alert: string, known: Uint8Array | null = null): Promise<boolean> => {
  const owner = await readOwner(known)
  if (owner.kind !== 'record') return false
  const root = fromText(owner.record.root)
  const done = await tellOwner(ROUTES.clear, root, { alert, key: null })
  if (done.ok) return true
  if (done.trouble !== 'refused' || done.code !== 'key-needed' || press.value === null) return false
  return (await tellOwner(ROUTES.clear, root, { alert, key: press.value.key })).ok
}
