import { utf8 } from '@scure/base'
import type * as z from 'zod/mini'
import { openJson } from '../../crypto/json.ts'
import { NO_ID, type SealContext } from '../../crypto/seal.ts'
import { sealJson } from '../../crypto/sealing-json.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { ID_BYTES } from '../../protocol/limits.ts'
import { random } from '../vault/random.ts'

/** What reads, as it lies on this phone (`protocol.md §4.2`, kind 19): sealed, and bound to the name of its record. */
const contextOf = (name: string): SealContext => {
  const id = new Uint8Array(ID_BYTES)
  id.set(utf8.decode(name))
  return { kind: 'phone-record', vault: NO_ID, id, version: 1 }
}

export const sealRecord = <T>(schema: z.ZodMiniType<T>, key: Uint8Array, name: string, record: T): string =>
  toText(sealJson(schema, key, contextOf(name), record, random))

/** @returns null if it is sealed under another key, or is not what it should be */
export const openRecord = <T>(
  schema: z.ZodMiniType<T>,
  key: Uint8Array,
  name: string,
  sealed: unknown,
): T | null => {
  if (typeof sealed !== 'string') return null
  try {
    return openJson(schema, key, contextOf(name), fromText(sealed))
  } catch {
    return null
  }
}
