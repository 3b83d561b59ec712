import { useSignal } from '@preact/signals'
import { isAndroid } from '../device/system.ts'
import { t } from '../text/join-text.ts'
import { linkTo } from './stage.ts'
import type { Place } from './standing.ts'

/**
 * A browser inside another app works here, and forgets soon. Its own "open in the browser" would lose the key, which is no longer in
 * the address bar: so the whole link is copied.
 */
export const OtherBrowser = ({ place }: { place: Place }) => {
  const said = useSignal<'copied' | 'failed' | null>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(linkTo(place))
      said.value = 'copied'
    } catch {
      said.value = 'failed'
    }
  }
  return (
    <section class="card stack">
      <h2>{t('inside.title')}</h2>
      <p class="small">{t(isAndroid() ? 'inside.android' : 'inside.apple')}</p>
      <button type="button" class="btn" onClick={copy}>
        {t('inside.copy')}
      </button>
      <div aria-live="polite">{said.value !== null && <p class="small">{t(`inside.${said.value}`)}</p>}</div>
    </section>
  )
}
