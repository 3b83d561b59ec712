import { PAD_MAX_BYTES, PAD_MIN_BYTES } from '../protocol/limits.ts'

const LENGTH_BYTES = 4

const paddedLength = (dataLength: number): number => {
  let total = PAD_MIN_BYTES
  while (total < LENGTH_BYTES + dataLength) total *= 2
  return total
}

/**
 * `length (4, big-endian) ‖ data ‖ zeros` up to a power of two from 512 to 262,144 bytes (`protocol.md §4.3`).
 * @throws RangeError if `data` is longer than 262,140 bytes
 */
export const pad = (data: Uint8Array): Uint8Array => {
  if (data.length > PAD_MAX_BYTES - LENGTH_BYTES) throw new RangeError('too long to be padded')
  const padded = new Uint8Array(paddedLength(data.length))
  new DataView(padded.buffer).setUint32(0, data.length)
  padded.set(data, LENGTH_BYTES)
  return padded
}

/** @returns the data, or null if length, total or a padding byte is not what {@link pad} writes */
export const unpad = (padded: Uint8Array): Uint8Array | null => {
  if (padded.length < PAD_MIN_BYTES || padded.length > PAD_MAX_BYTES) return null
  const length = new DataView(padded.buffer, padded.byteOffset, padded.byteLength).getUint32(0)
  // Also what makes the length fit.
  if (paddedLength(length) !== padded.length) return null
  const end = LENGTH_BYTES + length
  if (padded.subarray(end).some((byte) => byte !== 0)) return null
  return padded.slice(LENGTH_BYTES, end)
}
