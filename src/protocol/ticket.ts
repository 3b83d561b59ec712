import * as z from 'zod/mini'

/** Lets a new vault in where the network alone would not (`protocol.md §7.6`). */
export const Ticket = z.discriminatedUnion('kind', [
  /** Of a workshop, given out by the host: four groups of four, without the hyphens. */
  z.strictObject({
    kind: z.literal('workshop'),
    code: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/)),
  }),
  /** Of Cloudflare's Turnstile, where the host has switched it on. */
  z.strictObject({ kind: z.literal('turnstile'), token: z.string().check(z.regex(/^[\x21-\x7e]{1,2048}$/)) }),
])
export type Ticket = z.infer<typeof Ticket>
