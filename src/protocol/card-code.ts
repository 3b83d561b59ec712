/**
 * The short code of a card (`protocol.md §13`): 15 characters of Crockford's Base32, which are 75 bits, and one that checks them, in
 * four groups of four. Pure: no I/O.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 4
export const CARD_CODE_CHARS = 15
/** The bits of a code stand in so many bytes; the last five bits are not used. */
export const CARD_CODE_BYTES = 10

/** Times x in the field of 32 elements, modulo x⁵ + x² + 1. */
const timesX = (value: number): number => (value & 0x10 ? ((value << 1) ^ 0x25) & 0x1f : value << 1)

/**
 * The sum over `cᵢ·xⁱ`. With its check character a code sums to zero: no other code does that differs in one character, or in two
 * that have changed places.
 */
const sumOf = (code: string): number =>
  [...code].reduce((sum, char) => timesX(sum) ^ ALPHABET.indexOf(char), 0)

/** @returns 15 characters, of the first 75 bits */
export const cardCodeFrom = (bytes: Uint8Array): string => {
  if (bytes.length !== CARD_CODE_BYTES) throw new RangeError(`${CARD_CODE_BYTES} bytes expected`)
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: CARD_CODE_CHARS }, (_, at) =>
    ALPHABET.charAt(Number.parseInt(bits.slice(5 * at, 5 * at + 5), 2)),
  ).join('')
}

/**
 * As it is printed: `XXXX-XXXX-XXXX-XXXX`.
 * @param code 15 characters
 */
export const showCardCode = (code: string): string => {
  const whole = code + ALPHABET.charAt(timesX(sumOf(code)))
  return Array.from({ length: whole.length / GROUP }, (_, at) =>
    whole.slice(at * GROUP, (at + 1) * GROUP),
  ).join('-')
}

/**
 * Reads what somebody typed. Case, spaces, hyphens and other signs do not matter; O is 0, I and L are 1.
 * @returns the 15 characters, or null if it is no code: too short, too long, a U, or a wrong check character
 */
export const readCardCode = (typed: string): string | null => {
  const whole = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (whole.length !== CARD_CODE_CHARS + 1) return null
  if ([...whole].some((char) => !ALPHABET.includes(char)) || sumOf(whole) !== 0) return null
  return whole.slice(0, CARD_CODE_CHARS)
}
