import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { ID_BYTES, KEY_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'

/** Every label in use (`protocol.md §6`). A label is never reused for another key. */
export type Label =
  | 'vault-id'
  | 'owner-token'
  | 'vault-key'
  | 'presser'
  | 'presser-token'
  | 'presser-situation'
  | 'situation'
  | 'press'
  | 'roster-wrap'
  | 'lock-link'
  | 'word-salt'
  | 'hint'
  | 'lock-word'
  | 'gate'
  | 'lock-paired'
  | 'receipt'
  | 'join'
  | 'invitation'
  | 'answer'
  | 'guard-device'
  | 'guard-pin'
  | 'guard-root'
  | 'phone'
  | 'moving'
  | 'card-code'
  | 'card-lookup'
  | 'card-entry'
  | 'plan-share'
  | 'hand-over'
  | 'hand-over-token'
  | 'hand-over-check'

/** The salt of what is derived from the root. */
export const NO_SALT = new Uint8Array(0)

/**
 * HKDF-SHA-256 (RFC 5869) with `info` = `amparo/1 ` ‖ label ‖ id (`protocol.md §6`).
 * @param salt {@link NO_SALT} or a vault id
 * @param id 16 bytes where the table says `label ‖ id`, else null
 * @param length bytes wanted
 * @throws TypeError or RangeError on a vault id or id that is not 16 bytes
 */
export const derive = (
  ikm: Uint8Array,
  salt: Uint8Array,
  label: Label,
  id: Uint8Array | null = null,
  length: number = KEY_BYTES,
): Uint8Array => {
  if (salt !== NO_SALT) expectBytes(salt, ID_BYTES, 'vault id')
  if (id !== null) expectBytes(id, ID_BYTES, 'id')
  const name = utf8ToBytes(`amparo/1 ${label}`)
  return hkdf(sha256, ikm, salt, id === null ? name : concatBytes(name, id), length)
}
