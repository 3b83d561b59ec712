import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { record } from '../../src/protocol/record.ts'

const Tags = record(z.string().check(z.regex(/^[a-z]+$/)), z.number(), 2)
const fits = (value: unknown): boolean => Tags.safeParse(value).success

describe('an object of any keys', () => {
  test('fits when each member does, and there are not too many', () => {
    expect(Tags.parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 })
    expect(fits({})).toBe(true)
    expect(fits({ a: 1, b: 2, c: 3 })).toBe(false)
  })

  test('is refused with a key or a value that does not fit, and where it is no plain object', () => {
    for (const value of [
      { A: 1 },
      { a: '1' },
      [],
      [1],
      null,
      'a',
      1,
      new Map(),
      JSON.parse('{"__proto__":1}'),
    ])
      expect(fits(value)).toBe(false)
  })
})
