import type { CheckInSummary } from '../../protocol/check-in.ts'
import { c } from '../text/check-ins-text.ts'
import { locale, timeOf } from '../text/language.ts'
import { AlertOver } from './alert-over.tsx'
import { serviceNow } from './service.ts'
import { type Telling, useTelling } from './telling.ts'
import { otherZone, whenOf } from './when.ts'

const MINUTE_MS = 60_000
/** Nearer than that, "I am well" settles one that repeats; before, it would skip a day that is still far. */
const WELL_WITHIN_MS = 12 * 60 * MINUTE_MS
const EXTEND_MINUTES = [15, 30, 60] as const

/** 4 January 1970 was a Sunday. */
export const dayName = (day: number, style: 'short' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: 'UTC' }).format(
    (3 + day) * 24 * 60 * MINUTE_MS,
  )

const timeOfMinute = (minute: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    minute * MINUTE_MS,
  )

/** In the zone in which it was armed, which is named where this phone is in another one by now. */
const scheduleText = ({ schedule, zone, dueAt }: CheckInSummary): string | null => {
  if (schedule.kind !== 'weekly') return null
  const days = [1, 2, 3, 4, 5, 6, 0].filter((day) => ((schedule.days >> day) & 1) === 1)
  const names = new Intl.ListFormat(locale(), { type: 'conjunction' }).format(days.map((day) => dayName(day)))
  const weekly = { days: names, time: timeOfMinute(schedule.minute) }
  const other = otherZone(zone, dueAt)
  return other === null ? c('weekly', weekly) : c('weekly.zone', { ...weekly, zone: other })
}

const Said = ({ telling, one }: { telling: Telling; one: CheckInSummary }) => {
  switch (telling.state) {
    case 'quiet':
      return null
    case 'sending':
      return <p class="soft">{c('say.sending')}</p>
    case 'waiting':
      return <p class="wrong">{c('say.waiting', { when: timeOf(one.pressAt) })}</p>
    case 'late':
      return <p class="wrong">{c('say.late', { when: timeOf(one.pressAt) })}</p>
    case 'pressed':
      return <p class="wrong">{c('say.pressed')}</p>
    case 'refused':
      return <p class="wrong">{c('say.refused')}</p>
  }
}

const Armed = ({ one }: { one: CheckInSummary }) => {
  const { telling, say } = useTelling(one)
  const isBusy = telling.state === 'sending'
  const now = serviceNow()
  const isDue = one.dueAt <= now
  const repeats = scheduleText(one)
  const isNear = one.dueAt - now <= WELL_WITHIN_MS
  return (
    <li class="card stack">
      <p class={isDue ? 'light amber' : 'light'}>
        <span class="dot" />
        <span>
          <b>
            {isDue
              ? c('card.due', { when: whenOf(one.pressAt) })
              : c('card.next', { when: whenOf(one.dueAt) })}
          </b>{' '}
          {!isDue && one.pressAt > one.dueAt && c('card.grace', { when: timeOf(one.pressAt) })}
        </span>
      </p>
      {repeats !== null && <p class="soft small">{repeats}</p>}
      {one.remind !== null && (one.remind.push || one.remind.mail) && (
        <p class="soft small">{c('card.remind')}</p>
      )}
      <div aria-live="polite">
        <Said telling={telling} one={one} />
      </div>
      {(repeats === null || isNear) && (
        <button type="button" class="btn prime" disabled={isBusy} onClick={() => say({ kind: 'well' })}>
          {c('well')}
        </button>
      )}
      <fieldset class="extends">
        <legend>{c('extend.title')}</legend>
        {EXTEND_MINUTES.map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="btn"
            disabled={isBusy}
            onClick={() => say({ kind: 'extend', byMs: minutes * MINUTE_MS })}
          >
            {c('extend.by', { minutes })}
          </button>
        ))}
      </fieldset>
      {repeats !== null && (
        <button type="button" class="quiet" disabled={isBusy} onClick={() => say({ kind: 'end' })}>
          {c('end')}
        </button>
      )}
    </li>
  )
}

const Pressed = ({ one }: { one: CheckInSummary }) => {
  const { telling, say } = useTelling(one)
  return (
    <li class="card stack">
      <p class="light amber">
        <span class="dot" />
        <span>
          <b>{c('card.pressed', { when: whenOf(one.pressAt) })}</b> {c('card.pressed.more')}
        </span>
      </p>
      {one.alert !== null && <AlertOver alert={one.alert} />}
      <div aria-live="polite">
        <Said telling={telling} one={one} />
      </div>
      <button
        type="button"
        class="quiet"
        disabled={telling.state === 'sending'}
        onClick={() => say({ kind: 'end' })}
      >
        {c('card.remove')}
      </button>
    </li>
  )
}

/** One check-in, and what can be said about it in one tap. */
export const CheckInCard = ({ one }: { one: CheckInSummary }) =>
  one.state === 'armed' ? <Armed one={one} /> : <Pressed one={one} />
