import { PAD_MAX_BYTES } from '../protocol/limits.ts'
import { LENGTH_BYTES, paddedLength } from './unpad.ts'

/**
 * `length (4, big-endian) ‖ data ‖ zeros` up to a power of two from 512 to 524,288 bytes (`protocol.md §4.3`).
 * @throws RangeError if `data` is longer than 524,284 bytes
 */
export const pad = (data: Uint8Array): Uint8Array => {
  if (data.length > PAD_MAX_BYTES - LENGTH_BYTES) throw new RangeError('too long to be padded')
  const padded = new Uint8Array(paddedLength(data.length))
  new DataView(padded.buffer).setUint32(0, data.length)
  padded.set(data, LENGTH_BYTES)
  return padded
}
