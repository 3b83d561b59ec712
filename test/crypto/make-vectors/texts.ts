import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { base58, base64urlnopad, createBase58check } from '@scure/base'
import { toWords } from '../../../src/crypto/recovery-words.ts'
import type { LinkCase, RecoveryCase, TextCase, WordCase } from '../cases.ts'
import { seededRandom } from '../seeded-random.ts'

const hexOr = (bytes: Uint8Array | null): string => (bytes === null ? 'refused' : bytesToHex(bytes))
const LANGUAGES = ['en', 'es'] as const

export const recoveryCases = (): RecoveryCase[] => {
  const random = seededRandom('recovery words')
  const line = (
    name: string,
    words: string,
    root: Uint8Array | null,
    language: 'en' | 'es' | null = null,
  ) => ({
    name,
    words,
    language,
    expect: hexOr(root),
  })
  const ofLanguage = (language: 'en' | 'es'): RecoveryCase[] => {
    const root = random(16)
    const words = toWords(root, language)
    const list = words.split(' ')
    const bare = words.normalize('NFD').replace(/\p{M}/gu, '')
    const swapped = [list[1], list[0], ...list.slice(2)].join(' ')
    return [
      line(`${language}: as shown`, words, root, language),
      line(`${language}: in capitals`, words.toUpperCase(), root),
      line(`${language}: without accents`, bare, root),
      line(`${language}: accents as characters of their own`, words.normalize('NFD'), root),
      line(`${language}: lines, tabs and wide spaces`, `\n ${list.join(' \t\u3000\u00a0\n')}\r\n`, root),
      line(`${language}: the first two swapped`, swapped, null),
      line(`${language}: eleven words`, list.slice(1).join(' '), null),
      line(`${language}: thirteen words`, `${words} ${list[0]}`, null),
      line(`${language}: a word of no list`, [...list.slice(1), 'amparito'].join(' '), null),
      line(`${language}: words run together`, list.join(''), null),
    ]
  }
  const zeros = new Uint8Array(16)
  const ones = new Uint8Array(16).fill(0xff)
  return [
    ...LANGUAGES.flatMap(ofLanguage),
    ...LANGUAGES.flatMap((language) => [
      line(`${language}: sixteen zero bytes`, toWords(zeros, language), zeros, language),
      line(`${language}: sixteen times 0xff`, toWords(ones, language), ones, language),
    ]),
    line('a wrong checksum', 'abandon '.repeat(12).trim(), null),
    line('words of both lists mixed', `${toWords(ones, 'en').split(' ').slice(1).join(' ')} zurdo`, null),
    line('24 words', `${'abandon '.repeat(23)}art`, null),
    line('nothing', '', null),
  ]
}

export const wordCases = (): WordCase[] => {
  const line = (name: string, text: string, word: string | null) => ({
    name,
    text,
    expect: hexOr(word === null ? null : utf8ToBytes(word)),
  })
  return [
    line('nothing to do', 'mariposaazul', 'mariposaazul'),
    line('case and a space', 'Mariposa AZUL', 'mariposaazul'),
    line('accents, composed', 'Árbol de Navidad', 'arboldenavidad'),
    line('accents, as characters of their own', 'A\u0301rbol de Navidad', 'arboldenavidad'),
    line('a tilde is an accent', 'El niño', 'elnino'),
    line('signs, white space and an emoji', ' ¡la-casa, 1985! \t🏠', 'lacasa1985'),
    line('what a keyboard adds: curly quotes, a zero-width space', '“abue\u200blita”', 'abuelita'),
    line('full-width letters and a ligature', 'ＣＡＳＡ ﬁna', 'casafina'),
    line('a dotted capital I has its dot removed', 'İZMİR', 'izmir'),
    line('a sigma is the same everywhere', 'ΟΔΟΣ ΟΔΟΣ', 'οδοσοδοσ'),
    line('a final sigma too', 'οδός οδός', 'οδοσοδοσ'),
    line('Chinese', '祖母的名字', '祖母的名字'),
    line('the order of words counts', 'azul mariposa', 'azulmariposa'),
    line('four characters', 'a b c d', 'abcd'),
    line('two characters of two code units each count as four', '𠀀𠀁', '𠀀𠀁'),
    line('three characters', 'abc', null),
    line('three characters and signs', 'a-b-c!', null),
    line('only signs', '!!!! ----', null),
    line('nothing', '', null),
  ]
}

