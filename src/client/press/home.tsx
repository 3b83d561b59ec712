import { checkInNews } from '../device/check-in.ts'
import { type Checked, checked } from '../device/checked.ts'
import { pinSet } from '../device/locked.ts'
import { moveNews } from '../device/move-news.ts'
import { type PressRecord, press } from '../device/records.ts'
import { CallButton } from '../help/call-button.tsx'
import { t } from '../text/app-text.ts'
import { dayAndTimeOf, language } from '../text/language.ts'
import { CardIcon, TickIcon, WarnIcon } from '../ui/icons.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { HoldButton } from './hold-button.tsx'
import { returnToPress, running, startPress } from './presses.ts'
import { PLACES, type Row, readinessOf } from './readiness.ts'

type Step = { place: string; strong: string; more: string }

const unwrittenMore = ({ left }: PressRecord['people']): string =>
  left > 0 ? t('light.left', { count: left }) : t('light.unwritten.more')

/** What to do next, and where. */
const stepOf = ({ id, state }: Row, { people }: PressRecord, found: Checked | null): Step => {
  const step = (strong: string, more: string): Step => ({ place: PLACES[id], strong, more })
  if (state === 'unknown' && id !== 'persisted')
    return { ...step(t('light.unknown'), t('light.unknown.more')), place: 'ready' }
  switch (id) {
    case 'key':
      return step(t('light.revoked'), t('light.revoked.more'))
    case 'people':
      return step(t('light.nobody'), t('light.nobody.more'))
    case 'written':
      return step(t('light.unwritten'), unwrittenMore(people))
    case 'letters':
      return step(t('light.letters'), t('light.letters.more'))
    case 'unreached':
      return step(t('light.unreached', { count: found?.unreached ?? 0 }), t('light.unreached.more'))
    case 'practice':
      return step(t('light.practice'), t('light.practice.more'))
    case 'doubtful':
      return step(t('light.doubtful'), t('light.doubtful.more'))
    case 'invited':
      return step(t('light.invite'), t('light.invite.more'))
    case 'words':
      return step(t('light.words'), t('light.words.more'))
    case 'pin':
      return step(t('light.pin'), t('light.pin.more'))
    case 'left':
      return step(t('light.left', { count: people.left }), t('light.left.more'))
    case 'accepted':
      return step(t('light.accept'), t('light.accept.more'))
    case 'clear':
      return step(t('light.clear'), t('light.clear.more'))
    case 'drill':
      return step(t('light.drill'), t('light.drill.more'))
    case 'installed':
      return step(t('light.installed'), t('light.installed.more'))
    case 'persisted':
      return step(t('light.persisted'), t('light.persisted.more'))
    case 'service':
      return step(t('light.unknown'), t('light.unknown.more'))
  }
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
  const found = checked.value
  const { next } = readinessOf(record, found, Date.now(), pinSet.value)
  const when = found === null ? null : t('light.checked', { when: dayAndTimeOf(found.at) })
  if (next === null) {
    return (
      <a class="light" href="#/ready">
        <span class="tick on">
          <TickIcon />
        </span>
        <span>
          <b>{t('light.ready')}</b> {readyMore(record)} <small>{when}</small>
        </span>
      </a>
    )
  }
  const step = stepOf(next, record, found)
  return (
    <a class="light amber" href={`#/${step.place}`}>
      <span class="tick no">
        <WarnIcon />
      </span>
      <span>
        <b>{step.strong}</b> {step.more}{' '}
        {(next.state === 'unknown' || next.id === 'service') && <small>{when}</small>}
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
        {checkInNews.value !== null && (
          <a class="light amber" href="#/check-ins">
            <span class="dot" />
            <span>{checkInNews.value}</span>
          </a>
        )}
        {moveNews.value !== null && (
          <a class="light amber" href="#/start-over">
            <span class="dot" />
            <span>{moveNews.value}</span>
          </a>
        )}
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
        <p class="soft small centre">
          {t('home.offline')} <a href={`/help/${language.value}`}>{t('home.help')}</a>
        </p>
      </main>
    </>
  )
}
