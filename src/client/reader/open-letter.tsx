import { FIRST_HOUR } from '../../content/first-steps.ts'
import type { LetterAnswer } from '../../protocol/letter.ts'
import type { Letter } from '../../protocol/letter-content.ts'
import { CallButton } from '../help/call-button.tsx'
import { dayAndTimeOf, language } from '../text/language.ts'
import { t } from '../text/reader-text.ts'
import { Heading } from '../ui/page.tsx'
import { AfterPlace, part } from './after-place.tsx'

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
    <AfterPlace />
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
    {part.value && <part.value.MoreHelp />}
    <p class="soft small">{t('money')}</p>
  </>
)
