import { utf8 } from '@scure/base'
import type * as z from 'zod/mini'
import type { Random } from './random.ts'
import { open, type SealContext, seal } from './seal.ts'

/** Sealed JSON of a strict schema (`protocol.md §8`). */

/**
 * @throws TypeError if `value` does not fit `schema`: what could not be opened again is never sealed
 * @throws RangeError if it is longer than a seal holds, 262,140 bytes of UTF-8
 */
export const sealJson = <T>(
  schema: z.ZodMiniType<T>,
  key: Uint8Array,
  context: SealContext,
  value: T,
  random: Random,
): Uint8Array => {
  const parsed = schema.safeParse(value)
  // Without the schema's own message, which could carry what was to be sealed.
  if (!parsed.success) throw new TypeError(`${context.kind}: does not fit its schema`)
  return seal(key, context, utf8.decode(JSON.stringify(parsed.data)), random)
}

/** @returns the value, or null if the seal is refused or what it holds is not UTF-8, not JSON or not of `schema` */
export const openJson = <T>(
  schema: z.ZodMiniType<T>,
  key: Uint8Array,
  context: SealContext,
  sealed: Uint8Array,
): T | null => {
  const plain = open(key, context, sealed)
  if (plain === null) return null
  let value: unknown
  try {
    value = JSON.parse(utf8.encode(plain))
  } catch {
    return null
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}
