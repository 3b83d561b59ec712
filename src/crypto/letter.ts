import { Letter, PracticeLetter } from '../protocol/letter-content.ts'
import { KEY_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { openJson } from './json.ts'
import { derive } from './kdf.ts'
import type { Random } from './random.ts'
import { sealJson } from './sealing-json.ts'

/** Letters and practice letters (`protocol.md §8.3`, §8.4), each under a letter key that its locks hold. */

/**
 * @param version of the commit that brings this sealing
 * @returns at most 65,577 bytes, since a letter that fits its schema is no longer
 * @throws TypeError if `letter` does not fit its schema
 */
export const sealLetter = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  letter: Letter,
  random: Random,
): Uint8Array => sealJson(Letter, letterKey, { kind: 'letter', vault, id, version }, letter, random)

export const openLetter = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Letter | null => openJson(Letter, letterKey, { kind: 'letter', vault, id, version }, sealed)

/** @throws TypeError if `letter` does not fit its schema */
export const sealPracticeLetter = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  letter: PracticeLetter,
  random: Random,
): Uint8Array =>
  sealJson(PracticeLetter, letterKey, { kind: 'practice-letter', vault, id, version }, letter, random)

export const openPracticeLetter = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  sealed: Uint8Array,
): PracticeLetter | null =>
  openJson(PracticeLetter, letterKey, { kind: 'practice-letter', vault, id, version }, sealed)

/** What a contact who opened the letter says "opened" with. 32 bytes; the server keeps its SHA-256. */
export const receiptTokenOf = (letterKey: Uint8Array, vault: Uint8Array, id: Uint8Array): Uint8Array => {
  expectBytes(letterKey, KEY_BYTES, 'letter key')
  return derive(letterKey, vault, 'receipt', id)
}
