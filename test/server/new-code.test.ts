import { expect, test } from 'vitest'
import { newCode } from '../../src/server/vault/new-code.ts'

const from = (numbers: number[]) => () => numbers.shift()!

test('a code is six digits, zeros in front included', () => {
  expect(newCode(from([0]))).toBe('000000')
  expect(newCode(from([42]))).toBe('000042')
  expect(newCode(from([7_999_999]))).toBe('999999')
  for (let time = 0; time < 100; time += 1) expect(newCode()).toMatch(/^\d{6}$/)
})

test('no code comes more often than another: what is left over at the top is drawn again', () => {
  const most = 4_294 * 1_000_000
  expect(newCode(from([most - 1]))).toBe('999999')
  expect(newCode(from([most, 2 ** 32 - 1, 17]))).toBe('000017')
})
