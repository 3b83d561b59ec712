import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { s } from '../text/setup-text.ts'
import { type Opened, openVault, vault } from './session.ts'
import { troubleText } from './trouble.ts'

/** `isHalf`: this phone presses, and holds nothing that opens the vault: its words were not brought to their end here. */
type Used = { opened: Opened | null; trouble: string | null; isHalf: boolean }

/** The opened vault for a page, opened if it is not yet; `trouble` says why it could not be. */
export const useVault = (): Used => {
  const isHalf = useSignal(false)
  const trouble = useSignal<string | null>(null)
  useEffect(() => {
    void openVault()
      .then((outcome) => {
        isHalf.value = !outcome.ok && outcome.trouble === 'none'
        trouble.value = outcome.ok ? null : isHalf.value ? s('trouble.half') : troubleText(outcome)
      })
      .catch(() => {
        trouble.value = troubleText({ trouble: 'unreadable' })
      })
  }, [])
  return { opened: vault.value, trouble: trouble.value, isHalf: isHalf.value }
}
