import { describe, expect, test } from 'vitest'
import { isWeak, pinProblem } from '../../src/client/pin/weak.ts'

describe('a PIN', () => {
  test.each([
    ...['123456', '987654', '890123', '000000', '111111', '121212', '123123', '135791'],
    ...['224422', '19850319', '03191985', '31121985', '198503', '198519851985'],
  ])('that anybody would try first is refused: %s', (pin) => {
    expect(isWeak(pin)).toBe(true)
  })

  test.each(['493817', '270465', '90210734', '718293'])('that has no pattern is taken: %s', (pin) => {
    expect(pinProblem(pin, pin)).toBeNull()
  })

  test('is of six to twelve digits, typed twice', () => {
    expect(pinProblem('49381', '49381')).toBe('short')
    expect(pinProblem('4938172604938', '4938172604938')).toBe('short')
    expect(pinProblem('49381a', '49381a')).toBe('short')
    expect(pinProblem('493817', '493871')).toBe('other')
  })
})
