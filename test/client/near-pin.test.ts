import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isNear } from '../../src/client/pin/near.ts'

const digit = fc.integer({ min: 0, max: 9 }).map(String)
const pins = fc.array(digit, { minLength: 6, maxLength: 11 }).map((digits) => digits.join(''))

describe('a second PIN', () => {
  test.each([
    ['493817', '493816', 'one digit is another'],
    ['493817', '593817', 'the first digit is another'],
    ['493817', '493871', 'the last two are swapped'],
    ['493817', '943817', 'the first two are swapped'],
    ['493817', '718394', 'it is the first, read backwards'],
    ['493817', '4938177', 'a digit was typed twice'],
    ['4938172', '493872', 'a digit is missing'],
    ['49381726', '493817', 'it was sent off too early'],
    ['493817', '493817', 'it is the same'],
  ])('of %s is not %s: %s', (first, second) => {
    expect(isNear(first, second)).toBe(true)
    expect(isNear(second, first)).toBe(true)
  })

  test.each([
    ['493817', '270465'],
    ['493817', '493265'],
    ['493817', '893417'],
    ['493817', '938174'],
    ['493817', '90210734'],
  ])('of %s may be %s', (first, second) => {
    // 938174 is one digit less and one more: two slips.
    expect(isNear(first, second)).toBe(false)
  })

  test('is never one slip away from the first, whichever it is', () => {
    fc.assert(
      fc.property(pins, fc.nat(10), digit, (pin, place, other) => {
        const at = place % pin.length
        const [head, tail] = [pin.slice(0, at), pin.slice(at + 1)]
        expect(isNear(pin, head + other + tail)).toBe(true)
        expect(isNear(pin, head + tail)).toBe(true)
        expect(isNear(pin, head + other + pin.slice(at))).toBe(true)
        const swapped = head + (pin[at + 1] ?? '') + (pin[at] ?? '') + pin.slice(at + 2)
        expect(isNear(pin, swapped)).toBe(true)
      }),
    )
  })
})
