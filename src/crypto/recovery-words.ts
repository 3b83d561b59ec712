import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'
import type { Language } from '../protocol/fields.ts'
import { SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'

/** The root as 12 words of BIP-39, and back (`protocol.md §6.1`). */
const LISTS: Record<Language, string[]> = { en: english, es: spanish }
const WORDS = 12

/** Lower case, without accents: how words are compared. No two words of one list become the same. */
const fold = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const byFolded = (list: string[]): Map<string, string> => new Map(list.map((word) => [fold(word), word]))
const FOLDED = { en: byFolded(english), es: byFolded(spanish) }

/** The 2,048 words, in composed spelling (NFC) as a person reads them. */
export const wordList = (language: Language): readonly string[] =>
  LISTS[language].map((word) => word.normalize('NFC'))

/**
 * @param root 16 bytes
 * @returns 12 words, one space between
 */
export const toWords = (root: Uint8Array, language: Language): string => {
  expectBytes(root, SECRET_BYTES, 'root')
  return entropyToMnemonic(root, LISTS[language]).normalize('NFC')
}

const rootIn = (language: Language, folded: string[]): Uint8Array | null => {
  const words = folded.flatMap((word) => FOLDED[language].get(word) ?? [])
  if (words.length !== WORDS) return null
  try {
    return mnemonicToEntropy(words.join(' '), LISTS[language])
  } catch {
    return null
  }
}

/**
 * Reads words in either language. Forgives case, accents and white space.
 * @returns the root, or null if these are not 12 words of one list with the right checksum
 */
export const fromWords = (text: string): Uint8Array | null => {
  const folded = text.split(/\s+/u).filter(Boolean).map(fold)
  if (folded.length !== WORDS) return null
  return rootIn('en', folded) ?? rootIn('es', folded)
}
