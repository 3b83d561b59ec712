import { dayAndTimeOf, locale, timeOf } from '../text/language.ts'
import { serviceNow } from './service.ts'

const dayOf = (at: number): string => new Date(at).toDateString()

/** The time alone where it is today: by the service's clock, since this phone's may be wrong. */
export const whenOf = (at: number): string =>
  dayOf(at) === dayOf(serviceNow()) ? timeOf(at) : dayAndTimeOf(at)

const wallOf = (at: number, zone: { timeZone?: string } = {}): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', ...zone }).format(at)

/** The name of a time zone in which the clocks show something else at that moment than this phone's zone; null: the same. */
export const otherZone = (timeZone: string, at: number): string | null => {
  try {
    if (wallOf(at, { timeZone }) === wallOf(at)) return null
    const parts = new Intl.DateTimeFormat(locale(), { timeZone, timeZoneName: 'long' }).formatToParts(at)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  } catch {
    // A zone that this phone does not know yet.
    return timeZone
  }
}
