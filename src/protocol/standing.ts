import * as z from 'zod/mini'
import { blob, HeldUntil, Id, Instant, integer, Key, Version } from './fields.ts'
import { CONTACTS_MAX, NOTE_MAX_BYTES, SEAL_OVERHEAD_BYTES, VERSION_MAX } from './limits.ts'
import { SituationsOut } from './situation.ts'

/** How an alert stands, for those whom it reached (`protocol.md §7.3.5`): who is on it, and what has happened. */

/** Who has opened a letter: `token` is the receipt token, which nobody else can derive. */
export const opener = { vault: Id, letter: Id, version: Version, token: Key }
/** The contact's name and note (`protocol.md §8.10`), which the server cannot open. */
export const Note = blob(SEAL_OVERHEAD_BYTES, NOTE_MAX_BYTES)

/** A contact who is on it, as owner and contacts see it. */
export const OnIt = z.strictObject({ at: Instant, sealed: Note })
export type OnIt = z.infer<typeof OnIt>

/** How the alert stands, for who has opened its letter (`protocol.md §7.3.5`). Changes nothing. */
export const StandingQuestion = z.strictObject(opener)
export type StandingQuestion = z.infer<typeof StandingQuestion>
export const StandingAnswer = z.strictObject({
  ok: z.literal(true),
  alert: z.strictObject({
    state: z.enum(['open', 'cleared', 'expired']),
    pressedAt: Instant,
    receivedAt: Instant,
    closedAt: z.nullable(Instant),
    heldUntil: HeldUntil,
  }),
  /** A newer letter has been released under this id since. */
  newer: z.boolean(),
  /** When a provider first took a message to this contact. */
  sentAt: z.nullable(Instant),
  openedAt: z.nullable(Instant),
  /** What this contact has said itself: `said` is the number of the last word, 0 before the first. */
  said: integer(0, VERSION_MAX),
  mine: z.nullable(OnIt),
  /** Who else is on it, in the order in which they said so. */
  others: z.array(OnIt).check(z.maxLength(4 * CONTACTS_MAX)),
  /** What the pressers of this alert have said of it. */
  situations: SituationsOut,
})
export type StandingAnswer = z.infer<typeof StandingAnswer>
