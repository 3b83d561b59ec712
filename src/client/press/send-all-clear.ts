import { fromText } from '../../protocol/bytes.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { press, readOwner } from '../device/records.ts'
import { fetchAlerts, tellOwner } from '../vault/session.ts'

/**
 * Sends the all-clear for the alert that a press of this phone belongs to: its own, or the open one that it became a wave of.
 * @returns true only if the service said that it is done
 */
export const sendAllClear = async (alert: string): Promise<boolean> => {
  const owner = await readOwner()
  if (owner.kind !== 'record') return false
  const root = fromText(owner.record.root)
  const alerts = await fetchAlerts(root)
  if (!alerts.ok) return false
  const open =
    alerts.value.find((one) => one.alert === alert) ?? alerts.value.find(({ state }) => state === 'open')
  if (open === undefined) return false
  if (open.state === 'cleared') return true
  const done = await tellOwner(ROUTES.clear, root, { alert: open.alert, key: press.value?.key ?? null })
  return done.ok
}
