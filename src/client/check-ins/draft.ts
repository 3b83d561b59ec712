import type { Reminder, Schedule } from '../../protocol/check-in.ts'

/** What is typed into the form, and the schedule that it says. Pure. */
const MINUTE_MS = 60_000

export type ArmDraft = {
  kind: 'in' | 'once' | 'weekly'
  /** Of `in`. */
  minutes: number
  /** As the browser's own fields spell them: `2026-03-08`, `14:00`. */
  date: string
  time: string
  /** 0 is Sunday. */
  days: readonly number[]
  graceMinutes: number
  remindMinutes: number
  push: Reminder['push']
  mail: Reminder['mail']
  /** Where she will be; empty: not said. */
  place: string
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Tomorrow, at a time at which appointments are over. */
export const freshDraft = (now: Date): ArmDraft => {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  return {
    ...{
      kind: 'in',
      minutes: 120,
      time: '14:00',
      days: [1, 2, 3, 4, 5],
      graceMinutes: 15,
      remindMinutes: 15,
    },
    date: `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`,
    push: null,
    mail: null,
    place: '',
  }
}

const minuteOf = (time: string): number | null => {
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(time) ?? []
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute)
}

/** @returns null where something is missing */
export const scheduleOf = ({ kind, minutes, date, time, days }: ArmDraft): Schedule | null => {
  if (kind === 'in') return { kind, ms: minutes * MINUTE_MS }
  const minute = minuteOf(time)
  if (minute === null) return null
  if (kind === 'weekly') {
    const sum = days.reduce((all, day) => all | (1 << day), 0)
    return sum === 0 ? null : { kind, days: sum, minute }
  }
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  return year === undefined
    ? null
    : { kind, year: Number(year), month: Number(month), day: Number(day), minute }
}
