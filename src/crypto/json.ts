import { utf8 } from '@scure/base'
import type * as z from 'zod/mini'
import { open, type SealContext } from './seal.ts'

/** Sealed JSON of a strict schema (`protocol.md §8`). */

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
