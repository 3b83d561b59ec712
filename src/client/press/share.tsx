import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { hotlineOrFallback } from '../../content/hotline.ts'
import { type KeptNumber, readNumbers } from '../device/numbers.ts'
import { t } from '../text/app-text.ts'
import { type Shared, shareOrCopy } from '../ui/share.ts'
import { ShareIcon } from '../ui/share-icon.tsx'

/**
 * By the phone's own network. Each number by itself: to several at once many phones send a picture message, which needs internet. With
 * none kept, the person picks in the phone's own app whom it goes to.
 */
const ByPhone = ({ text }: { text: string }) => {
  const numbers = useSignal<readonly KeptNumber[]>([])
  useEffect(() => {
    void readNumbers().then((kept) => {
      numbers.value = kept
    })
  }, [])
  const body = encodeURIComponent(text)
  return (
    <>
      {numbers.value.map(({ contact, number }) => (
        <div class="row" key={contact}>
          <a class="btn prime" href={`sms:${number}?&body=${body}`}>
            {t('share.sms.to', { number })}
          </a>
          <a class="btn" href={`tel:${number}`} aria-label={t('share.call.to', { number })}>
            {t('share.call')}
          </a>
        </div>
      ))}
      <a class={numbers.value.length === 0 ? 'btn prime' : 'btn'} href={`sms:?&body=${body}`}>
        {t('share.sms')}
      </a>
    </>
  )
}

/**
 * A text for any messenger, whose number the person picks there.
 * @param unsent nobody was told: a text message needs no internet, and stands first, with the numbers that the owner keeps for that on this phone
 */
export const ShareText = ({ hotline, unsent = false }: { hotline: string; unsent?: boolean }) => {
  const done = useSignal<Shared | null>(null)
  const line = hotlineOrFallback(hotline)
  const text = t('share.text', { name: line.name, number: line.display })
  return (
    <div class="stack">
      {unsent && <ByPhone text={text} />}
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
