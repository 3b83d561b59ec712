import { keyOf } from './keys.ts'

/** `protocol.md §13`, written out in another way: by tables of logarithms. Nothing of `src` is used here. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Powers of x modulo x⁵ + x² + 1. */
const POWERS: number[] = [1]
while (POWERS.length < 31) {
  const next = POWERS.at(-1)! * 2
  POWERS.push(next > 31 ? next ^ 0b100101 : next)
}
const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : POWERS[(POWERS.indexOf(a) + POWERS.indexOf(b)) % 31]!

/** Of 16 characters, the last of which counts once. */
const sum = (values: number[]): number =>
  values.reduce((total, value, at) => total ^ times(value, POWERS[values.length - 1 - at]!), 0)

export const codeOf = (secret: Uint8Array, vault: Uint8Array, presser: Uint8Array): string => {
  const bits = BigInt(`0x${Buffer.from(keyOf('card’s code', secret, vault, presser)).toString('hex')}`) >> 5n
  const values = Array.from({ length: 15 }, (_, at) => Number((bits >> BigInt(5 * (14 - at))) & 31n))
  return [...values, sum([...values, 0])]
    .map((value) => ALPHABET[value]!)
    .join('')
    .replace(/(....)(....)(....)/, '$1-$2-$3-')
}

const READ_AS: Record<string, string> = { O: '0', I: '1', L: '1' }

export const readCode = (typed: string): string | null => {
  const kept = [...typed.normalize('NFKC').toUpperCase()].filter((char) => /^[\p{L}\p{N}]$/u.test(char))
  const values = kept.map((char) => ALPHABET.indexOf(READ_AS[char] ?? char))
  if (values.length !== 16 || values.includes(-1) || sum(values) !== 0) return null
  return values
    .slice(0, 15)
    .map((value) => ALPHABET[value]!)
    .join('')
}
