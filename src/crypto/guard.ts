import { concatBytes } from '@noble/hashes/utils.js'
import { ID_BYTES, KEY_BYTES, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { derive } from './kdf.ts'
import type { Random } from './random.ts'
import { open, type SealContext } from './seal.ts'
import { seal } from './sealing.ts'

/**
 * The PIN guard of one phone (`protocol.md §6`, kind 15, §7.13). `stretched` is Argon2id of the PIN with the device secret, as
 * `stretch.ts` makes it of a word with a link secret.
 */

/** By which the server knows that the phone itself asks. @param device 16 bytes. @returns 32 bytes */
export const deviceTokenOf = (device: Uint8Array, vault: Uint8Array, guard: Uint8Array): Uint8Array => {
  expectBytes(device, SECRET_BYTES, 'device secret')
  return derive(device, vault, 'guard-device', guard)
}

/** For which the server gives the share out. 32 bytes */
export const pinTokenOf = (stretched: Uint8Array, vault: Uint8Array, guard: Uint8Array): Uint8Array => {
  expectBytes(stretched, KEY_BYTES, 'stretched PIN')
  return derive(stretched, vault, 'guard-pin', guard)
}

const rootKeyOf = (
  stretched: Uint8Array,
  share: Uint8Array,
  vault: Uint8Array,
  guard: Uint8Array,
): Uint8Array => {
  expectBytes(stretched, KEY_BYTES, 'stretched PIN')
  expectBytes(share, KEY_BYTES, 'share')
  return derive(concatBytes(stretched, share), vault, 'guard-root', guard)
}

const contextOf = (vault: Uint8Array, guard: Uint8Array): SealContext => ({
  kind: 'guarded-root',
  vault,
  id: guard,
  version: 1,
})

/** What a duress PIN opens in the place of a root. */
export const NO_ROOT = new Uint8Array(SECRET_BYTES)

/** @param root 16 bytes, or {@link NO_ROOT} */
export const guardRoot = (
  root: Uint8Array,
  stretched: Uint8Array,
  share: Uint8Array,
  vault: Uint8Array,
  guard: Uint8Array,
  random: Random,
): Uint8Array => {
  expectBytes(root, SECRET_BYTES, 'root')
  expectBytes(guard, ID_BYTES, 'guard')
  return seal(rootKeyOf(stretched, share, vault, guard), contextOf(vault, guard), root, random)
}

/** @returns the root, {@link NO_ROOT}'s zeros for a duress PIN, or null: this seal is another PIN's */
export const openGuarded = (
  sealed: Uint8Array,
  stretched: Uint8Array,
  share: Uint8Array,
  vault: Uint8Array,
  guard: Uint8Array,
): Uint8Array | null => {
  const root = open(rootKeyOf(stretched, share, vault, guard), contextOf(vault, guard), sealed)
  return root?.length === SECRET_BYTES ? root : null
}
