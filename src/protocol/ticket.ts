import * as z from 'zod/mini'
import { Id, Key } from './fields.ts'

/** Lets a new vault in where the network alone would not (`protocol.md §7.6`). */
export const Ticket = z.discriminatedUnion('kind', [
  /** Of a workshop, given out by the host: four groups of four, without the hyphens. */
  z.strictObject({
    kind: z.literal('workshop'),
    code: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/)),
  }),
  /** Of Cloudflare's Turnstile, where the host has switched it on. */
  z.strictObject({ kind: z.literal('turnstile'), token: z.string().check(z.regex(/^[\x21-\x7e]{1,2048}$/)) }),
  /** Of a family that starts over: id and owner token of the vault whose place the new one takes (`protocol.md §7.16`). */
  z.strictObject({ kind: z.literal('moved'), vault: Id, token: Key }),
])
export type Ticket = z.infer<typeof Ticket>
