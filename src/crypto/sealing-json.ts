import { utf8 } from '@scure/base'
import type * as z from 'zod/mini'
import type { Random } from './random.ts'
import type { SealContext } from './seal.ts'
import { seal } from './sealing.ts'

/**
 * @throws TypeError if `value` does not fit `schema`: what could not be opened again is never sealed
 * @throws RangeError if it is longer than a seal holds, 524,284 bytes of UTF-8
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
