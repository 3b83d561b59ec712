import { sha256 } from '@noble/hashes/sha2.js'
import { KEY_BYTES, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { derive } from './kdf.ts'

/**
 * P of a presser that is handed over as a link (`protocol.md §6`): a trusted person, a card.
 * @param secret of the link, 16 bytes
 * @returns 32 bytes
 */
export const linkPresserSecretOf = (
  secret: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'link secret')
  return derive(secret, vault, 'presser', presser)
}

/**
 * The key with which a presser presses (`protocol.md §6`).
 * @param secret P, 32 bytes
 * @returns 32 bytes
 */
export const pressKeyOf = (secret: Uint8Array, vault: Uint8Array): Uint8Array => {
  expectBytes(secret, KEY_BYTES, 'presser secret')
  return derive(secret, vault, 'press')
}

/** SHA-256, by which the server knows a token or a press key without holding it. */
export const tokenHash = (token: Uint8Array): Uint8Array => sha256(token)
