import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Opened, openVault, vault } from './session.ts'
import { troubleText } from './trouble.ts'

/** The opened vault for a page, opened if it is not yet; `trouble` says why it could not be. */
export const useVault = (): { opened: Opened | null; trouble: string | null } => {
  const trouble = useSignal<string | null>(null)
  useEffect(() => {
    void openVault()
      .then((outcome) => {
        trouble.value = outcome.ok ? null : troubleText(outcome)
      })
      .catch(() => {
        trouble.value = troubleText({ trouble: 'unreadable' })
      })
  }, [])
  return { opened: vault.value, trouble: trouble.value }
}
