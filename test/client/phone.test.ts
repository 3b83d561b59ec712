import { describe, expect, test } from 'vitest'
import { COUNTRIES, numberOf } from '../../src/client/join/phone.ts'
import { PhoneNumber } from '../../src/protocol/channel.ts'

describe('a phone number', () => {
  test.each([
    ['1', '(415) 555-0142', '+14155550142'],
    ['1', '1 415 555 0142', '+14155550142'],
    ['1', '415.555.0142', '+14155550142'],
    ['1', ' +1 415 555 0142 ', '+14155550142'],
    ['1', '+52 55 1234 5678', '+525512345678'],
    ['1', '0052 55 1234 5678', '+525512345678'],
    ['52', '55 1234 5678', '+525512345678'],
    ['502', '5123 4567', '+50251234567'],
    ['57', '0300 123 4567', '+573001234567'],
    ['1', '+86 138 0013 8000', '+8613800138000'],
  ])('of +%s typed as %j is %s', (country, typed, number) => {
    expect(numberOf(country, typed)).toBe(number)
  })

  test.each([
    ['1', '555-0142'],
    ['1', '115 555 0142'],
    ['1', '+1 555 0142'],
    ['1', '415 555 0142 ext 3'],
    ['1', 'rosa@example.com'],
    ['1', '+'],
    ['1', '+0 415 555 0142'],
    ['52', '1234'],
    ['502', '1'],
    ['1', ''],
    ['1', '４１５５５５０１４２'],
  ])('of +%s is not %j', (country, typed) => {
    expect(numberOf(country, typed)).toBeNull()
  })

  test('of every country that is offered can be one', () => {
    for (const [code] of COUNTRIES) {
      const number = numberOf(code, '5512345678')
      expect(PhoneNumber.safeParse(number).success).toBe(true)
      expect(number?.startsWith(`+${code}`)).toBe(true)
    }
  })
})
