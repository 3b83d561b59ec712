import * as z from 'zod/mini'
import { bytes, Id, Key } from './fields.ts'
import { CARD_ENTRY_SEALED_BYTES } from './limits.ts'

/** The directory of cards' codes (`protocol.md §7.11`): what a code leads to, sealed under the code. */
const Entry = bytes(CARD_ENTRY_SEALED_BYTES)

/** The owner's device puts a card into it. `lookup` and `sealed` come from the code; `token` is the owner token. */
export const CardPutRequest = z.strictObject({
  vault: Id,
  token: Key,
  presser: Id,
  lookup: Id,
  sealed: Entry,
})
export type CardPutRequest = z.infer<typeof CardPutRequest>

/** Whoever has typed the code looks it up. */
export const CardFindRequest = z.strictObject({ lookup: Id })
export type CardFindRequest = z.infer<typeof CardFindRequest>
export const CardFindAnswer = z.strictObject({ ok: z.literal(true), sealed: Entry })
export type CardFindAnswer = z.infer<typeof CardFindAnswer>
