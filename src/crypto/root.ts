import { concatBytes } from '@noble/hashes/utils.js'
import { ID_BYTES, KEY_BYTES, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { derive, type Label, NO_SALT } from './kdf.ts'

/** What follows from the root, 16 bytes that never leave the owner's devices (`protocol.md §6`). */
const fromRoot = (root: Uint8Array, label: Label, length?: number): Uint8Array => {
  expectBytes(root, SECRET_BYTES, 'root')
  return derive(root, NO_SALT, label, null, length)
}

/** 16 bytes */
export const vaultIdOf = (root: Uint8Array): Uint8Array => fromRoot(root, 'vault-id', ID_BYTES)
/** 32 bytes; the server keeps its SHA-256 */
export const ownerTokenOf = (root: Uint8Array): Uint8Array => fromRoot(root, 'owner-token')
/** Of what the owner's phone keeps for itself, once it has a PIN. 32 bytes */
export const phoneKeyOf = (root: Uint8Array): Uint8Array => fromRoot(root, 'phone')
/** 32 bytes */
export const vaultKeyOf = (root: Uint8Array): Uint8Array => fromRoot(root, 'vault-key')
/** Of what a phone writes down while it goes over to another vault (`protocol.md §7.16`): the key of its records alone opens none of it. 32 bytes */
export const movingKeyOf = (recordKey: Uint8Array, moveKey: Uint8Array): Uint8Array => {
  expectBytes(recordKey, KEY_BYTES, 'record key')
  expectBytes(moveKey, KEY_BYTES, 'move key')
  return derive(concatBytes(recordKey, moveKey), NO_SALT, 'moving')
}
