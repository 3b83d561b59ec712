import type { Schedule } from '../../protocol/check-in.ts'
import { dayAfter, dayAt, instantOf, isDay, weekdayOf } from './wall-clock.ts'

/**
 * The rules of check-ins (`protocol.md §7.12`). Pure: no I/O, no clock, no keys.
 *
 * Time acts first: what is due by `now` happens before the event, however late the object woke. So a word that comes when the time is over
 * finds that it has pressed, and is answered so; and what could not press at its time presses late, and not never.
 */

/**
 * - `armed`: it waits; - `pressed`: its time ran out, and it is over, one that repeats too; - `ended`: the owner has ended it, or a commit has
 * dropped its presser. Nothing but the id is kept of it then, so that an old request arms nothing.
 */
export type CheckInStage = 'armed' | 'pressed' | 'ended'

export type CheckIn = {
  id: string
  presser: string
  schedule: Schedule
  zone: string
  graceMs: number
  /** How long before it is due the first reminder goes out; null: none does. */
  remindMs: number | null
  stage: CheckInStage
  /** Counts the occurrences, from 1. */
  round: number
  /** The occurrence by its schedule, without what it was extended by. */
  baseAt: number
  dueAt: number
  /** What its press will be known by: one id an occurrence, so that it presses once. */
  alert: string
  /** Reminders of this occurrence whose time is over: 1 the one before, 2 the one at its time. */
  reminded: number
  armedAt: number
  /** Since when it is not armed any more. */
  overAt: number | null
}

/** `alert`: a new id. */
export type CheckInEvent =
  | {
      kind: 'arm'
      checkIn: Pick<CheckIn, 'id' | 'presser' | 'schedule' | 'zone' | 'graceMs' | 'remindMs'>
      alert: string
    }
  | { kind: 'well'; id: string; round: number; alert: string }
  | { kind: 'extend'; id: string; round: number; dueAt: number; byMs: number }
  | { kind: 'end'; id: string; seen: 'armed' | 'pressed' }
  /** A commit has dropped these pressers, or changed their secret. */
  | { kind: 'drop'; pressers: readonly string[] }
  | { kind: 'tick' }

export type CheckInEffect =
  | { kind: 'press'; id: string; presser: string; alert: string; pressAt: number }
  /** Of use until `until`. */
  | { kind: 'remind'; id: string; at: 'before' | 'due'; alert: string; dueAt: number; until: number }

export type CheckIns = readonly CheckIn[]

export const pressAtOf = ({ dueAt, graceMs }: Pick<CheckIn, 'dueAt' | 'graceMs'>): number => dueAt + graceMs

/** The first time of the schedule after `after`, or null where there is none. */
export const nextAt = (schedule: Schedule, zone: string, after: number): number | null => {
  if (schedule.kind === 'in') return after + schedule.ms
  if (schedule.kind === 'once') {
    if (!isDay(schedule)) return null
    const at = instantOf(zone, schedule, schedule.minute)
    return at > after ? at : null
  }
  // The day before too: a zone may have left a day out, and what belonged to it lies in the next one.
  const today = dayAt(zone, after)
  for (let days = -1; days <= 8; days += 1) {
    const day = dayAfter(today, days)
    if (((schedule.days >> weekdayOf(day)) & 1) === 0) continue
    const at = instantOf(zone, day, schedule.minute)
    if (at > after) return at
  }
  return null
}

/** When each reminder of an occurrence is due. One at the time itself is of use only where there is a grace after it. */
const remindersOf = ({ remindMs, dueAt, graceMs }: CheckIn): { at: number; which: 1 | 2 }[] => {
  if (remindMs === null) return []
  const before = remindMs === 0 ? [] : [{ at: dueAt - remindMs, which: 1 as const }]
  return graceMs === 0 ? before : [...before, { at: dueAt, which: 2 as const }]
}

const over = (one: CheckIn, stage: 'pressed' | 'ended', now: number): CheckIn => ({
  ...one,
  stage,
  overAt: now,
})

