import * as z from 'zod/mini'
import { PushTarget } from './channel.ts'
import { Code, EmailAddress, Id, Instant, integer, Key, Language, TimeZone } from './fields.ts'
import {
  CHECK_IN_AHEAD_MAX_MS,
  CHECK_IN_EXTEND_MAX_MS,
  CHECK_IN_GRACE_MAX_MS,
  CHECK_IN_REMIND_MAX_MS,
  CHECK_INS_LISTED,
} from './limits.ts'
import { SealedSituation } from './situation.ts'

/** Check-ins (`protocol.md §7.12`): a timer that presses if the owner does not say that she is well. */

/** Minutes since midnight, on the wall. */
const Minute = integer(0, 1_439)
/** On the wall of a time zone, but for `in`, which is a time from now. `days`: bit 0 is Sunday. */
export const Schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('in'), ms: integer(1_000, CHECK_IN_AHEAD_MAX_MS) }),
  z.strictObject({
    kind: z.literal('once'),
    year: integer(2_000, 2_200),
    month: integer(1, 12),
    day: integer(1, 31),
    minute: Minute,
  }),
  z.strictObject({ kind: z.literal('weekly'), days: integer(1, 127), minute: Minute }),
])
export type Schedule = z.infer<typeof Schedule>

/** `code` has come by mail to `address` (`protocol.md §7.12.5`). */
export const ReminderMail = z.strictObject({ address: EmailAddress, code: Code })
export const Reminder = z.strictObject({
  beforeMs: integer(0, CHECK_IN_REMIND_MAX_MS),
  language: Language,
  push: z.nullable(PushTarget),
  mail: z.nullable(ReminderMail),
})
export type Reminder = z.infer<typeof Reminder>

/**
 * `key`: the press key that is kept until it is over. `checkIn` is made by the client; the same one again changes nothing. `said`: what is said of its
 * press, should it come to one.
 */
export const ArmRequest = z.strictObject({
  vault: Id,
  key: Key,
  checkIn: Id,
  schedule: Schedule,
  zone: TimeZone,
  graceMs: integer(0, CHECK_IN_GRACE_MAX_MS),
  remind: z.nullable(Reminder),
  said: z.nullable(SealedSituation),
})
export type ArmRequest = z.infer<typeof ArmRequest>

/** Who holds the press key sees what was armed with it; the owner token shows all. */
export const CheckInsRequest = z.strictObject({ vault: Id, key: z.nullable(Key), token: z.nullable(Key) })
export type CheckInsRequest = z.infer<typeof CheckInsRequest>

const ofOwner = { vault: Id, token: Key, checkIn: Id }
/** `round`: the occurrence that is meant, so that the same word again does not speak for the next one. */
export const WellRequest = z.strictObject({ ...ofOwner, round: integer(1, 100_000) })
export type WellRequest = z.infer<typeof WellRequest>
/** `dueAt`: as the client knows it, so that the same request again does not extend twice. */
export const ExtendRequest = z.strictObject({
  ...ofOwner,
  round: integer(1, 100_000),
  dueAt: Instant,
  byMs: integer(60_000, CHECK_IN_EXTEND_MAX_MS),
})
export type ExtendRequest = z.infer<typeof ExtendRequest>
/** `seen`: what the client takes it for: who ends an armed one must hear that it has pressed. */
export const EndRequest = z.strictObject({ ...ofOwner, seen: z.enum(['armed', 'pressed']) })
export type EndRequest = z.infer<typeof EndRequest>

/** Mails a code to where a reminder is to go. */
export const ReminderCodeRequest = z.strictObject({
  vault: Id,
  key: Key,
  checkIn: Id,
  address: EmailAddress,
  language: Language,
})
export type ReminderCodeRequest = z.infer<typeof ReminderCodeRequest>

export const CheckInSummary = z.strictObject({
  checkIn: Id,
  state: z.enum(['armed', 'pressed']),
  schedule: Schedule,
  zone: TimeZone,
  round: integer(1, 100_000),
  /** When she is to have said that she is well. */
  dueAt: Instant,
  /** When it presses, or has pressed: after the grace. */
  pressAt: Instant,
  remind: z.nullable(
    z.strictObject({ beforeMs: integer(0, CHECK_IN_REMIND_MAX_MS), push: z.boolean(), mail: z.boolean() }),
  ),
  /** The alert that it has started or joined. */
  alert: z.nullable(Id),
})
export type CheckInSummary = z.infer<typeof CheckInSummary>

/** `now`: the server's clock. `checkIn` null: nothing is armed under this id, and nothing of it has pressed. */
export const CheckInAnswer = z.strictObject({
  ok: z.literal(true),
  now: Instant,
  checkIn: z.nullable(CheckInSummary),
})
export type CheckInAnswer = z.infer<typeof CheckInAnswer>
export const CheckInsAnswer = z.strictObject({
  ok: z.literal(true),
  now: Instant,
  checkIns: z.array(CheckInSummary).check(z.maxLength(CHECK_INS_LISTED)),
})
export type CheckInsAnswer = z.infer<typeof CheckInsAnswer>
