import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ID_BYTES, KEY_BYTES, SEAL_OVERHEAD_BYTES, VERSION_MAX } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { unpad } from './unpad.ts'

export const SUITE = 1
export const NONCE_BYTES = 24
const CIPHERTEXT_AT = 1 + NONCE_BYTES
/** ASCII `amparo` */
const NAME = [0x61, 0x6d, 0x70, 0x61, 0x72, 0x6f]
const KIND_AT = NAME.length + 1
const VAULT_AT = KIND_AT + 1
const ID_AT = VAULT_AT + ID_BYTES
const VERSION_AT = ID_AT + ID_BYTES
const ASSOCIATED_BYTES = VERSION_AT + 4

/** What is sealed (`protocol.md §4.2`). A number is never reused. */
export const KINDS = {
  document: 1,
  roster: 2,
  'roster-key': 3,
  letter: 4,
  'practice-letter': 5,
  'link-lock': 6,
  'word-lock': 7,
  'paired-lock': 8,
  hint: 9,
  situation: 10,
  note: 11,
  invitation: 12,
  answer: 13,
  'card-entry': 14,
  'guarded-root': 15,
  plan: 16,
  steps: 17,
  'hand-over': 18,
  'phone-record': 19,
  cover: 20,
} as const
export type SealKind = keyof typeof KINDS
/** All but wrapped keys. */
export const isPadded = (kind: SealKind): boolean => ![3, 6, 7, 8].includes(KINDS[kind])

/**
 * The id of what a vault has one of, its document and its roster, and of a note, whose readers know of no id; the vault id of a card's
 * entry, which is found without one. 16 zero bytes.
 */
export const NO_ID = new Uint8Array(ID_BYTES)

/** What a seal is bound to: `vault` and `id` 16 bytes each, `version` from 1 to 2,147,483,647. */
export type SealContext = { kind: SealKind; vault: Uint8Array; id: Uint8Array; version: number }

export const associatedData = ({ kind, vault, id, version }: SealContext): Uint8Array => {
  expectBytes(vault, ID_BYTES, 'vault id')
  expectBytes(id, ID_BYTES, 'id')
  if (!Number.isInteger(version) || version < 1 || version > VERSION_MAX) throw new RangeError('version')
  const data = new Uint8Array(ASSOCIATED_BYTES)
  data.set(NAME)
  data.set([SUITE, KINDS[kind]], NAME.length)
  data.set(vault, VAULT_AT)
  data.set(id, ID_AT)
  new DataView(data.buffer).setUint32(VERSION_AT, version)
  return data
}

/**
 * Sealing is in `sealing.ts`: a page that only opens does not carry it.
 *
 * @returns the plain text, or null if the seal is refused: another version byte, too short, another key or context,
 *   damage, bad padding. These are never told apart.
 * @throws TypeError or RangeError on misuse: a wrong length of key or ids, a version out of range
 */
export const open = (key: Uint8Array, context: SealContext, sealed: Uint8Array): Uint8Array | null => {
  expectBytes(key, KEY_BYTES, 'key')
  const associated = associatedData(context)
  if (sealed.length < SEAL_OVERHEAD_BYTES || sealed[0] !== SUITE) return null
  const cipher = xchacha20poly1305(key, sealed.subarray(1, CIPHERTEXT_AT), associated)
  let message: Uint8Array
  try {
    message = cipher.decrypt(sealed.subarray(CIPHERTEXT_AT))
  } catch {
    return null
  }
  if (isPadded(context.kind)) return unpad(message)
  return message.length === KEY_BYTES ? message : null
}
