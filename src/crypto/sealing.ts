import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { KEY_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { pad } from './pad.ts'
import type { Random } from './random.ts'
import { associatedData, isPadded, NONCE_BYTES, type SealContext, SUITE } from './seal.ts'

/**
 * XChaCha20-Poly1305 (`protocol.md §4`), padded where the kind says so.
 * @param key 32 bytes
 * @param plain at most 524,284 bytes; exactly 32 for the kinds that wrap a key
 * @returns `1 ‖ nonce (24) ‖ ciphertext ‖ tag (16)`
 * @throws TypeError or RangeError on misuse: a wrong length of key, ids, version, plain text or random bytes
 */
export const seal = (
  key: Uint8Array,
  context: SealContext,
  plain: Uint8Array,
  random: Random,
): Uint8Array => {
  expectBytes(key, KEY_BYTES, 'key')
  const associated = associatedData(context)
  if (!isPadded(context.kind)) expectBytes(plain, KEY_BYTES, 'wrapped key')
  const nonce = random(NONCE_BYTES)
  expectBytes(nonce, NONCE_BYTES, 'nonce')
  const message = isPadded(context.kind) ? pad(plain) : plain
  const ciphertext = xchacha20poly1305(key, nonce, associated).encrypt(message)
  return concatBytes(Uint8Array.of(SUITE), nonce, ciphertext)
}
