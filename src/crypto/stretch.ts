import { argon2id } from '@noble/hashes/argon2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { CARD_CODE_CHARS } from '../protocol/card-code.ts'
import { KEY_BYTES, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { derive } from './kdf.ts'
import { normaliseWord } from './word.ts'

/** Argon2id of suite 1 (`protocol.md §9.1`): 19,456 KiB, 2 passes, 1 lane. Never read from a server, which could weaken it. */
const PARAMETERS = { t: 2, m: 19_456, p: 1, version: 0x13, dkLen: KEY_BYTES } as const
const SALT_BYTES = 16
/** Of every card's code: who types one knows nothing else. */
const CARD_SALT = utf8ToBytes('amparo/1 card')

/**
 * Slow on purpose, a second or more: for a Web Worker, and loaded only there, since nothing else needs Argon2id.
 * @param word as `normaliseWord` gives it
 * @param secret the link secret, 16 bytes
 * @param onProgress called with the done part, 0 to 1
 * @returns 32 bytes
 * @throws RangeError if `word` is not normalised: its lock would never open again
 */
export const stretchWord = (
  word: string,
  secret: Uint8Array,
  vault: Uint8Array,
  letterId: Uint8Array,
  onProgress?: (done: number) => void,
): Uint8Array => {
  if (normaliseWord(word) !== word) throw new RangeError('word: not normalised')
  expectBytes(secret, SECRET_BYTES, 'link secret')
  const salt = derive(secret, vault, 'word-salt', letterId, SALT_BYTES)
  return argon2id(utf8ToBytes(word), salt, onProgress ? { ...PARAMETERS, onProgress } : PARAMETERS)
}

/**
 * As slow, for a card's code (`protocol.md §13`).
 * @param code as `readCardCode` gives it
 * @returns 32 bytes
 */
export const stretchCode = (code: string, onProgress?: (done: number) => void): Uint8Array => {
  if (code.length !== CARD_CODE_CHARS) throw new RangeError('code: not of a card')
  return argon2id(utf8ToBytes(code), CARD_SALT, onProgress ? { ...PARAMETERS, onProgress } : PARAMETERS)
}
