import * as z from 'zod/mini'
import { Id, Instant, Key, Version } from './fields.ts'
import { CONTACTS_MAX, LETTERS_MAX } from './limits.ts'
import { DeliveryReason, DeliveryState } from './vault.ts'

/**
 * Drills, and what the owner's phone asks to know whether all is ready (`protocol.md §7.8`). A drill is an alert that says it is
 * practice: `key` is a press key, since the roster must be opened.
 */
export const DrillRequest = z.strictObject({ vault: Id, token: Key, key: Key, drill: Id })
export type DrillRequest = z.infer<typeof DrillRequest>

/** One contact of one drill. `openedAt` is null until the practice letter was opened. */
export const DrillContact = z.strictObject({
  contact: Id,
  state: DeliveryState,
  reason: z.nullable(DeliveryReason),
  changedAt: Instant,
  openedAt: z.nullable(Instant),
})
export type DrillContact = z.infer<typeof DrillContact>

export const DrillSummary = z.strictObject({
  drill: Id,
  startedAt: Instant,
  /** Until then the practice letters can be read. */
  endsAt: Instant,
  /** Nothing of it waits in the vault, and the roster key is erased. */
  settled: z.boolean(),
  contacts: z.array(DrillContact).check(z.maxLength(CONTACTS_MAX)),
})
export type DrillSummary = z.infer<typeof DrillSummary>

export const DRILLS_LISTED = 10

/** `key` is what this phone presses with, or null. */
export const ReadyRequest = z.strictObject({ vault: Id, token: Key, key: z.nullable(Key) })
export type ReadyRequest = z.infer<typeof ReadyRequest>

export const ReadyAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  /** Whether a press with this key would be taken. */
  keyKnown: z.boolean(),
  /** Every current letter, as an alert would release it. */
  letters: z.array(z.strictObject({ letter: Id, version: Version })).check(z.maxLength(LETTERS_MAX)),
  /** Newest first. */
  drills: z.array(DrillSummary).check(z.maxLength(DRILLS_LISTED)),
  /** When the next drill may start; null: now. */
  nextDrillAt: z.nullable(Instant),
})
export type ReadyAnswer = z.infer<typeof ReadyAnswer>
