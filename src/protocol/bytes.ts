/** Bytes travel as base64url without padding (RFC 4648 §5), in the one canonical spelling (`protocol.md §2`). */
/** Of every runtime that this runs in; named here because this room knows none of them. */
declare const atob: (text: string) => string
declare const btoa: (binary: string) => string

const ALPHABET = /^[A-Za-z0-9_-]*$/

export const toText = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @throws Error if the text is not canonical base64url without padding */
export const fromText = (text: string): Uint8Array => {
  if (!ALPHABET.test(text)) throw new Error('not base64url')
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  )
  // `atob` takes padding bits that are not zero, and a text cut in the middle of a byte.
  if (toText(bytes) !== text) throw new Error('not canonical base64url')
  return bytes
}
