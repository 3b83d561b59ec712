import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import base64url from '../vectors/base64url.json?raw'
import cardCodes from '../vectors/card-codes.json?raw'
import cards from '../vectors/cards.json?raw'
import contents from '../vectors/contents.json?raw'
import hashes from '../vectors/hashes.json?raw'
import keys from '../vectors/keys.json?raw'
import links from '../vectors/links.json?raw'
import openings from '../vectors/openings.json?raw'
import padding from '../vectors/padding.json?raw'
import recoveryWords from '../vectors/recovery-words.json?raw'
import seals from '../vectors/seals.json?raw'
import stretched from '../vectors/stretched.json?raw'
import words from '../vectors/words.json?raw'
import type {
  CardCase,
  CardCodeCase,
  ContentCase,
  HashCase,
  KeyCase,
  LinkCase,
  OpeningCase,
  PaddingCase,
  RecoveryCase,
  SealCase,
  StretchCase,
  TextCase,
  WordCase,
} from './cases.ts'

/** Argon2id takes a second on a fast machine and several on a slow one. */
const SLOW_MS = 120_000

type Bytes = Uint8Array
type Sealed = { kind: number; key: Bytes; vault: Bytes; id: Bytes; version: number; sealed: Bytes }

/** What an implementation of `protocol.md` can do. Null is "refused"; nothing here may throw. */
export type Implementation = {
  /** by its name in §6 */
  key: (name: string, ikm: Bytes, vault: Bytes | null, id: Bytes | null) => Bytes
  hash: (token: Bytes) => Bytes
  unpad: (padded: Bytes) => Bytes | null
  /** §4: the plain text */
  openSeal: (sealed: Sealed) => Bytes | null
  /** §4 and §8: the plain text, if it is what §8 says */
  openContent: (sealed: Sealed) => Bytes | null
  /** the whole way, to the plain text of the last seal */
  openWhole: (opening: OpeningCase) => Bytes | null
  stretch: (word: string, secret: Bytes, vault: Bytes, letter: Bytes) => Bytes
  normalise: (text: string) => string | null
  toWords: (root: Bytes, language: 'en' | 'es') => string
  fromWords: (text: string) => Bytes | null
  /** the payload */
  decodeLink: (page: LinkCase['page'], fragment: string) => Bytes | null
  decodeText: (text: string, length: number) => Bytes | null
  /** §13: the 15 characters */
  readCode: (typed: string) => string | null
  /** §13: a card's code as it is printed */
  codeOf: (secret: Bytes, vault: Bytes, presser: Bytes) => string
  /** §13: where the entry lies that 15 characters lead to, and what it says, 48 bytes */
  openEntry: (code: string, sealed: Bytes) => { lookup: Bytes; entry: Bytes | null }
}

const shown = (bytes: Bytes | null): string => (bytes === null ? 'refused' : bytesToHex(bytes))

const sealedOf = (line: SealCase): Sealed => ({
  kind: line.kind,
  key: hexToBytes(line.key),
  vault: hexToBytes(line.vault),
  id: hexToBytes(line.id),
  version: line.version,
  sealed: hexToBytes(line.sealed),
})

const each = <T extends { name: string; expect: string }>(
  what: string,
  text: string,
  run: (line: T) => string,
): void => {
  const cases = JSON.parse(text) as T[]
  describe(what, () => {
    it('has cases, each with a name of its own', () => {
      expect(cases.length).toBeGreaterThan(0)
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
    })
    it.each(cases)(
      '$name',
      (line) => {
        expect(run(line)).toBe(line.expect)
      },
      SLOW_MS,
    )
  })
}

/** Runs every vector against `implementation`. No Node API here: it also runs in workerd and in browsers. */
export const conformance = (who: string, implementation: Implementation): void => {
  const on = implementation
  describe(`${who} gives what test/vectors expects`, () => {
    each<KeyCase>('of keys', keys, ({ key, ikm, vault, id }) =>
      shown(
        on.key(
          key,
          hexToBytes(ikm),
          vault === null ? null : hexToBytes(vault),
          id === null ? null : hexToBytes(id),
        ),
      ),
    )
    each<HashCase>('of hashes', hashes, ({ token }) => shown(on.hash(hexToBytes(token))))
    each<PaddingCase>('of padding', padding, ({ padded }) => shown(on.unpad(hexToBytes(padded))))
    each<SealCase>('of seals', seals, (line) => shown(on.openSeal(sealedOf(line))))
    each<ContentCase>('of contents', contents, (line) => shown(on.openContent(sealedOf(line))))
    each<OpeningCase>('of openings', openings, (line) => shown(on.openWhole(line)))
    each<StretchCase>('of stretched words', stretched, ({ word, secret, vault, letter }) =>
      shown(on.stretch(word, hexToBytes(secret), hexToBytes(vault), hexToBytes(letter))),
    )
    each<WordCase>('of words', words, ({ text }) => {
      const word = on.normalise(text)
      return shown(word === null ? null : utf8ToBytes(word))
    })
    each<RecoveryCase>('of recovery words', recoveryWords, (line) => {
      const root = on.fromWords(line.words)
      if (root !== null && line.language !== null) expect(on.toWords(root, line.language)).toBe(line.words)
      return shown(root)
    })
    each<LinkCase>('of links', links, ({ page, fragment }) => shown(on.decodeLink(page, fragment)))
    each<CardCodeCase>("of cards' codes", cardCodes, ({ typed }) => {
      const code = on.readCode(typed)
      return shown(code === null ? null : utf8ToBytes(code))
    })
    each<CardCase>('of cards', cards, ({ secret, vault, presser, code, lookup, sealed }) => {
      expect(on.codeOf(hexToBytes(secret), hexToBytes(vault), hexToBytes(presser))).toBe(code)
      const opened = on.openEntry(on.readCode(code) ?? '', hexToBytes(sealed))
      expect(shown(opened.lookup)).toBe(lookup)
      return shown(opened.entry)
    })
    each<TextCase>('of bytes as text', base64url, ({ text, length }) => shown(on.decodeText(text, length)))
  })
}
