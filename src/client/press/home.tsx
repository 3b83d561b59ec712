import { type PressRecord, press } from '../device/records.ts'
import { CallButton } from '../help/call-button.tsx'
import { t } from '../text/app-text.ts'
import { CardIcon } from '../ui/icons.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { HoldButton } from './hold-button.tsx'
import { returnToPress, running, startPress } from './presses.ts'

/** The first thing that is missing, or null: one glance, one next step. */
const missing = (record: PressRecord): { place: string; strong: string; more: string } | null => {
  if (record.revoked) return { place: 'restore', strong: t('light.revoked'), more: t('light.revoked.more') }
  if (record.contacts === 0)
    return { place: 'people', strong: t('light.nobody'), more: t('light.nobody.more') }
  if (!record.practised)
    return { place: 'practice', strong: t('light.practice'), more: t('light.practice.more') }
  if (!record.wordsConfirmed) return { place: 'words', strong: t('light.words'), more: t('light.words.more') }
  return null
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
          <b>{t('light.ready')}</b> {t('light.ready.more', { contacts: record.contacts })}
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
