import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** A seal over any message whatever (`protocol.md §4`), so that vectors can hold what no honest client would make. */
export const rawSeal = (
  key: Uint8Array,
  kind: number,
  vault: Uint8Array,
  id: Uint8Array,
  version: number,
  message: Uint8Array,
  nonce: Uint8Array,
  suite = 1,
): Uint8Array => {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, version)
  const associated = concatBytes(utf8ToBytes('amparo'), Uint8Array.of(suite, kind), vault, id, number)
  return concatBytes(Uint8Array.of(suite), nonce, xchacha20poly1305(key, nonce, associated).encrypt(message))
}

/** Length, data and zeros up to `total` bytes, whether that total is right or not. */
export const rawPad = (data: Uint8Array, total: number, length = data.length): Uint8Array => {
  const padded = new Uint8Array(total)
  new DataView(padded.buffer).setUint32(0, length)
  padded.set(data, 4)
  return padded
}
