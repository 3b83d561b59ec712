import * as z from 'zod/mini'
import { HeldUntil, Id, Instant, integer, Key } from './fields.ts'
import { ALERT_OPEN_MS, CONTACTS_MAX, DELAY_MAX_MS, PRESS_AGE_MAX_MS } from './limits.ts'

/** Press, cancel, status (`protocol.md §7.2`): what a presser may say. `key` is the press key, `alert` an id the client made. */
export const PressRequest = z.strictObject({
  vault: Id,
  key: Key,
  alert: Id,
  /** How long ago the hold ended, by the phone's own clock difference. */
  ageMs: integer(0, PRESS_AGE_MAX_MS),
  /** A practice press is counted and closed like a real one, and reaches nobody. */
  practice: z.boolean(),
})
export type PressRequest = z.infer<typeof PressRequest>

export const PressQuestion = z.strictObject({ vault: Id, key: Key, alert: Id })
export type PressQuestion = z.infer<typeof PressQuestion>

/** Contacts, counted once each at the furthest point that any of the last wave's deliveries reached. */
export const AlertCounts = z.strictObject({
  contacts: integer(0, CONTACTS_MAX),
  /** Not yet accepted by any provider. */
  waiting: integer(0, CONTACTS_MAX),
  /** Accepted by a provider. */
  sent: integer(0, CONTACTS_MAX),
  delivered: integer(0, CONTACTS_MAX),
  /** No channel took it, and none will be tried again. */
  refused: integer(0, CONTACTS_MAX),
  /** Opened the letter; these are counted in `sent` or `delivered` too. */
  opened: integer(0, CONTACTS_MAX),
  /** Have said that they are on it; these are counted in `opened` too. */
  onIt: integer(0, CONTACTS_MAX),
})
export type AlertCounts = z.infer<typeof AlertCounts>

/** `counting`: can still be cancelled. `open`: released. `cleared`: by the owner's all-clear. `expired`: after 24 h. */
export const PressState = z.enum(['counting', 'cancelled', 'open', 'cleared', 'expired'])
export type PressState = z.infer<typeof PressState>

/** Any answer of this shape means: received, that is, on the server's disk. */
export const PressAnswer = z.strictObject({
  ok: z.literal(true),
  state: PressState,
  practice: z.boolean(),
  pressedAt: Instant,
  receivedAt: Instant,
  /** Time left in which it can be cancelled; 0 once it is not `counting`. */
  releaseInMs: integer(0, Math.max(DELAY_MAX_MS, ALERT_OPEN_MS)),
  counts: AlertCounts,
  heldUntil: HeldUntil,
})
export type PressAnswer = z.infer<typeof PressAnswer>
