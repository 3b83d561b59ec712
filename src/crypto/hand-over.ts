import { concatBytes } from '@noble/hashes/utils.js'
import { HandedOver } from '../protocol/hand-over.ts'
import { CHECK_DIGITS, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { openJson } from './json.ts'
import { derive } from './kdf.ts'
import type { Random } from './random.ts'
import type { SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/**
 * The hand-over to a second phone of the owner (`protocol.md §6`, kind 18, §7.15). `secret`, 16 bytes, stands in the QR code and on no
 * server; `nonce`, 16 bytes, is the new phone's and in no picture of the code.
 */
export type HandOver = { secret: Uint8Array; vault: Uint8Array; id: Uint8Array }

/** By which the server knows who has seen the code. 32 bytes */
export const handOverTokenOf = ({ secret, vault, id }: HandOver): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'hand-over secret')
  return derive(secret, vault, 'hand-over-token', id)
}

const both = ({ secret }: HandOver, nonce: Uint8Array): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'hand-over secret')
  expectBytes(nonce, SECRET_BYTES, 'nonce')
  return concatBytes(secret, nonce)
}

/** What both phones show, so that their owner sees that it is they who talk. @returns digits */
export const handOverCheckOf = (hand: HandOver, nonce: Uint8Array): string => {
  const bytes = derive(both(hand, nonce), hand.vault, 'hand-over-check', hand.id, 4)
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return String(number % 10 ** CHECK_DIGITS).padStart(CHECK_DIGITS, '0')
}

const keyOf = (hand: HandOver, nonce: Uint8Array): Uint8Array =>
  derive(both(hand, nonce), hand.vault, 'hand-over', hand.id)
const contextOf = ({ vault, id }: HandOver): SealContext => ({ kind: 'hand-over', vault, id, version: 1 })

export const sealHandOver = (
  hand: HandOver,
  nonce: Uint8Array,
  content: HandedOver,
  random: Random,
): Uint8Array => sealJson(HandedOver, keyOf(hand, nonce), contextOf(hand), content, random)

export const openHandOver = (hand: HandOver, nonce: Uint8Array, sealed: Uint8Array): HandedOver | null =>
  openJson(HandedOver, keyOf(hand, nonce), contextOf(hand), sealed)
