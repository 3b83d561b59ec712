import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AlertSummary } from '../../protocol/vault.ts'
import { fetchAlerts } from '../vault/session.ts'

const EVERY_MS = 60_000

/** The alerts as the service tells of them, looked at again each minute and whenever the page comes back, while one runs. */
export const useAlerts = (root: Uint8Array): { alerts: readonly AlertSummary[]; stale: boolean } => {
  const alerts = useSignal<readonly AlertSummary[]>([])
  const stale = useSignal(false)
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return
      const outcome = await fetchAlerts(root)
      stale.value = !outcome.ok
      if (outcome.ok) alerts.value = outcome.value
    }
    const again = (): void => {
      if (stale.value || alerts.value.some(({ state }) => state === 'open')) void look()
    }
    void look()
    const timer = setInterval(again, EVERY_MS)
    document.addEventListener('visibilitychange', again)
    globalThis.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
      globalThis.removeEventListener('online', again)
    }
  }, [])
  return { alerts: alerts.value, stale: stale.value }
}
