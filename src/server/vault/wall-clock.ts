/**
 * Instants and what a wall clock shows in an IANA zone. Pure, over `Intl` alone: the engine's own zone data.
 *
 * A time that a change of clocks leaves out (the gap) is counted by the offset before the change, so it lies after it by as much as it lay
 * after the gap's begin; a time that comes twice (the fold) is its first. So says RFC 5545 §3.3.5, and a timer of this kind is rather
 * early than late.
 */
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export type Day = { year: number; month: number; day: number }

const formats = new Map<string, Intl.DateTimeFormat>()
/** @throws RangeError where the engine does not know the zone */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
  })
  formats.set(zone, made)
  return made
}

export const isZone = (zone: string): boolean => {
  try {
    return formatOf(zone) !== null
  } catch {
    return false
  }
}

/** What the wall shows, as if it were UTC, in ms. */
const wallOf = (zone: string, at: number): number => {
  const parts = formatOf(zone).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

const offsetAt = (zone: string, at: number): number => {
  const whole = Math.floor(at / 1_000) * 1_000
  return wallOf(zone, whole) - whole
}

/** The day on the wall. */
export const dayAt = (zone: string, at: number): Day => {
  const wall = new Date(wallOf(zone, at))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
}

/** 0 is Sunday. */
export const weekdayOf = ({ year, month, day }: Day): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay()

export const dayAfter = ({ year, month, day }: Day, days: number): Day => {
  const date = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Whether the calendar has it: not the 31st of February. */
export const isDay = (day: Day): boolean => {
  const same = dayAfter(day, 0)
  return same.month === day.month && same.day === day.day
}

/** @param minute since midnight @returns the instant at which the wall shows it */
export const instantOf = (zone: string, { year, month, day }: Day, minute: number): number => {
  const wall = Date.UTC(year, month - 1, day) + minute * MINUTE_MS
  const before = offsetAt(zone, wall - DAY_MS)
  const right = [before, offsetAt(zone, wall + DAY_MS)]
    .map((offset) => wall - offset)
    .filter((at) => wallOf(zone, at) === wall)
  return right.length === 0 ? wall - before : Math.min(...right)
}
