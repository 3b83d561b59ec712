import { argon2Sync, createHash, hkdfSync } from 'node:crypto'

/** `protocol.md §6` and §9 by Node's own cryptography (OpenSSL). Nothing of `src` is used here. */

/** label, with an id, bytes */
const KEYS: Record<string, [label: string, named: boolean, length: number]> = {
  'vault id': ['vault-id', false, 16],
  'owner token': ['owner-token', false, 32],
  'vault key': ['vault-key', false, 32],
  P: ['presser', true, 32],
  'presser token': ['presser-token', false, 32],
  'situation cover key': ['situation', false, 32],
  "presser's situation key": ['presser-situation', true, 32],
  'press key': ['press', false, 32],
  'roster-wrap key': ['roster-wrap', false, 32],
  'lock-link key': ['lock-link', true, 32],
  'word salt': ['word-salt', true, 16],
  'hint key': ['hint', true, 32],
  'lock-word key': ['lock-word', true, 32],
  'gate token': ['gate', true, 32],
  'lock-paired key': ['lock-paired', true, 32],
  'receipt token': ['receipt', true, 32],
  'join token': ['join', true, 32],
  'invitation key': ['invitation', true, 32],
  'answer key': ['answer', true, 32],
  'guard’s device token': ['guard-device', true, 32],
  'PIN token': ['guard-pin', true, 32],
  'guarded-root key': ['guard-root', true, 32],
  'phone key': ['phone', false, 32],
  'card’s code': ['card-code', true, 10],
  'card’s lookup id': ['card-lookup', false, 16],
  'card’s entry key': ['card-entry', false, 32],
  'plan-share key': ['plan-share', true, 32],
  'hand-over token': ['hand-over-token', true, 32],
  'hand-over key': ['hand-over', true, 32],
  'hand-over check': ['hand-over-check', true, 4],
  'moving key': ['moving', false, 32],
}

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

export const keyOf = (
  name: string,
  ikm: Uint8Array,
  vault: Uint8Array | null,
  id: Uint8Array | null,
): Uint8Array => {
  const [label, named, length] = KEYS[name]!
  const info = Buffer.concat([Buffer.from(`amparo/1 ${label}`, 'ascii'), named ? id! : new Uint8Array(0)])
  return new Uint8Array(hkdfSync('sha256', ikm, vault ?? new Uint8Array(0), info, length))
}

const argon2id = (text: string, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(
    argon2Sync('argon2id', {
      ...{ message: Buffer.from(text, 'utf8'), nonce },
      ...{ memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 },
    }),
  )

export const stretch = (
  word: string,
  secret: Uint8Array,
  vault: Uint8Array,
  letter: Uint8Array,
): Uint8Array => argon2id(word, keyOf('word salt', secret, vault, letter))

export const stretchCode = (code: string): Uint8Array => argon2id(code, Buffer.from('amparo/1 card', 'ascii'))

export const normalise = (text: string): string | null => {
  let word = ''
  for (const character of text.normalize('NFKD').toLowerCase())
    if (/^[\p{L}\p{N}]$/u.test(character)) word += character === 'ς' ? 'σ' : character
  return word.length >= 4 ? word : null
}
