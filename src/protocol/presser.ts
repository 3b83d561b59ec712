import * as z from 'zod/mini'
import { blob, HotlineId, Id, Instant, integer, Key, Language, OwnerName, Version } from './fields.ts'
import {
  ALERT_OPEN_MS,
  COVER_MAX_BYTES,
  DELAY_MAX_MS,
  LISTED_PRESSES_MAX,
  SEAL_OVERHEAD_BYTES,
} from './limits.ts'
import { PressState } from './press.ts'

/** What a presser is told beside how its press stands, and what the owner sees of all of them (`protocol.md §7.10`). */

/** `token` is the presser token, which opens no roster: the press key is shown to the server by a press alone. */
export const CoverQuestion = z.strictObject({ vault: Id, token: Key })
export type CoverQuestion = z.infer<typeof CoverQuestion>

export const SealedCover = blob(SEAL_OVERHEAD_BYTES, COVER_MAX_BYTES)
export const CoverAnswer = z.strictObject({ ok: z.literal(true), version: Version, sealed: SealedCover })
export type CoverAnswer = z.infer<typeof CoverAnswer>

/** What stands inside (`protocol.md §8.13`). `name` is the owner's, for a person alone: who finds a card learns none. */
export const Cover = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['phone', 'person', 'card', 'check-in']),
  name: z.nullable(OwnerName),
  language: Language,
  hotline: HotlineId,
  /** The presser's situation key. */
  situation: Key,
})
export type Cover = z.infer<typeof Cover>

/** One press, as the owner sees it: `presser` may be revoked by now; `alert` is the one that it opened or joined. */
export const ListedPress = z.strictObject({
  press: Id,
  presser: Id,
  practice: z.boolean(),
  state: PressState,
  pressedAt: Instant,
  receivedAt: Instant,
  releaseInMs: integer(0, Math.max(DELAY_MAX_MS, ALERT_OPEN_MS)),
  alert: z.nullable(Id),
})
export type ListedPress = z.infer<typeof ListedPress>

/** Newest first. */
export const PressesAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  presses: z.array(ListedPress).check(z.maxLength(LISTED_PRESSES_MAX)),
})
export type PressesAnswer = z.infer<typeof PressesAnswer>
