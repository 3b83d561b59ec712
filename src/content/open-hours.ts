import { isFederalHoliday } from './federal-holidays.ts'
import type { OpenHours, Weekday } from './hotline-schema.ts'

/** Is a line open now? Computed from its hours and its time zone; pure, `now` is passed in. Only the page knows the caller's zone. */

const DAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** `open: null`: nobody says when. `until`: ms since 1970, when that changes; null where it does not, or is not known. */
export type OpenState = { open: boolean | null; until: number | null }

/** Of one instant, the wall clock of `zone` as if it were UTC, in ms. */
const wallClock = (zone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** The instant at which the wall clock of `zone` shows `wall`; where the clock is put forward over it, the instant just after. */
const instantOf = (zone: string, wall: number): number => {
  const offset = (at: number) => wallClock(zone, at) - Math.floor(at / 1000) * 1000
  const first = wall - offset(wall)
  return wall - offset(first)
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** When a line is open, from yesterday to ten days from now, in order, without gaps or overlaps between them. */
const spansAround = (
  { zone, spans, closedOnHolidays }: OpenHours,
  now: number,
): { from: number; to: number }[] => {
  const today = Math.floor(wallClock(zone, now) / DAY_MS) * DAY_MS
  const found: { from: number; to: number }[] = []
  for (let day = today - DAY_MS; day <= today + 10 * DAY_MS; day += DAY_MS) {
    if (closedOnHolidays && isFederalHoliday(new Date(day))) continue
    const weekday = DAYS[new Date(day).getUTCDay()]
    for (const { days, from, to } of spans) {
      if (weekday === undefined || !days.includes(weekday)) continue
      const length = minutes(to) - minutes(from)
      const ends = day + minutes(to) * MINUTE_MS + (length <= 0 ? DAY_MS : 0)
      found.push({ from: instantOf(zone, day + minutes(from) * MINUTE_MS), to: instantOf(zone, ends) })
    }
  }
  found.sort((a, b) => a.from - b.from)
  const joined: typeof found = []
  for (const span of found) {
    const last = joined[joined.length - 1]
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else joined.push({ ...span })
  }
  return joined
}

/** @param now ms since 1970 */
export const openState = (open: 'always' | OpenHours | null, now: number): OpenState => {
  if (open === null) return { open: null, until: null }
  if (open === 'always') return { open: true, until: null }
  const spans = spansAround(open, now)
  const current = spans.find(({ from, to }) => from <= now && now < to)
  if (current !== undefined) return { open: true, until: current.to < now + 8 * DAY_MS ? current.to : null }
  return { open: false, until: spans.find(({ from }) => from > now)?.from ?? null }
}
