import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { sealDocument } from '../../../src/crypto/document.ts'
import { derive } from '../../../src/crypto/kdf.ts'
import { receiptTokenOf, sealLetter, sealPracticeLetter } from '../../../src/crypto/letter.ts'
import { makeLinkLock } from '../../../src/crypto/locks/link.ts'
import { makePairedLock } from '../../../src/crypto/locks/paired.ts'
import { makeWordLock } from '../../../src/crypto/locks/word.ts'
import { pressKeyOf, tokenHash } from '../../../src/crypto/presser.ts'
import { toWords } from '../../../src/crypto/recovery-words.ts'
import { vaultIdOf } from '../../../src/crypto/root.ts'
import { sealRoster } from '../../../src/crypto/roster/roster.ts'
import { wrapRosterKey } from '../../../src/crypto/roster/roster-key.ts'
import { stretchWord } from '../../../src/crypto/stretch.ts'
import { normaliseWord } from '../../../src/crypto/word.ts'
import { toText } from '../../../src/protocol/bytes.ts'
import { encodeLink } from '../../../src/protocol/link.ts'
import type { LetterOpening, OpeningCase } from '../cases.ts'
import { sampleFamily } from '../sample.ts'
import { seededRandom } from '../seeded-random.ts'
import { guardOpenings } from './guard.ts'
import { rawPad, rawSeal } from './raw-seal.ts'
import { situationOpenings } from './situations.ts'

const { document, roster, letter, practice, hint } = sampleFamily()
const jsonHex = (value: unknown): string => bytesToHex(utf8ToBytes(JSON.stringify(value)))

const hintCases = (): OpeningCase[] => {
  const random = seededRandom('hints')
  const [vault, id, secret, version] = [random(16), random(16), random(16), 12]
  const key = derive(secret, vault, 'hint', id)
  const line = (
    name: string,
    plain: Uint8Array,
    good: boolean,
    fragmentSecret: Uint8Array | null = secret,
  ) => ({
    name,
    by: 'hint' as const,
    fragment: encodeLink({ kind: 'letter', vault, id, secret: fragmentSecret }),
    version,
    sealed: bytesToHex(rawSeal(key, 9, vault, id, version, rawPad(plain, 512), random(24))),
    expect: good ? bytesToHex(plain) : 'refused',
  })
  return [
    line('a hint', utf8ToBytes(hint), true),
    line('a hint of 120 characters of three bytes', utf8ToBytes('信'.repeat(120)), true),
    line('a hint of 121 characters', utf8ToBytes('x'.repeat(121)), false),
    line('a hint of two lines', utf8ToBytes('a\nb'), false),
    line('a hint that is no UTF-8', Uint8Array.of(0xc3), false),
    line('an empty hint', new Uint8Array(0), false),
    line('a hint by another link secret', utf8ToBytes(hint), false, random(16)),
    line('a hint by a link without a secret', utf8ToBytes(hint), false, null),
  ]
}

