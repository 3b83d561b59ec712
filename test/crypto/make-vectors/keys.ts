import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { derive, type Label, NO_SALT } from '../../../src/crypto/kdf.ts'
import { stretchWord } from '../../../src/crypto/stretch.ts'
import type { HashCase, KeyCase, StretchCase } from '../cases.ts'
import { seededRandom } from '../seeded-random.ts'

/** name in §6, label, bytes of the input, salted with the vault id, with an id, bytes out */
const KEYS: [string, Label, number, boolean, boolean, number][] = [
  ['vault id', 'vault-id', 16, false, false, 16],
  ['owner token', 'owner-token', 16, false, false, 32],
  ['vault key', 'vault-key', 16, false, false, 32],
  ['press key', 'press', 32, true, false, 32],
  ['roster-wrap key', 'roster-wrap', 32, true, false, 32],
  ['lock-link key', 'lock-link', 16, true, true, 32],
  ['word salt', 'word-salt', 16, true, true, 16],
  ['hint key', 'hint', 16, true, true, 32],
  ['lock-word key', 'lock-word', 32, true, true, 32],
  ['gate token', 'gate', 32, true, true, 32],
  ['lock-paired key', 'lock-paired', 16, true, true, 32],
  ['receipt token', 'receipt', 32, true, true, 32],
  ['join token', 'join', 16, true, true, 32],
  ['invitation key', 'invitation', 16, true, true, 32],
  ['answer key', 'answer', 16, true, true, 32],
  ['P', 'presser', 16, true, true, 32],
  ['presser token', 'presser-token', 32, true, false, 32],
  ['situation cover key', 'situation', 32, true, false, 32],
  ["presser's situation key", 'presser-situation', 32, true, true, 32],
  ['guard’s device token', 'guard-device', 16, true, true, 32],
  ['PIN token', 'guard-pin', 32, true, true, 32],
  ['guarded-root key', 'guard-root', 64, true, true, 32],
  ['phone key', 'phone', 16, false, false, 32],
  ['card’s lookup id', 'card-lookup', 32, false, false, 16],
  ['card’s entry key', 'card-entry', 32, false, false, 32],
  ['plan-share key', 'plan-share', 32, true, true, 32],
  ['hand-over token', 'hand-over-token', 16, true, true, 32],
  ['hand-over key', 'hand-over', 32, true, true, 32],
  ['hand-over check', 'hand-over-check', 32, true, true, 4],
  ['moving key', 'moving', 64, false, false, 32],
]

export const keyCases = (): KeyCase[] => {
  const random = seededRandom('keys')
  return KEYS.flatMap(([key, label, ikmBytes, salted, named, length]) =>
    [1, 2].map((n) => {
      const ikm = random(ikmBytes)
      const vault = salted ? random(16) : null
      const id = named ? random(16) : null
      return {
        name: `${key}, ${n}`,
        key,
        ikm: bytesToHex(ikm),
        vault: vault && bytesToHex(vault),
        id: id && bytesToHex(id),
        expect: bytesToHex(derive(ikm, vault ?? NO_SALT, label, id, length)),
      }
    }),
  )
}

export const hashCases = (): HashCase[] => {
  const random = seededRandom('hashes')
  return ['owner token', 'press key', 'gate token', 'receipt token', 'join token', 'presser token'].map(
    (name) => {
      const token = random(32)
      return { name, token: bytesToHex(token), expect: bytesToHex(sha256(token)) }
    },
  )
}

export const stretchCases = (): StretchCase[] => {
  const random = seededRandom('stretched')
  return ['mariposaazul', '祖母的名字'].map((word) => {
    const [secret, vault, letter] = [random(16), random(16), random(16)]
    return {
      name: `a word of ${word.length} characters`,
      word,
      secret: bytesToHex(secret),
      vault: bytesToHex(vault),
      letter: bytesToHex(letter),
      expect: bytesToHex(stretchWord(word, secret, vault, letter)),
    }
  })
}
