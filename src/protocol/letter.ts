import * as z from 'zod/mini'
import { blob, bytes, Id, Instant, Key, Secret, Version } from './fields.ts'
import {
  HINT_MAX_BYTES,
  LETTER_MAX_BYTES,
  LOCKS_MAX,
  SEAL_OVERHEAD_BYTES,
  WRAPPED_KEY_BYTES,
} from './limits.ts'
import { LinkLock, PairedLock } from './locks.ts'

/** What a contact asks (`protocol.md §7.3`). Reading changes nothing, and is a POST so that no log holds an id. */
export const LetterQuestion = z.strictObject({ vault: Id, letter: Id })
export type LetterQuestion = z.infer<typeof LetterQuestion>

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

/** `gate` is the gate token. */
export const WordRequest = z.strictObject({ vault: Id, letter: Id, version: Version, gate: Key })
export type WordRequest = z.infer<typeof WordRequest>
export const WordAnswer = z.strictObject({ ok: z.literal(true), wrapped: bytes(WRAPPED_KEY_BYTES) })
export type WordAnswer = z.infer<typeof WordAnswer>

/** `token` is the receipt token, which only who opened the letter can derive. */
export const ReceiptRequest = z.strictObject({
  vault: Id,
  letter: Id,
  version: Version,
  token: Key,
  kind: z.literal('opened'),
})
export type ReceiptRequest = z.infer<typeof ReceiptRequest>

/** "Never again": for the owner whose message it was, or for everybody who uses this host. */
export const StopRequest = z.strictObject({
  vault: Id,
  id: Id,
  token: Secret,
  scope: z.enum(['owner', 'all']),
})
export type StopRequest = z.infer<typeof StopRequest>
