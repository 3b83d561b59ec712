import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'
import { sha256 } from './keys.ts'

/** `protocol.md §2`, §6.1 and §10, written out. Of libraries only BIP-39's two lists; nothing of `src`. */

export const decodeText = (text: string, length: number): Uint8Array | null => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text && bytes.length === length ? new Uint8Array(bytes) : null
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const PAGES = { letter: 1, join: 2, press: 3, stop: 4 } as const

const fromBase58 = (text: string): Buffer | null => {
  let value = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = value * 58n + BigInt(digit)
  }
  const zeros = text.length - text.replace(/^1+/, '').length
  const hex = value === 0n ? '' : value.toString(16)
  return Buffer.from('00'.repeat(zeros) + (hex.length % 2 ? `0${hex}` : hex), 'hex')
}

export const decodeLink = (page: keyof typeof PAGES, fragment: string): Uint8Array | null => {
  const bytes = fromBase58(fragment.trim())
  if (bytes === null || (bytes.length !== 38 && bytes.length !== 54)) return null
  const payload = bytes.subarray(0, -4)
  const checksum = Buffer.from(sha256(sha256(payload))).subarray(0, 4)
  if (!checksum.equals(bytes.subarray(-4))) return null
  return payload[0] === 1 && payload[1] === PAGES[page] ? new Uint8Array(payload) : null
}

const LISTS = { en: english, es: spanish }
const bare = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export const toWords = (root: Uint8Array, language: 'en' | 'es'): string => {
  const bits = [...root, sha256(root)[0]!].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const words = Array.from(
    { length: 12 },
    (_, n) => LISTS[language][parseInt(bits.slice(11 * n, 11 * n + 11), 2)]!,
  )
  return words.join(' ').normalize('NFC')
}

export const fromWords = (text: string): Uint8Array | null => {
  const given = text.trim().split(/\s+/)
  for (const language of ['en', 'es'] as const) {
    const list = LISTS[language].map(bare)
    const numbers = given.map((word) => list.indexOf(bare(word)))
    if (numbers.length !== 12 || numbers.includes(-1)) continue
    const bits = numbers.map((number) => number.toString(2).padStart(11, '0')).join('')
    const root = Uint8Array.from({ length: 16 }, (_, n) => parseInt(bits.slice(8 * n, 8 * n + 8), 2))
    if (bits.endsWith(sha256(root)[0]!.toString(2).padStart(8, '0').slice(0, 4))) return root
  }
  return null
}
