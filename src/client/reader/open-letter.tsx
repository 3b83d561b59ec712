import { useSignal } from '@preact/signals'
import { FIRST_HOUR, SCAMS } from '../../content/first-steps.ts'
import { hotlineOrFallback } from '../../content/hotline.ts'
import type { LetterAnswer } from '../../protocol/letter.ts'
import type { Letter } from '../../protocol/letter-content.ts'
import { CallButton } from '../help/call-button.tsx'
import { dayAndTimeOf, language } from '../text/language.ts'
import { t } from '../text/reader-text.ts'
import { ShareIcon } from '../ui/icons.tsx'
import { Heading } from '../ui/page.tsx'
import { type Shared, shareOrCopy } from '../ui/share.ts'

/** A text for the messenger that the family lives in. */
const TellOthers = ({ letter, pressedAt }: { letter: Letter; pressedAt: number }) => {
  const said = useSignal<Shared | null>(null)
  const line = hotlineOrFallback(letter.hotline)
  const text = t('tell.text', {
    name: letter.from,
    when: dayAndTimeOf(pressedAt),
    hotline: line.name,
    number: line.display,
  })
  return (
    <div class="stack">
      <button type="button" class="btn" onClick={async () => (said.value = await shareOrCopy(text))}>
        <ShareIcon />
        {t('tell.button')}
      </button>
      <div aria-live="polite">
        {said.value === 'copied' && <p class="small">{t('tell.copied')}</p>}
        {said.value === 'to-show' && <p class="card">{text}</p>}
      </div>
    </div>
  )
}

const Standing = ({ letter, alert }: { letter: Letter; alert: LetterAnswer['alert'] }) => {
  const over = alert.state === 'cleared'
  return (
    <p class={`light${over ? '' : ' amber'}`} role="status">
      <span class="dot" />
      <span>
        {over
          ? t('alert.cleared', { name: letter.from, when: dayAndTimeOf(alert.closedAt ?? alert.pressedAt) })
          : t('alert.open', { name: letter.from, when: dayAndTimeOf(alert.pressedAt) })}
      </span>
    </p>
  )
}

/** One of the family calls first, so that a hotline is not called ten times at once. */
const Lead = ({ lead }: { lead: NonNullable<Letter['lead']> }) => (
  <p class="light" role="note">
    <span>{lead.you ? t('lead.you') : t('lead.other', { name: lead.name })}</span>
  </p>
)

/** Whoever hears of an arrest may call the family: what no honest caller asks for. */
const Scams = () => (
  <section class="card stack">
    <h2>{t('scams.title')}</h2>
    {SCAMS.map((scam) => (
      <p key={scam.id}>
        <b>{scam.title[language.value]}</b>
        <br />
        <span class="small">{scam.text[language.value]}</span>
      </p>
    ))}
    <p class="small">{t('money')}</p>
  </section>
)

/** The letter, and then what to do. */
export const OpenLetter = ({
  letter,
  answer,
  doubtful,
}: {
  letter: Letter
  answer: LetterAnswer
  doubtful: boolean
}) => (
  <>
    {doubtful && (
      <p class="wrong" role="status">
        {t('misfit.alone')}
      </p>
    )}
    <Standing letter={letter} alert={answer.alert} />
    <Heading>{t('letter.from', { name: letter.from })}</Heading>
    <article class="letter" lang={letter.language}>
      {letter.text}
    </article>
    {letter.phrase !== null && (
      <p class="card">
        <span class="small soft">{t('letter.phrase', { name: letter.from })}</span>
        <br />
        <b lang={letter.language}>{letter.phrase}</b>
      </p>
    )}
    {letter.lead !== null && <Lead lead={letter.lead} />}
    <CallButton hotline={letter.hotline} label={t('call')} notVerified={t('call.unverified')} />
    <section class="card">
      <h2>{t('steps.title')}</h2>
      <ol class="steps">
        {FIRST_HOUR.map((step, index) => (
          <li key={step.id}>
            <span class="num" aria-hidden="true">
              {index + 1}
            </span>
            <span>
              <b>{step.title[language.value]}</b>
              <br />
              <span class="small">{step.text[language.value]}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
    <TellOthers letter={letter} pressedAt={answer.alert.pressedAt} />
    <Scams />
    <p class="soft small">{t('advice')}</p>
  </>
)
