import * as z from 'zod/mini'
import { Instant, line, OwnerName } from './fields.ts'
import { NOTE_MAX_CHARS } from './limits.ts'

/**
 * What a contact who is on it says to the owner and to the others (`protocol.md §8.10`), sealed under the situation root. `pressedAt` is that
 * of the alert, so that a note of an earlier one does not pass for one of this.
 */
export const ContactNote = z.strictObject({
  v: z.literal(1),
  pressedAt: Instant,
  name: OwnerName,
  note: z.nullable(line(NOTE_MAX_CHARS)),
})
export type ContactNote = z.infer<typeof ContactNote>
