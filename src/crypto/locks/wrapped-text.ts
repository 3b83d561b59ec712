import { fromText } from '../../protocol/bytes.ts'
import { open, type SealContext } from '../seal.ts'

/** Opens a seal that travelled as base64url. @returns null if it is refused, or not base64url at all */
export const openText = (key: Uint8Array, context: SealContext, text: string): Uint8Array | null => {
  let sealed: Uint8Array
  try {
    sealed = fromText(text)
  } catch {
    return null
  }
  return open(key, context, sealed)
}