/** What was due before now is not sent for an occurrence that begins or is extended now. */
const withReminders = (one: CheckIn, now: number): CheckIn => ({
  ...one,
  reminded: Math.max(
    0,
    ...remindersOf(one)
      .filter(({ at }) => at <= now)
      .map(({ which }) => which),
  ),
})

/** Everything that time does to one. */
const aged = (one: CheckIn, now: number, effects: CheckInEffect[]): CheckIn => {
  if (one.stage !== 'armed') return one
  const pressAt = pressAtOf(one)
  if (now >= pressAt) {
    effects.push({ kind: 'press', id: one.id, presser: one.presser, alert: one.alert, pressAt })
    return over(one, 'pressed', now)
  }
  // Of several that were missed the last one speaks.
  const last = remindersOf(one)
    .filter(({ at, which }) => at <= now && which > one.reminded)
    .at(-1)
  if (last === undefined) return one
  const { id, alert, dueAt } = one
  effects.push({ kind: 'remind', id, at: last.which === 1 ? 'before' : 'due', alert, dueAt, until: pressAt })
  return { ...one, reminded: last.which }
}

const arm = (all: CheckIns, event: Extract<CheckInEvent, { kind: 'arm' }>, now: number): CheckIns => {
  const { checkIn, alert } = event
  if (all.some(({ id }) => id === checkIn.id)) return all
  const dueAt = nextAt(checkIn.schedule, checkIn.zone, now)
  if (dueAt === null) return all
  const fresh: CheckIn = {
    ...checkIn,
    ...{ stage: 'armed', round: 1, baseAt: dueAt, dueAt, alert, reminded: 0, armedAt: now, overAt: null },
  }
  return [...all, withReminders(fresh, now)]
}

/** She is well: one that repeats goes on with the next occurrence, any other is over. */
const well = (one: CheckIn, alert: string, now: number): CheckIn => {
  const dueAt =
    one.schedule.kind === 'weekly' ? nextAt(one.schedule, one.zone, Math.max(now, one.baseAt)) : null
  if (dueAt === null) return over(one, 'ended', now)
  return withReminders({ ...one, round: one.round + 1, baseAt: dueAt, dueAt, alert }, now)
}

/** From when it was due, or from now if that is over: she asked for so much more time. */
const extended = (one: CheckIn, byMs: number, now: number): CheckIn =>
  withReminders({ ...one, dueAt: Math.max(one.dueAt, now) + byMs }, now)

const changed = (one: CheckIn, event: CheckInEvent, now: number): CheckIn => {
  switch (event.kind) {
    case 'well':
      return one.id === event.id && one.stage === 'armed' && one.round === event.round
        ? well(one, event.alert, now)
        : one
    case 'extend': {
      const isMeant = one.id === event.id && one.round === event.round && one.dueAt === event.dueAt
      return isMeant && one.stage === 'armed' ? extended(one, event.byMs, now) : one
    }
    case 'end':
      return one.id === event.id && one.stage === event.seen ? over(one, 'ended', now) : one
    case 'drop':
      return one.stage === 'armed' && event.pressers.includes(one.presser) ? over(one, 'ended', now) : one
    default:
      return one
  }
}

/** Those that are untouched stay the same objects. */
export const transition = (
  before: CheckIns,
  event: CheckInEvent,
  now: number,
): { checkIns: CheckIns; effects: readonly CheckInEffect[] } => {
  const effects: CheckInEffect[] = []
  const aging = before.map((one) => aged(one, now, effects))
  const checkIns =
    event.kind === 'arm' ? arm(aging, event, now) : aging.map((one) => changed(one, event, now))
  return { checkIns, effects }
}

/** When time alone changes something next, or null. */
export const nextDueAt = (checkIns: CheckIns): number | null => {
  const times = checkIns.flatMap((one) =>
    one.stage !== 'armed'
      ? []
      : [
          pressAtOf(one),
          ...remindersOf(one)
            .filter(({ which }) => which > one.reminded)
            .map(({ at }) => at),
        ],
  )
  return times.length === 0 ? null : Math.min(...times)
}
