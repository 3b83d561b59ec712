/**
 * Whether one PIN is a slip of the thumb away from another: under a second PIN that is, somebody who mistypes her own would erase her app. Both
 * are typed in the same form, so nothing has to be kept to tell. Pure.
 */
const without = (pin: string, at: number): string => pin.slice(0, at) + pin.slice(at + 1)

/** Where the two part: the same length from there on, or one digit more. */
const partsAt = (a: string, b: string): number => {
  const at = [...a].findIndex((digit, index) => digit !== b[index])
  return at < 0 ? a.length : at
}

/** One digit is another one, is missing, or was typed too much. */
const isOneOff = (a: string, b: string): boolean => {
  const at = partsAt(a, b)
  if (a.length === b.length) return without(a, at) === without(b, at)
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short === without(long, partsAt(short, long))
}

const isSwapped = (a: string, b: string): boolean => {
  const at = partsAt(a, b)
  return a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2) === b
}

const isReversed = (a: string, b: string): boolean => [...a].reverse().join('') === b

/** Sent off too early: what has been typed by then. */
const isBeginning = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)

export const isNear = (a: string, b: string): boolean =>
  isOneOff(a, b) || isSwapped(a, b) || isReversed(a, b) || isBeginning(a, b)