const base58check = createBase58check(sha256)
const PAGES = { letter: 1, join: 2, press: 3, stop: 4 } as const

export const linkCases = (): LinkCase[] => {
  const random = seededRandom('links')
  const pages = Object.entries(PAGES) as [LinkCase['page'], number][]
  const good = pages.flatMap(([page, kind]): LinkCase[] => {
    const full = concatBytes(Uint8Array.of(1, kind), random(48))
    const bare = full.slice(0, 34)
    return [
      { name: `/${page}, with a secret`, page, fragment: base58check.encode(full), expect: bytesToHex(full) },
      { name: `/${page}, without`, page, fragment: base58check.encode(bare), expect: bytesToHex(bare) },
    ]
  })
  const payload = concatBytes(Uint8Array.of(1, 1), random(48))
  const text = base58check.encode(payload)
  const line = (name: string, fragment: string, expect: Uint8Array | null = null): LinkCase => ({
    name,
    page: 'letter',
    fragment,
    expect: hexOr(expect),
  })
  const changed = (at: number, byte: number) => {
    const copy = payload.slice()
    copy[at] = byte
    return base58check.encode(copy)
  }
  const other = text[20] === 'x' ? 'y' : 'x'
  return [
    ...good,
    line('white space around it', ` \n${text}\t `, payload),
    line('one character changed', text.slice(0, 20) + other + text.slice(21)),
    line('two characters swapped', text.slice(0, 5) + text[6] + text[5] + text.slice(7)),
    line('the last character lost', text.slice(0, -1)),
    line('the first character lost', text.slice(1)),
    line('one character more', `${text}1`),
    line('a leading 1', `1${text}`),
    line('white space inside', `${text.slice(0, 30)} ${text.slice(30)}`),
    line('a sign of no base58', `${text.slice(0, -1)}0`),
    line('a point that a messenger kept', `${text}.`),
    line('no checksum', base58.encode(payload)),
    line('SHA-256 once for the checksum', base58.encode(concatBytes(payload, sha256(payload).slice(0, 4)))),
    line('version 0', changed(0, 0)),
    line('version 2', changed(0, 2)),
    line('the kind of another page', changed(1, 4)),
    line('kind 0', changed(1, 0)),
    line('kind 5', changed(1, 5)),
    line('one byte short', base58check.encode(payload.slice(0, -1))),
    line('one byte long', base58check.encode(concatBytes(payload, Uint8Array.of(0)))),
    line('a secret of 15 bytes', base58check.encode(payload.slice(0, 49))),
    line('only a version and a kind', base58check.encode(payload.slice(0, 2))),
    line('nothing', ''),
  ]
}

export const textCases = (): TextCase[] => {
  const random = seededRandom('base64url')
  const bytes = random(16)
  const text = base64urlnopad.encode(bytes)
  const loose = Uint8Array.of(0xfb, 0xef, 0xff, ...random(13))
  const signs = base64urlnopad.encode(loose)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet[alphabet.indexOf(text.at(-1)!) + 1]!
  const line = (name: string, given: string, expect: Uint8Array | null = null, length = 16): TextCase => ({
    name,
    length,
    text: given,
    expect: hexOr(expect),
  })
  const key = random(32)
  const wrapped = random(73)
  return [
    line('16 bytes', text, bytes),
    line('32 bytes', base64urlnopad.encode(key), key, 32),
    line('73 bytes', base64urlnopad.encode(wrapped), wrapped, 73),
    line('- and _', signs, loose),
    line('+ and /', signs.replaceAll('-', '+').replaceAll('_', '/')),
    line('with padding', `${text}==`),
    line('unused bits set', text.slice(0, -1) + last),
    line('a byte less', base64urlnopad.encode(bytes.slice(1))),
    line('a byte more', base64urlnopad.encode(wrapped.slice(0, 17))),
    line('white space before', ` ${text}`),
    line('a line break inside', `${text.slice(0, 8)}\n${text.slice(8)}`),
    line('a line break for a character', `${text.slice(0, 8)}\n${text.slice(9)}`),
    line('padding for a character', `${text.slice(0, 21)}=`),
    line('a letter outside ASCII', `${text.slice(0, 21)}é`),
    line('nothing', ''),
  ]
}
