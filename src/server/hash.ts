import { sha256 } from '@noble/hashes/sha2.js'
import { fromText, toText } from '../protocol/bytes.ts'

/** Hashes of tokens and keys, as the wire spells bytes: base64url of 32 bytes. No I/O. */

/** SHA-256 over the bytes that `texts` spell, joined. */
export const hashOf = (...texts: readonly string[]): string => {
  const hash = sha256.create()
  for (const text of texts) hash.update(fromText(text))
  return toText(hash.digest())
}

/** Compares two spellings of 32 bytes in a time that does not depend on where they differ. */
export const sameHash = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false
  let difference = 0
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
