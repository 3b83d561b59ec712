import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { base32crockford } from '@scure/base'
import { fromText } from '../../protocol/bytes.ts'

/** Workshop codes (`protocol.md §7.6`): made by the host's tool, checked by the Worker. No I/O, no clock. */
const DAY_MS = 86_400_000
const KEY_BYTES = 32
const MAC_BYTES = 6
const UINT16_MAX = 0xffff

/** `day`: the last one on which it lets in, in days since 1970 (UTC). `families`: how many vaults. */
export type Workshop = { day: number; families: number }

/** @returns 32 bytes, or null for what is no key */
export const workshopKeyOf = (text: string): Uint8Array | null => {
  try {
    const key = fromText(text)
    return key.length === KEY_BYTES ? key : null
  } catch {
    return null
  }
}

const macOf = (key: Uint8Array, head: Uint8Array): Uint8Array =>
  hmac(sha256, key, concatBytes(new TextEncoder().encode('amparo/1 workshop'), head)).subarray(0, MAC_BYTES)

/**
 * @returns 16 characters of Crockford's Base32
 * @throws RangeError for numbers that do not fit
 */
export const workshopCodeOf = (key: Uint8Array, { day, families }: Workshop): string => {
  for (const number of [day, families]) {
    if (!Number.isInteger(number) || number < 0 || number > UINT16_MAX) throw new RangeError('16 bits')
  }
  if (families === 0) throw new RangeError('a code for nobody')
  const head = Uint8Array.of(day >> 8, day & 0xff, families >> 8, families & 0xff)
  return base32crockford.encode(concatBytes(head, macOf(key, head)))
}

/** @returns what the code says, or null if this host did not make it; whether it is too old is not looked at */
export const readWorkshopCode = (key: Uint8Array, code: string): Workshop | null => {
  const bytes = base32crockford.decode(code)
  const head = bytes.subarray(0, 4)
  const [mac, own] = [bytes.subarray(4), macOf(key, head)]
  // In a time that does not depend on where they differ.
  let difference = mac.length ^ own.length
  for (const [at, byte] of own.entries()) difference |= byte ^ (mac[at] ?? 0)
  if (difference !== 0) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return { day: view.getUint16(0), families: view.getUint16(2) }
}

/** The instant at which the code's last day ends. */
export const endOf = ({ day }: Workshop): number => (day + 1) * DAY_MS

export const dayOf = (now: number): number => Math.floor(now / DAY_MS)
