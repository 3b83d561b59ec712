import * as z from 'zod/mini'
import { bytes, Id, Key, Secret } from './fields.ts'
import { HANDED_SEALED_BYTES } from './limits.ts'

/** A second phone of the owner (`protocol.md §7.15`). `nonce` is the new phone's; who brings the first one is who is given to. */
const Sealed = bytes(HANDED_SEALED_BYTES)

/** `hash` is SHA-256 of the hand-over token. `token` is the owner token, here and in the three that follow. */
export const HandOfferRequest = z.strictObject({ vault: Id, token: Key, id: Id, hash: Key })
export type HandOfferRequest = z.infer<typeof HandOfferRequest>

export const HandQuestion = z.strictObject({ vault: Id, token: Key, id: Id })
export type HandQuestion = z.infer<typeof HandQuestion>
export const HandLookAnswer = z.strictObject({
  ok: z.literal(true),
  state: z.enum(['open', 'asked', 'given', 'taken']),
  nonce: z.nullable(Secret),
})
export type HandLookAnswer = z.infer<typeof HandLookAnswer>

export const HandGiveRequest = z.strictObject({
  vault: Id,
  token: Key,
  id: Id,
  nonce: Secret,
  sealed: Sealed,
})
export type HandGiveRequest = z.infer<typeof HandGiveRequest>

/** Of the new phone. `token` is the hand-over token. */
export const HandTakeRequest = z.strictObject({ vault: Id, id: Id, token: Key, nonce: Secret })
export type HandTakeRequest = z.infer<typeof HandTakeRequest>
export const HandTakeAnswer = z.strictObject({ ok: z.literal(true), sealed: z.nullable(Sealed) })
export type HandTakeAnswer = z.infer<typeof HandTakeAnswer>

/** What stands inside (`protocol.md §8.18`). `pin`: the first phone has one. */
export const HandedOver = z.strictObject({ v: z.literal(1), root: Secret, pin: z.boolean() })
export type HandedOver = z.infer<typeof HandedOver>
