import { expect, test } from 'vitest'
import { withoutTowers } from '../../src/client/text/one-line.ts'

test('marks that are piled up over the lines around are cut, and no language loses one', () => {
  const tower = `Mercado${'\u0334\u0301'.repeat(150)} 7`
  expect(withoutTowers(tower)).toBe('Mercado\u0334\u0301\u0334\u0301 7')
  for (const text of ['Núñez', 'Nu\u0301n\u0303ez', 'Việt'.normalize('NFD'), 'שָׁלוֹם', 'हिन्दी', 'ကြောင့်'])
    expect(withoutTowers(text)).toBe(text)
})
