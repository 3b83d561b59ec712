import * as z from 'zod/mini'
import { Id, Instant, integer, Key, Secret, Version } from './fields.ts'
import { VERSION_MAX } from './limits.ts'
import { Note, opener } from './standing.ts'

/** What a contact asks (`protocol.md §7.3`). Reading changes nothing, and is a POST so that no log holds an id. */
export const LetterQuestion = z.strictObject({ vault: Id, letter: Id })
export type LetterQuestion = z.infer<typeof LetterQuestion>

/** `gate` is the gate token. */
export const WordRequest = z.strictObject({ vault: Id, letter: Id, version: Version, gate: Key })
export type WordRequest = z.infer<typeof WordRequest>

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
