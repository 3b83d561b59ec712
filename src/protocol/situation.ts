import * as z from 'zod/mini'
import { blob, Id, Instant, integer, Key, line } from './fields.ts'
import {
  DETAIL_MAX_CHARS,
  PLACE_MAX_CHARS,
  SEAL_OVERHEAD_BYTES,
  SHOWN_PRESSES_MAX,
  SITUATION_MAX_BYTES,
  SITUATIONS_MAX,
  WHEN_MAX_CHARS,
} from './limits.ts'

/** What a presser writes after a press (`protocol.md §7.10, §8.12`): it can write, and read nothing of the others'. */

/** A point on the earth, in millionths of a degree. */
export const Position = z.strictObject({
  lat: integer(-90_000_000, 90_000_000),
  lon: integer(-180_000_000, 180_000_000),
  /** Radius in metres within which it is right. */
  accuracyM: integer(0, 1_000_000),
})
export type Position = z.infer<typeof Position>

/**
 * `pressedAt` is that of the writer's own press, so that what was said of an earlier one does not pass for this. Null: written before the press,
 * when a check-in was armed.
 */
export const Situation = z.strictObject({
  v: z.literal(1),
  pressedAt: z.nullable(Instant),
  place: z.nullable(line(PLACE_MAX_CHARS)),
  when: z.nullable(line(WHEN_MAX_CHARS)),
  what: z.nullable(line(DETAIL_MAX_CHARS)),
  /** Whether the writer saw it happen; null: not said. */
  saw: z.nullable(z.boolean()),
  position: z.nullable(Position),
})
export type Situation = z.infer<typeof Situation>

export const SealedSituation = blob(SEAL_OVERHEAD_BYTES, SITUATION_MAX_BYTES)

/** `token` is the presser token; `after` the number of what this presser has said of this press, 0 before the first. */
export const SituationRequest = z.strictObject({
  vault: Id,
  token: Key,
  alert: Id,
  after: integer(0, SITUATIONS_MAX - 1),
  sealed: SealedSituation,
})
export type SituationRequest = z.infer<typeof SituationRequest>

/** The last one of each press of an alert, the oldest press first. `presser` says under which key it is sealed. */
export const SituationOut = z.strictObject({
  presser: Id,
  pressedAt: Instant,
  at: Instant,
  sealed: SealedSituation,
})
export type SituationOut = z.infer<typeof SituationOut>
export const SituationsOut = z.array(SituationOut).check(z.maxLength(SHOWN_PRESSES_MAX))
