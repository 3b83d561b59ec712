import { useSignal } from '@preact/signals'
import { hotlineOrFallback } from '../../content/hotline.ts'
import { t } from '../text/app-text.ts'
import { ShareIcon } from '../ui/icons.tsx'

/** A text for any messenger. No number is stored: the person picks in the messenger whom it goes to. */
export const ShareText = ({ hotline }: { hotline: string }) => {
  const done = useSignal<'no' | 'copied' | 'shown'>('no')
  const line = hotlineOrFallback(hotline)
  const text = t('share.text', { name: line.name, number: line.display })
  const share = async (): Promise<void> => {
    try {
      if (navigator.share) {
        await navigator.share({ text })
        return
      }
      await navigator.clipboard.writeText(text)
      done.value = 'copied'
    } catch (error) {
      // Closing the share sheet is no failure; anything else is answered by showing the text itself.
      if (!(error instanceof DOMException && error.name === 'AbortError')) done.value = 'shown'
    }
  }
  return (
    <div class="stack">
      <div class="row">
        <a
          class="btn"
          href={`https://wa.me/?text=${encodeURIComponent(text)}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          {t('share.whatsapp')}
        </a>
        <button type="button" class="btn" onClick={share}>
          <ShareIcon />
          {t('share.other')}
        </button>
      </div>
      <div aria-live="polite">
        {done.value === 'copied' && <p class="small">{t('share.copied')}</p>}
        {done.value === 'shown' && <p class="card">{text}</p>}
      </div>
    </div>
  )
}
