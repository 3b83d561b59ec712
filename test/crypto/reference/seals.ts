import sodium from 'libsodium-wrappers'

/** `protocol.md §4` by libsodium. Nothing of `src` is used here. */

const PADDED = [1, 2, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]

export const unpad = (padded: Uint8Array): Uint8Array | null => {
  const bytes = Buffer.from(padded)
  if (bytes.length < 512 || bytes.length > 524_288) return null
  const length = bytes.readUInt32BE(0)
  let total = 512
  while (total < length + 4) total *= 2
  if (bytes.length !== total) return null
  const rest = bytes.subarray(4 + length)
  return rest.equals(Buffer.alloc(rest.length)) ? new Uint8Array(bytes.subarray(4, 4 + length)) : null
}

export const openSeal = (line: {
  kind: number
  key: Uint8Array
  vault: Uint8Array
  id: Uint8Array
  version: number
  sealed: Uint8Array
}): Uint8Array | null => {
  if (line.sealed.length < 41 || line.sealed[0] !== 1) return null
  const associated = Buffer.alloc(44)
  associated.write('amparo', 'ascii')
  associated.writeUInt8(1, 6)
  associated.writeUInt8(line.kind, 7)
  associated.set(line.vault, 8)
  associated.set(line.id, 24)
  associated.writeUInt32BE(line.version, 40)
  let plain: Uint8Array
  try {
    plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      line.sealed.slice(25),
      associated,
      line.sealed.slice(1, 25),
      line.key,
    )
  } catch {
    return null
  }
  if (PADDED.includes(line.kind)) return unpad(plain)
  return plain.length === 32 ? plain : null
}
