import * as z from 'zod/mini'
import { blob, bytes, Id, Instant, integer, Key, Secret, Version } from './fields.ts'
import {
  HINT_MAX_BYTES,
  LETTER_MAX_BYTES,
  LOCKS_MAX,
  SEAL_OVERHEAD_BYTES,
  VERSION_MAX,
  WRAPPED_KEY_BYTES,
} from './limits.ts'
import { LinkLock, PairedLock } from './locks.ts'
import { Note, opener } from './standing.ts'

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

/**
 * Of which alert, by its `pressedAt`; `after` is the number of the last word that this contact has said of it, so that an older
 * one which arrives late changes nothing.
 */
const saying = { ...opener, pressedAt: Instant, after: integer(0, VERSION_MAX - 1) }

/** What a contact says back: opened, on it, and that taken back (`protocol.md §7.3.3`). */
export const ReceiptRequest = z.discriminatedUnion('kind', [
  z.strictObject({ ...opener, kind: z.literal('opened') }),
  z.strictObject({ ...saying, kind: z.literal('on-it'), sealed: Note }),
  z.strictObject({ ...saying, kind: z.literal('not-on-it') }),
])
export type ReceiptRequest = z.infer<typeof ReceiptRequest>

/** "Never again": for the owner whose message it was, or for everybody who uses this host. */
export const StopRequest = z.strictObject({
  vault: Id,
  id: Id,
  token: Secret,
  scope: z.enum(['owner', 'all']),
})
export type StopRequest = z.infer<typeof StopRequest>
