import { CODE_DIGITS } from '../../protocol/limits.ts'

/** A code for a mail (`protocol.md §7.5.2`). Pure but for the default of its argument. */
const CODES = 10 ** CODE_DIGITS
/** Above the last whole multiple of the number of codes, the lower ones would come more often. */
const FAIR_BELOW = 2 ** 32 - (2 ** 32 % CODES)

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** @param random 32 bits, unsigned */
export const newCode = (random: () => number = randomNumber): string => {
  let number = random()
  while (number >= FAIR_BELOW) number = random()
  return String(number % CODES).padStart(CODE_DIGITS, '0')
}
