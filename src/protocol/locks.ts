import * as z from 'zod/mini'
import { blob, bytes, Key } from './fields.ts'
import { HINT_MAX_BYTES, SEAL_OVERHEAD_BYTES, WRAPPED_KEY_BYTES } from './limits.ts'

/** The locks of a letter, as they are stored (`protocol.md §7.1.1`). */

/** A sealed 32-byte key. */
export const Wrapped = bytes(WRAPPED_KEY_BYTES)

export const LinkLock = z.strictObject({ kind: z.literal('link'), wrapped: Wrapped })
export const PairedLock = z.strictObject({ kind: z.literal('paired'), wrapped: Wrapped })
/** `gate` is SHA-256 of the gate token; `hint` is sealed under the link secret, or null. */
export const WordLock = z.strictObject({
  kind: z.literal('word'),
  wrapped: Wrapped,
  gate: Key,
  hint: z.nullable(blob(SEAL_OVERHEAD_BYTES, HINT_MAX_BYTES)),
})
export const Lock = z.discriminatedUnion('kind', [LinkLock, WordLock, PairedLock])
export type Lock = z.infer<typeof Lock>
