import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { cardCodeOf, cardLookupOf } from '../../../src/crypto/card.ts'
import { derive, NO_SALT } from '../../../src/crypto/kdf.ts'
import { stretchCode } from '../../../src/crypto/stretch.ts'
import { showCardCode } from '../../../src/protocol/card-code.ts'
import type { CardCase, CardCodeCase } from '../cases.ts'
import { seededRandom } from '../seeded-random.ts'
import { rawPad, rawSeal } from './raw-seal.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const cardCodeCases = (): CardCodeCase[] => {
  const code = '01AM9QXJ7CRVWZ0'
  const shown = showCardCode(code)
  const whole = shown.replaceAll('-', '')
  const line = (name: string, typed: string, expect: string | null = null): CardCodeCase => ({
    name,
    typed,
    expect: expect === null ? 'refused' : bytesToHex(utf8ToBytes(expect)),
  })
  const other = (char: string): string => ALPHABET[(ALPHABET.indexOf(char) + 7) % 32]!
  return [
    line('as it is printed', shown, code),
    line('without hyphens', whole, code),
    line('in small letters, with spaces', shown.toLowerCase().replaceAll('-', ' '), code),
    line('other signs and lines between', ` ${shown.replaceAll('-', ' –\n')}.`, code),
    line('O for 0, I and l for 1', `OIA${whole.slice(3)}`.replace('Z0', 'Zo'), code),
    line('l for 1', `0l${whole.slice(2)}`, code),
    line('full-width letters and digits', `０１ＡＭ${whole.slice(4)}`, code),
    line('all zeros', '0000-0000-0000-0000', '0'.repeat(15)),
    ...[0, 7, 14, 15].map((at) =>
      line(`character ${at + 1} is another`, whole.slice(0, at) + other(whole[at]!) + whole.slice(at + 1)),
    ),
    line('two neighbours have changed places', `AM01${whole.slice(4)}`),
    line('two others have changed places', whole[5] + whole.slice(1, 5) + whole[0] + whole.slice(6)),
    line('a U', `U${whole.slice(1)}`),
    line('one character short', whole.slice(0, -1)),
    line('one character more', `${whole}0`),
    line('a letter with a mark', `Á${whole.slice(1)}`),
    line('a digit of another script', `٠${whole.slice(1)}`),
    line('nothing', ''),
  ]
}

export const cardCases = (): CardCase[] => {
  const random = seededRandom('cards')
  const [secret, vault, presser] = [random(16), random(16), random(16)]
  const code = cardCodeOf(secret, vault, presser)
  const stretched = stretchCode(code)
  const lookup = cardLookupOf(stretched)
  const key = derive(stretched, NO_SALT, 'card-entry')
  const zeros = new Uint8Array(16)
  const sealed = (
    data: Uint8Array,
    kind = 14,
    of: Uint8Array = zeros,
    id = lookup,
    version = 1,
  ): Uint8Array => rawSeal(key, kind, of, id, version, rawPad(data, 512), random(24))
  const entry = concatBytes(vault, presser, secret)
  const line = (name: string, bytes: Uint8Array, expect: Uint8Array | null = null): CardCase => ({
    name,
    secret: bytesToHex(secret),
    vault: bytesToHex(vault),
    presser: bytesToHex(presser),
    code: showCardCode(code),
    lookup: bytesToHex(lookup),
    sealed: bytesToHex(bytes),
    expect: expect === null ? 'refused' : bytesToHex(expect),
  })
  return [
    line('a card', sealed(entry), entry),
    line('47 bytes', sealed(entry.slice(1))),
    line('49 bytes', sealed(concatBytes(entry, Uint8Array.of(0)))),
    line('sealed for its vault', sealed(entry, 14, vault)),
    line('sealed under another lookup id', sealed(entry, 14, zeros, random(16))),
    line('sealed as a note', sealed(entry, 11)),
    line('version 2', sealed(entry, 14, zeros, lookup, 2)),
    line(
      'sealed under another key',
      rawSeal(random(32), 14, zeros, lookup, 1, rawPad(entry, 512), random(24)),
    ),
  ]
}
