import * as z from 'zod/mini'
import { blob, bytes, Instant, Version } from './fields.ts'
import {
  HINT_MAX_BYTES,
  LETTER_MAX_BYTES,
  LOCKS_MAX,
  SEAL_OVERHEAD_BYTES,
  WRAPPED_KEY_BYTES,
} from './limits.ts'
import { LinkLock, PairedLock } from './locks.ts'

/** What a contact is answered (`protocol.md §7.3`); what is asked is in letter-requests.ts, which no page has to load. */

/** A lock as the reader gets it: the word's wrapped key stays behind the gate. */
export const OfferedLock = z.discriminatedUnion('kind', [
  LinkLock,
  PairedLock,
  z.strictObject({ kind: z.literal('word'), hint: z.nullable(blob(SEAL_OVERHEAD_BYTES, HINT_MAX_BYTES)) }),
])
export type OfferedLock = z.infer<typeof OfferedLock>

export const LetterAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  sealed: blob(SEAL_OVERHEAD_BYTES, LETTER_MAX_BYTES),
  locks: z.array(OfferedLock).check(z.minLength(1), z.maxLength(LOCKS_MAX)),
  alert: z.strictObject({
    state: z.enum(['open', 'cleared', 'expired']),
    pressedAt: Instant,
    closedAt: z.nullable(Instant),
    /** It is a drill that has released it. What the letter is, its seal says. */
    practice: z.boolean(),
  }),
})
export type LetterAnswer = z.infer<typeof LetterAnswer>

export const WordAnswer = z.strictObject({ ok: z.literal(true), wrapped: bytes(WRAPPED_KEY_BYTES) })
export type WordAnswer = z.infer<typeof WordAnswer>
