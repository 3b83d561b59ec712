import * as z from 'zod/mini'
import { Id, Key } from './fields.ts'

/**
 * The PIN guard (`protocol.md §7.13`): the half of what opens the vault on a phone that this phone does not hold. `device` and `pin` are
 * SHA-256 of tokens where they are set, and the tokens themselves where they are tried.
 */

/** One PIN and the share that it is given. */
export const GuardSlot = z.strictObject({ pin: Key, share: Key })
export type GuardSlot = z.infer<typeof GuardSlot>

/** Always two slots, in an order that says nothing: whether both are used, and for what, only the phone's owner knows. */
export const GuardSetRequest = z.strictObject({
  vault: Id,
  token: Key,
  guard: Id,
  device: Key,
  slots: z.tuple([GuardSlot, GuardSlot]),
})
export type GuardSetRequest = z.infer<typeof GuardSetRequest>

export const GuardTryRequest = z.strictObject({ vault: Id, guard: Id, device: Key, pin: Key })
export type GuardTryRequest = z.infer<typeof GuardTryRequest>
export const GuardTryAnswer = z.strictObject({ ok: z.literal(true), share: Key })
export type GuardTryAnswer = z.infer<typeof GuardTryAnswer>

/** Wrong PINs so far do not count any more: said by who has opened the root with the right one. */
export const GuardOpenedRequest = z.strictObject({ vault: Id, token: Key, guard: Id })
export type GuardOpenedRequest = z.infer<typeof GuardOpenedRequest>

/** `guard` null: of every phone. */
export const GuardRemoveRequest = z.strictObject({ vault: Id, token: Key, guard: z.nullable(Id) })
export type GuardRemoveRequest = z.infer<typeof GuardRemoveRequest>
