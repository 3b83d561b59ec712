import { dayAndTimeOf, timeOf } from '../text/language.ts'

const dayOf = (at: number): string => new Date(at).toDateString()

/** The time alone where it is today by this phone. */
export const whenOf = (at: number): string =>
  dayOf(at) === dayOf(Date.now()) ? timeOf(at) : dayAndTimeOf(at)
