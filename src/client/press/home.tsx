import { type PressRecord, press } from '../device/records.ts'
import { CallButton } from '../help/call-button.tsx'
import { t } from '../text/app-text.ts'
import { CardIcon } from '../ui/icons.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { HoldButton } from './hold-button.tsx'
import { returnToPress, running, startPress } from './presses.ts'

type Step = { place: string; strong: string; more: string }

const unwrittenMore = ({ left }: PressRecord['people']): string =>
  left > 0 ? t('light.left', { count: left }) : t('light.unwritten.more')

/** The first thing that is missing, or null: one glance, one next step. */
const missing = ({ revoked, contacts, people, practised, wordsConfirmed }: PressRecord): Step | null => {
  const step = (place: string, strong: string, more: string): Step => ({ place, strong, more })
  if (revoked) return step('restore', t('light.revoked'), t('light.revoked.more'))
  if (contacts === 0) return step('people', t('light.nobody'), t('light.nobody.more'))
  // Before every other step: whoever holds the button now must know that it would reach nobody.
  if (people.written === 0) return step('people', t('light.unwritten'), unwrittenMore(people))
  if (!practised) return step('practice', t('light.practice'), t('light.practice.more'))
  if (people.doubtful > 0) return step('people', t('light.doubtful'), t('light.doubtful.more'))
  if (people.invited === 0) return step('people', t('light.invite'), t('light.invite.more'))
  if (!wordsConfirmed) return step('words', t('light.words'), t('light.words.more'))
  if (people.left > 0) return step('people', t('light.left', { count: people.left }), t('light.left.more'))
  if (people.accepted === 0) return step('people', t('light.accept'), t('light.accept.more'))
  if (people.toClear > 0) return step('people', t('light.clear'), t('light.clear.more'))
  return null
}

/** How many an alert writes to, and how many of them all have said yes. */
const readyMore = ({ contacts, people }: PressRecord): string => {
  const goesTo = t('light.ready.more', { contacts: people.written })
  if (people.accepted === contacts) return goesTo
  return `${goesTo} ${t('light.ready.accepted', { accepted: people.accepted, contacts })}`
}

const Readiness = ({ record }: { record: PressRecord }) => {
  if (running.value !== null) {
    return (
      <button type="button" class="light amber" onClick={returnToPress}>
        <span class="dot" />
        <span>
          <b>{t('home.running')}</b> <u>{t('home.running.more')}</u>
        </span>
      </button>
    )
  }
  const step = missing(record)
  if (step === null) {
    return (
      <p class="light" role="status">
        <span class="dot" />
        <span>
          <b>{t('light.ready')}</b> {readyMore(record)}
        </span>
      </p>
    )
  }
  return (
    <a class="light amber" href={`#/${step.place}`}>
      <span class="dot" />
      <span>
        <b>{step.strong}</b> {step.more}
      </span>
    </a>
  )
}

/** The button, and at most two lesser things beside it. */
export const Home = () => {
  const record = press.value
  if (record === null) return null
  return (
    <>
      <Top
        title="Amparo"
        side={
          <a class="quiet" href="#/more">
            {t('home.more')}
          </a>
        }
      />
      <main>
        <div class="hidden">
          <Heading>{t('home.title')}</Heading>
        </div>
        <Readiness record={record} />
        <div class="hold-space">
          <HoldButton label={t('hold.label')} onHeld={() => void startPress(false)} />
        </div>
        <div class="stack">
          <CallButton hotline={record.hotline} label={t('call.hotline')} notVerified={t('call.unverified')} />
          <a class="btn" href="#/rights">
            <CardIcon />
            {t('home.rights')}
          </a>
        </div>
        <p class="soft small centre">{t('home.offline')}</p>
      </main>
    </>
  )
}
