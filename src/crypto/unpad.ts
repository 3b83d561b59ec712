import { PAD_MAX_BYTES, PAD_MIN_BYTES } from '../protocol/limits.ts'

export const LENGTH_BYTES = 4

export const paddedLength = (dataLength: number): number => {
  let total = PAD_MIN_BYTES
  while (total < LENGTH_BYTES + dataLength) total *= 2
  return total
}

/** @returns the data, or null if length, total or a padding byte is not what `pad` writes */
export const unpad = (padded: Uint8Array): Uint8Array | null => {
  if (padded.length < PAD_MIN_BYTES || padded.length > PAD_MAX_BYTES) return null
  const length = new DataView(padded.buffer, padded.byteOffset, padded.byteLength).getUint32(0)
  // Also what makes the length fit.
  if (paddedLength(length) !== padded.length) return null
  const end = LENGTH_BYTES + length
  if (padded.subarray(end).some((byte) => byte !== 0)) return null
  return padded.slice(LENGTH_BYTES, end)
}
