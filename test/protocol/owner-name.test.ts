import { describe, expect, test } from 'vitest'
import { OwnerName } from '../../src/protocol/fields.ts'

const fits = (name: string): boolean => OwnerName.safeParse(name).success

describe('the name that the family knows', () => {
  test.each([
    'Ana',
    'Ma. José',
    'José Luis de la O’Brien',
    'Nguyễn Thị Ánh',
    '陈小明',
    'Ольга',
    'محمد',
    'Lupe-María Jr.',
    'A'.repeat(40),
  ])('may be %s', (name) => expect(fits(name)).toBe(true))

  test.each([
    '',
    ' ',
    'A'.repeat(41),
    'visit example.com',
    'www.example.com',
    'a@b.co',
    'Ana 2',
    'call 555',
    'http://x',
    'Ana\u202e',
    'A\u200bna',
    'Ana\u3164',
    'evil\ua4f8com',
    `A${'\u0301'.repeat(3)}`,
    'Ana\nBcc',
    '<b>Ana</b>',
    'Ana  B',
  ])('may not be %j', (name) => expect(fits(name)).toBe(false))
})
