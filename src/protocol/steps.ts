import * as z from 'zod/mini'
import { blob, Id, Instant, integer, Key, OwnerName, Version } from './fields.ts'
import { CONTACTS_MAX, SEAL_OVERHEAD_BYTES, VERSION_MAX } from './limits.ts'
import { record } from './record.ts'
import { opener } from './standing.ts'

/** The list of next steps that the contacts of one owner share (`protocol.md §7.14`). */
export const NEXT_STEPS_MAX = 48
/** So often one step can be ticked and unticked again. */
export const TICKS_MAX = 999
export const STEPS_MAX_BYTES = 2_048 + SEAL_OVERHEAD_BYTES

export const StepId = z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/), z.maxLength(24))

/**
 * What one contact says of the steps (kind 17, §8.17): by step, how often it was ticked and unticked so far; odd is done. Of two
 * sets the higher number of each step holds, so sets are united in any order, any number of times, and no tick is lost.
 */
export const StepSet = z.strictObject({
  v: z.literal(1),
  pressedAt: Instant,
  name: z.nullable(OwnerName),
  steps: record(StepId, integer(1, TICKS_MAX), NEXT_STEPS_MAX),
})
export type StepSet = z.infer<typeof StepSet>

const Sealed = blob(SEAL_OVERHEAD_BYTES, STEPS_MAX_BYTES)

/** Who has opened a real letter; else `unknown`. */
export const StepsQuestion = z.strictObject(opener)
export type StepsQuestion = z.infer<typeof StepsQuestion>

/** `said`: number of the asker's last set, 0 before the first. `others`: those of the other contacts, without any id. */
export const StepsAnswer = z.strictObject({
  ok: z.literal(true),
  pressedAt: Instant,
  said: integer(0, VERSION_MAX),
  mine: z.nullable(Sealed),
  others: z.array(Sealed).check(z.maxLength(4 * CONTACTS_MAX)),
})
export type StepsAnswer = z.infer<typeof StepsAnswer>

/** `after`: number of the asker's last set, as with a receipt; the new set takes the place of the old one. */
export const TickRequest = z.strictObject({
  vault: Id,
  letter: Id,
  version: Version,
  token: Key,
  pressedAt: Instant,
  after: integer(0, VERSION_MAX - 1),
  sealed: Sealed,
})
export type TickRequest = z.infer<typeof TickRequest>
