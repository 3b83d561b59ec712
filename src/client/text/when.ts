import { locale } from './language.ts'

const isToday = (at: number): boolean => new Date(at).toDateString() === new Date().toDateString()

/** Short: the time alone for today, else with its day. */
export const whenOf = (at: number): string =>
  new Intl.DateTimeFormat(locale(), {
    ...(isToday(at) ? {} : { day: 'numeric', month: 'short' }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(at)
