import * as z from 'zod/mini'
import { bytes, EmailAddress } from './fields.ts'
import { ENDPOINT_MAX_CHARS, PUSH_AUTH_BYTES, PUSH_KEY_BYTES } from './limits.ts'

/** By what a contact is reached (`protocol.md §8.11`): in the roster, in the vault document, and in what a contact answers. */

/** E.164, as people's phones are called: `+`, no zero after it, at most 15 digits. */
export const PhoneNumber = z.string().check(z.regex(/^\+[1-9][0-9]{6,14}$/))

/**
 * Only what the browsers' own push services give out: a server that called any address would be a way into other networks. No port,
 * no user, no fragment.
 */
const ENDPOINT =
  /^https:\/\/(?:fcm\.googleapis\.com|web\.push\.apple\.com|(?:[a-z0-9-]{1,63}\.){1,4}(?:push\.services\.mozilla\.com|notify\.windows\.com))\/[A-Za-z0-9\-._~:/?=&%+,;!$'()*@]+$/
export const PushEndpoint = z.string().check(z.maxLength(ENDPOINT_MAX_CHARS), z.regex(ENDPOINT))

/** An uncompressed point of P-256 (RFC 8291 §3.1): its first byte is 4. Whether it lies on the curve, who encrypts to it finds out. */
export const PushKey = bytes(PUSH_KEY_BYTES).check(z.regex(/^B[A-P]/))

/** What a browser gives for one service worker: whoever has it, and this host's private key, can push. */
export const PushTarget = z.strictObject({
  endpoint: PushEndpoint,
  p256dh: PushKey,
  auth: bytes(PUSH_AUTH_BYTES),
})
export type PushTarget = z.infer<typeof PushTarget>

export const ChannelKind = z.enum(['email', 'sms', 'push'])
export type ChannelKind = z.infer<typeof ChannelKind>

export const RosterChannel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), address: EmailAddress }),
  z.strictObject({ kind: z.literal('sms'), number: PhoneNumber }),
  z.strictObject({
    kind: z.literal('push'),
    endpoint: PushEndpoint,
    p256dh: PushKey,
    auth: bytes(PUSH_AUTH_BYTES),
  }),
])
export type RosterChannel = z.infer<typeof RosterChannel>
