import * as z from 'zod/mini'
import { PushKey } from './channel.ts'
import { EmailAddress } from './fields.ts'

/** What the app may know of its host before set-up (`protocol.md §7.4`). No ids, no secrets: the one GET. */
export const HostAnswer = z.strictObject({
  ok: z.literal(true),
  /** Can a new family set up here: something to send with is configured. */
  ready: z.boolean(),
  /** The address that messages come from, for the contact's address book; null while there is none. */
  sender: z.nullable(EmailAddress),
  /** Site key of Turnstile where a new vault needs it. */
  turnstile: z.nullable(z.string().check(z.maxLength(64))),
  /** Public key of the host (RFC 8292), for browsers that ask to be pushed to; null where it pushes nothing. */
  push: z.nullable(PushKey),
  channels: z.array(z.enum(['email', 'outbox', 'sms', 'push'])).check(z.maxLength(4)),
  missing: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(16)),
})
export type HostAnswer = z.infer<typeof HostAnswer>
