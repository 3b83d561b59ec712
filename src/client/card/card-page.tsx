import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { c } from '../text/card-text.ts'
import { Working } from '../ui/working.tsx'
import type { Opened } from '../vault/session.ts'
import { useSaving } from '../vault/use-saving.tsx'
import { cardLink, publishCard } from './card.ts'
import { CardBack, CardFront } from './card-face.tsx'
import { cardWords } from './card-words.ts'
import { Printing, type Ready } from './printing.tsx'
import { RevokeCard } from './revoke-card.tsx'

/** The same card several times on one sheet, which is what the browser prints of this page. */
const PRINTED = 4

const OneCard = ({ opened, card }: { opened: Opened; card: DocumentPresser }) => {
  const ready = useSignal<Ready | null>(null)
  const saving = useSaving()
  const prepare = async (): Promise<void> => {
    const published = await saving.run((onProgress) => publishCard(opened.root, card, onProgress))
    if (published?.ok !== true) return
    const words = await cardWords(opened.document.language, `${location.host}/press`).catch(() => null)
    if (words === null) return saving.say(c('pdf.failed'))
    ready.value = { words, link: cardLink(location.origin, opened.root, card), code: published.value }
  }
  useEffect(() => {
    void prepare()
  }, [])
  const shown = ready.value
  return (
    <>
      <p>
        <b>
          <bdi>{card.label}</bdi>
        </b>
      </p>
      {saving.trouble !== null && (
        <>
          <p class="wrong" role="alert">
            {saving.trouble}
          </p>
          <button type="button" class="btn" disabled={saving.isBusy} onClick={prepare}>
            {c('again')}
          </button>
        </>
      )}
      {saving.done !== null && <Working label={c('preparing')} done={saving.done} />}
      {shown !== null && (
        <>
          <section class="stack" aria-label={c('front')}>
            <CardFront words={shown.words} />
          </section>
          <section class="stack" aria-label={c('back')}>
            <CardBack {...shown} />
          </section>
          <Printing ready={shown} />
        </>
      )}
      <RevokeCard id={card.id} />
      {shown !== null && (
        <section class="sheet pairs" aria-hidden="true">
          {Array.from({ length: PRINTED }, (_, at) => (
            <div class="pair" key={at}>
              <CardFront words={shown.words} />
              <CardBack {...shown} />
            </div>
          ))}
        </section>
      )}
    </>
  )
}

/** One card: how it looks, its PDF, and the end of it. */
export const CardPage = ({ opened, id }: { opened: Opened; id: string }) => {
  const card = opened.document.pressers.find((one) => one.id === id && one.kind === 'card')
  return card === undefined ? <p>{c('one.gone')}</p> : <OneCard opened={opened} card={card} />
}
