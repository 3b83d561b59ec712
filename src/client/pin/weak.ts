import { PIN_MAX_DIGITS, PIN_MIN_DIGITS } from '../../protocol/limits.ts'

/** Which PINs anybody would try first. Pure. */
export type PinProblem = 'short' | 'weak' | 'other' | 'same' | 'near' | 'seen'

const isRun = (pin: string): boolean => {
  const steps = [...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10)
  return steps.every((step) => step === steps[0])
}

/** 121212, 123123: a few digits, said again. */
const isRepeated = (pin: string): boolean =>
  [1, 2, 3, 4, 5, 6].some(
    (length) => length < pin.length && pin === pin.slice(0, length).repeat(20).slice(0, pin.length),
  )

/** Dates of birth are the first thing that an officer reads on a card: 19850319, 03191985, 198503. */
const isDate = (pin: string): boolean =>
  /^(?:19|20)\d\d(?:[0-3]\d){1,2}$/.test(pin) || /^(?:[0-3]\d){1,2}(?:19|20)\d\d$/.test(pin)

const isFew = (pin: string): boolean => new Set(pin).size < 3

export const isWeak = (pin: string): boolean => isRun(pin) || isRepeated(pin) || isDate(pin) || isFew(pin)

export const isPin = (pin: string): boolean =>
  pin.length >= PIN_MIN_DIGITS && pin.length <= PIN_MAX_DIGITS && /^[0-9]+$/.test(pin)

/** @param again as it was typed the second time */
export const pinProblem = (pin: string, again: string): PinProblem | null => {
  if (!isPin(pin)) return 'short'
  if (isWeak(pin)) return 'weak'
  return pin === again ? null : 'other'
}
