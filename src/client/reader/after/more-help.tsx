import { useSignal } from '@preact/signals'
import { hotlineOrFallback } from '../../../content/hotline.ts'
import { SCAMS } from '../../../content/scams.ts'
import type { Letter } from '../../../protocol/letter-content.ts'
import { a } from '../../text/after-text.ts'
import { dayAndTimeOf, language } from '../../text/language.ts'
import { type Shared, shareOrCopy } from '../../ui/share.ts'
import { ShareIcon } from '../../ui/share-icon.tsx'
import { gone, opened } from './standing.ts'
import { StepsPlace } from './steps-place.tsx'
import { Story } from './story.tsx'

/** A text for the messenger that the family lives in. */
const TellOthers = ({ letter, pressedAt }: { letter: Letter; pressedAt: number }) => {
  const said = useSignal<Shared | null>(null)
  const line = hotlineOrFallback(letter.hotline)
  const text = a('tell.text', {
    name: letter.from,
    when: dayAndTimeOf(pressedAt),
    hotline: line.name,
    number: line.display,
  })
  return (
    <div class="stack">
      <button type="button" class="btn" onClick={async () => (said.value = await shareOrCopy(text))}>
        <ShareIcon />
        {a('tell.button')}
      </button>
      <div aria-live="polite">
        {said.value === 'copied' && <p class="small">{a('tell.copied')}</p>}
        {said.value === 'to-show' && <p class="card">{text}</p>}
      </div>
    </div>
  )
}

/** Whoever hears of an arrest may call the family: what no honest caller asks for. */
const Scams = () => (
  <section class="card stack">
    <h2>{a('scams.title')}</h2>
    {SCAMS.map((scam) => (
      <p key={scam.id}>
        <b>{scam.title[language.value]}</b>
        <br />
        <span class="small">{scam.text[language.value]}</span>
      </p>
    ))}
  </section>
)

/** In a tab beside this one: a letter that was opened stays open. */
const Elsewhere = ({ hotline }: { hotline: string }) => {
  const links = [
    { to: `/hotlines#${hotline}`, words: a('help.hotlines') },
    { to: '', words: a('help.now') },
    { to: '/library', words: a('help.library') },
  ]
  return (
    <nav class="card stack" aria-label={a('help.title')}>
      <h2>{a('help.title')}</h2>
      {links.map(({ to, words }) => (
        <a key={to} href={`/help/${language.value}${to}`} target="_blank" rel="noreferrer">
          {words}
        </a>
      ))}
    </nav>
  )
}

/** How it stands, and what helps once the first steps are done. */
export const MoreHelp = () => {
  const open = opened()
  return (
    open !== null && (
      <>
        <StepsPlace hotline={open.letter.hotline} />
        {!open.doubtful && !gone.value && <Story from={open.letter.from} />}
        <TellOthers letter={open.letter} pressedAt={open.answer.alert.pressedAt} />
        <Scams />
        <Elsewhere hotline={hotlineOrFallback(open.letter.hotline).id} />
        <p class="soft small">{a('advice')}</p>
      </>
    )
  )
}
