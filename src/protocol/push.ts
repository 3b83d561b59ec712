import * as z from 'zod/mini'
import { Id, Language } from './fields.ts'

/**
 * What a push carries to the service worker (`protocol.md §12`): encrypted for that browser alone, and even so no name, no place, no
 * link. `mark` is of the alert: what comes later about the same one takes its place on the screen.
 */
export const PushPayload = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['alert', 'again', 'clear', 'practice', 'reminder', 'due', 'waiting']),
  language: Language,
  mark: Id,
})
export type PushPayload = z.infer<typeof PushPayload>
