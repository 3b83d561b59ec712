import { useEffect } from 'preact/hooks'
import { press } from '../device/records.ts'
import { t } from '../text/app-text.ts'
import { Heading } from '../ui/page.tsx'
import { replace } from '../ui/route.ts'
import { leavePress } from './presses.ts'

/** Writes down that this was practised; not worth a word to the person if it fails, the light stays amber then. */
const noteDown = async (): Promise<void> => {
  if (press.value?.practised !== false) return
  const [{ changeVault }, { openVault, vault }] = await Promise.all([
    import('../vault/change.ts'),
    import('../vault/session.ts'),
  ])
  if (vault.value === null) await openVault()
  const now = Date.now()
  await changeVault((document) => ({ ...document, practisedAt: document.practisedAt ?? now }))
}

export const Practised = () => {
  useEffect(() => {
    void noteDown().catch(() => undefined)
  }, [])
  const leave = (): void => {
    replace('')
    void leavePress()
  }
  return (
    <>
      <Heading>{t('alert.practised')}</Heading>
      <p role="status">{t('alert.practised.more')}</p>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={leave}>
          {t('alert.practised.done')}
        </button>
      </div>
    </>
  )
}
