import type { OpenState } from '../../../content/open-hours.ts'
import { h, locale } from './page-words.ts'

const DAY_MS = 86_400_000

/** In the caller's own time; with the day where it is not today. */
const whenOf = (at: number, now: number): string => {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(locale(), {
    ...(isToday
      ? {}
      : at - now < 6 * DAY_MS
        ? { weekday: 'long' }
        : { weekday: 'long', day: 'numeric', month: 'long' }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(at)
}

/** What to say of it; null where nobody knows. */
export const openWords = ({ open, until }: OpenState, always: boolean, now: number): string | null => {
  if (open === null) return null
  if (always) return h('open.always')
  if (until === null) return h(open ? 'open.now' : 'open.closed')
  return h(open ? 'open.until' : 'open.from', { when: whenOf(until, now) })
}
