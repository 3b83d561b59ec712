import { useSignal } from '@preact/signals'
import { hotlineOrFallback } from '../../content/hotline.ts'
import { t } from '../text/app-text.ts'
import { type Shared, shareOrCopy } from '../ui/share.ts'
import { ShareIcon } from '../ui/share-icon.tsx'

/**
 * A text for any messenger. No number is stored: the person picks in the messenger whom it goes to.
 * @param unsent the press has not gone out: a text message needs no internet, and stands first
 */
export const ShareText = ({ hotline, unsent = false }: { hotline: string; unsent?: boolean }) => {
  const done = useSignal<Shared | null>(null)
  const line = hotlineOrFallback(hotline)
  const text = t('share.text', { name: line.name, number: line.display })
  return (
    <div class="stack">
      {unsent && (
        <a class="btn prime" href={`sms:?&body=${encodeURIComponent(text)}`}>
          {t('share.sms')}
        </a>
      )}
      <div class="row">
        <a
          class="btn"
          href={`https://wa.me/?text=${encodeURIComponent(text)}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          {t('share.whatsapp')}
        </a>
        <button type="button" class="btn" onClick={async () => (done.value = await shareOrCopy(text))}>
          <ShareIcon />
          {t('share.other')}
        </button>
      </div>
      <div aria-live="polite">
        {done.value === 'copied' && <p class="small">{t('share.copied')}</p>}
        {done.value === 'to-show' && <p class="card">{text}</p>}
      </div>
    </div>
  )
}
