import { KEY_BYTES } from '../../protocol/limits.ts'
import { expectBytes } from '../expect-bytes.ts'
import { derive } from '../kdf.ts'
import type { Random } from '../random.ts'
import { open, type SealContext } from '../seal.ts'
import { seal } from '../sealing.ts'

/** The roster key, wrapped for each presser (`protocol.md §6`, kind 3): whoever sees the press key opens it. */
const wrapKeyOf = (pressKey: Uint8Array, vault: Uint8Array): Uint8Array => {
  expectBytes(pressKey, KEY_BYTES, 'press key')
  return derive(pressKey, vault, 'roster-wrap')
}

const contextOf = (vault: Uint8Array, presserId: Uint8Array, version: number): SealContext => ({
  kind: 'roster-key',
  vault,
  id: presserId,
  version,
})

/** @returns 73 bytes */
export const wrapRosterKey = (
  pressKey: Uint8Array,
  vault: Uint8Array,
  presserId: Uint8Array,
  version: number,
  rosterKey: Uint8Array,
  random: Random,
): Uint8Array => seal(wrapKeyOf(pressKey, vault), contextOf(vault, presserId, version), rosterKey, random)

/** @returns the roster key, or null if refused */
export const unwrapRosterKey = (
  pressKey: Uint8Array,
  vault: Uint8Array,
  presserId: Uint8Array,
  version: number,
  wrapped: Uint8Array,
): Uint8Array | null => open(wrapKeyOf(pressKey, vault), contextOf(vault, presserId, version), wrapped)
