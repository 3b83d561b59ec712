import { toText } from '../../protocol/bytes.ts'
import { SECRET_BYTES } from '../../protocol/limits.ts'
import type { Lock } from '../../protocol/locks.ts'
import { expectBytes } from '../expect-bytes.ts'
import { derive } from '../kdf.ts'
import type { Random } from '../random.ts'
import { seal } from '../sealing.ts'
import { openText } from './wrapped-text.ts'

type PairedLock = Extract<Lock, { kind: 'paired' }>

/** The lock `paired` (`protocol.md §6`, kind 8): the contact's secret, 16 bytes, came by hand in the invitation. */
const lockKeyOf = (contactSecret: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(contactSecret, SECRET_BYTES, 'contact secret')
  return derive(contactSecret, vault, 'lock-paired', id)
}

export const makePairedLock = (
  letterKey: Uint8Array,
  contactSecret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  random: Random,
): PairedLock => {
  const context = { kind: 'paired-lock', vault, id, version } as const
  const key = lockKeyOf(contactSecret, vault, id)
  return { kind: 'paired', wrapped: toText(seal(key, context, letterKey, random)) }
}

/** @returns the letter key, or null if refused */
export const openPairedLock = (
  lock: PairedLock,
  contactSecret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
): Uint8Array | null =>
  openText(lockKeyOf(contactSecret, vault, id), { kind: 'paired-lock', vault, id, version }, lock.wrapped)