export const openingCases = (): OpeningCase[] => {
  const random = seededRandom('openings')
  const root = random(16)
  const vault = vaultIdOf(root)
  const version = 12

  const byWords = {
    by: 'recovery-words',
    words: toWords(root, 'es'),
    version,
    sealed: bytesToHex(sealDocument(root, version, document, random)),
  } as const

  const [secret, presser, rosterKey] = [random(32), random(16), random(32)]
  const pressKey = pressKeyOf(secret, vault)
  const byPress = {
    by: 'press',
    secret: bytesToHex(secret),
    vault: bytesToHex(vault),
    presser: bytesToHex(presser),
    hash: bytesToHex(tokenHash(pressKey)),
    version,
    wrapped: toText(wrapRosterKey(pressKey, vault, presser, version, rosterKey, random)),
    sealed: bytesToHex(sealRoster(rosterKey, vault, version, roster, random)),
  } as const

  const [id, linkSecret, letterKey, contactSecret] = [random(16), random(16), random(32), random(16)]
  const fragment = encodeLink({ kind: 'letter', vault, id, secret: linkSecret })
  const common = {
    fragment,
    secret: null,
    word: null,
    gate: null,
    version,
    practice: false,
    sealed: bytesToHex(sealLetter(letterKey, vault, id, version, letter, random)),
    receipt: bytesToHex(tokenHash(receiptTokenOf(letterKey, vault, id))),
  }
  const byLink: LetterOpening = {
    ...common,
    by: 'link',
    wrapped: makeLinkLock(letterKey, linkSecret, vault, id, version, random).wrapped,
  }
  const byPaired: LetterOpening = {
    ...common,
    by: 'paired',
    fragment: encodeLink({ kind: 'letter', vault, id, secret: null }),
    secret: bytesToHex(contactSecret),
    wrapped: makePairedLock(letterKey, contactSecret, vault, id, version, random).wrapped,
  }
  const stretched = stretchWord(normaliseWord('Mariposa Azul')!, linkSecret, vault, id)
  const wordLock = makeWordLock(letterKey, linkSecret, vault, id, version, stretched, null, random)
  const byWord: LetterOpening = {
    ...common,
    by: 'word',
    word: 'Mariposa Azul',
    gate: wordLock.gate,
    wrapped: wordLock.wrapped,
  }
  const byPractice: LetterOpening = {
    ...byLink,
    practice: true,
    sealed: bytesToHex(sealPracticeLetter(letterKey, vault, id, version, practice, random)),
  }
  const withOtherSecret = encodeLink({ kind: 'letter', vault, id, secret: random(16) })
  const withOtherId = encodeLink({ kind: 'letter', vault, id: random(16), secret: linkSecret })

  return [
    { name: 'the document by recovery words', ...byWords, expect: jsonHex(document) },
    {
      name: 'the document by the words of another',
      ...byWords,
      words: toWords(random(16), 'en'),
      expect: 'refused',
    },
    { name: 'the document of an older version', ...byWords, version: version - 1, expect: 'refused' },
    { name: 'the roster by a press', ...byPress, expect: jsonHex(roster) },
    { name: 'the roster by another presser', ...byPress, presser: bytesToHex(random(16)), expect: 'refused' },
    { name: 'the roster by another P', ...byPress, secret: bytesToHex(random(32)), expect: 'refused' },
    { name: 'the roster of a newer version', ...byPress, version: version + 1, expect: 'refused' },
    { name: 'a letter by its link', ...byLink, expect: jsonHex(letter) },
    {
      name: 'a letter by a link with another secret',
      ...byLink,
      fragment: withOtherSecret,
      expect: 'refused',
    },
    { name: 'a letter by the link of another letter', ...byLink, fragment: withOtherId, expect: 'refused' },
    {
      name: 'a letter by a link without a secret',
      ...byLink,
      fragment: byPaired.fragment,
      expect: 'refused',
    },
    { name: 'a practice letter by its link', ...byPractice, expect: jsonHex(practice) },
    {
      name: 'a letter in the place of a practice letter',
      ...byPractice,
      sealed: byLink.sealed,
      expect: 'refused',
    },
    { name: 'a letter by the invitation', ...byPaired, expect: jsonHex(letter) },
    {
      name: 'a letter by another invitation',
      ...byPaired,
      secret: bytesToHex(random(16)),
      expect: 'refused',
    },
    {
      name: 'the link lock in the place of the paired',
      ...byPaired,
      wrapped: byLink.wrapped,
      expect: 'refused',
    },
    { name: 'a letter by the family word', ...byWord, expect: jsonHex(letter) },
    { name: 'the word in another spelling', ...byWord, word: '  MARIPOSA, azúl!', expect: jsonHex(letter) },
    { name: 'another word', ...byWord, word: 'azul mariposa', expect: 'refused' },
    { name: 'a word that is too short', ...byWord, word: 'a-z-u', expect: 'refused' },
    { name: 'the word without the link secret', ...byWord, fragment: withOtherSecret, expect: 'refused' },
    ...hintCases(),
    ...guardOpenings(),
    ...situationOpenings(),
  ]
}
