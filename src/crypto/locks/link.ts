import { toText } from '../../protocol/bytes.ts'
import { SECRET_BYTES } from '../../protocol/limits.ts'
import type { Lock } from '../../protocol/locks.ts'
import { expectBytes } from '../expect-bytes.ts'
import { derive } from '../kdf.ts'
import type { Random } from '../random.ts'
import { seal } from '../sealing.ts'
import { openText } from './wrapped-text.ts'

type LinkLock = Extract<Lock, { kind: 'link' }>

/** The lock `link` (`protocol.md §6`, kind 6): whoever has the link secret, 16 bytes, opens it. */
const lockKeyOf = (secret: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'link secret')
  return derive(secret, vault, 'lock-link', id)
}

export const makeLinkLock = (
  letterKey: Uint8Array,
  secret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  random: Random,
): LinkLock => {
  const context = { kind: 'link-lock', vault, id, version } as const
  return { kind: 'link', wrapped: toText(seal(lockKeyOf(secret, vault, id), context, letterKey, random)) }
}

/** @returns the letter key, or null if refused */
export const openLinkLock = (
  lock: LinkLock,
  secret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
): Uint8Array | null =>
  openText(lockKeyOf(secret, vault, id), { kind: 'link-lock', vault, id, version }, lock.wrapped)
