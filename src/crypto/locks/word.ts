import { utf8 } from '@scure/base'
import { toText } from '../../protocol/bytes.ts'
import { line } from '../../protocol/fields.ts'
import { HINT_MAX_CHARS, KEY_BYTES, SECRET_BYTES } from '../../protocol/limits.ts'
import type { Lock } from '../../protocol/locks.ts'
import { expectBytes } from '../expect-bytes.ts'
import { derive } from '../kdf.ts'
import { tokenHash } from '../presser.ts'
import type { Random } from '../random.ts'
import { seal } from '../sealing.ts'
import { openText } from './wrapped-text.ts'

type WordLock = Extract<Lock, { kind: 'word' }>

/**
 * The lock `word` (`protocol.md §6`, kind 7, §9): link secret and family word together. What is slow is in
 * `../stretch.ts`; `stretched` is its 32 bytes. The hint (kind 9) opens with the link secret alone.
 */
const lockKeyOf = (stretched: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(stretched, KEY_BYTES, 'stretched word')
  return derive(stretched, vault, 'lock-word', id)
}

const hintKeyOf = (secret: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'link secret')
  return derive(secret, vault, 'hint', id)
}

const Hint = line(HINT_MAX_CHARS)

/** What the server's gate asks for. 32 bytes; the server keeps its SHA-256. */
export const gateTokenOf = (stretched: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(stretched, KEY_BYTES, 'stretched word')
  return derive(stretched, vault, 'gate', id)
}

/**
 * @param secret the link secret, 16 bytes
 * @param hint a line of at most 120 characters, or null
 * @throws TypeError on another hint
 */
export const makeWordLock = (
  letterKey: Uint8Array,
  secret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  stretched: Uint8Array,
  hint: string | null,
  random: Random,
): WordLock => {
  const context = { kind: 'word-lock', vault, id, version } as const
  return {
    kind: 'word',
    wrapped: toText(seal(lockKeyOf(stretched, vault, id), context, letterKey, random)),
    gate: toText(tokenHash(gateTokenOf(stretched, vault, id))),
    hint: hint === null ? null : toText(sealHint(hint, secret, vault, id, version, random)),
  }
}

const sealHint = (
  hint: string,
  secret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  random: Random,
): Uint8Array => {
  if (!Hint.safeParse(hint).success) throw new TypeError('hint: does not fit its schema')
  return seal(hintKeyOf(secret, vault, id), { kind: 'hint', vault, id, version }, utf8.decode(hint), random)
}

/**
 * @param wrapped base64url, as the gate gives it out
 * @returns the letter key, or null if refused
 */
export const openWordLock = (
  wrapped: string,
  stretched: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
): Uint8Array | null =>
  openText(lockKeyOf(stretched, vault, id), { kind: 'word-lock', vault, id, version }, wrapped)

/**
 * @param hint base64url, sealed
 * @returns the hint, or null if refused or not a line of at most 120 characters
 */
export const openHint = (
  hint: string,
  secret: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
): string | null => {
  const plain = openText(hintKeyOf(secret, vault, id), { kind: 'hint', vault, id, version }, hint)
  if (plain === null) return null
  try {
    const parsed = Hint.safeParse(utf8.encode(plain))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
