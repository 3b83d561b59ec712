import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { normaliseWord } from '../../src/crypto/word.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())

/** Every code point but the surrogates, which stand for nothing alone. */
const everyCharacter = function* () {
  for (let code = 0; code <= 0x10_ffff; code++)
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code)
}

describe('the normalised family word', () => {
  it('does not change when it is normalised again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const word = normaliseWord(text)
        if (word !== null) expect(normaliseWord(word)).toBe(word)
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not change when it is normalised again, for every character there is', () => {
    const changed: string[] = []
    for (const character of everyCharacter()) {
      const word = normaliseWord(`abcd${character}ef`)
      if (word === null || normaliseWord(word) !== word) changed.push(character)
    }
    expect(changed).toEqual([])
  })

  it('is the same with signs and white space put in anywhere', () => {
    const signs = fc.constantFrom(' ', '\u00a0', '-', '’', '.', '!', '🏠', '\u200b', '\t', '_', '\u0301')
    fc.assert(
      fc.property(texts, signs, fc.nat(), (text, sign, n) => {
        const characters = [...text]
        characters.splice(n % (characters.length + 1), 0, sign)
        expect(normaliseWord(characters.join(''))).toBe(normaliseWord(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is the same in capitals, in composed and in decomposed spelling, in our two languages', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnñopqrstuvwxyzáéíóúü 0123456789') })
    fc.assert(
      fc.property(letters, (text) => {
        expect(normaliseWord(text.toUpperCase())).toBe(normaliseWord(text))
        expect(normaliseWord(text.normalize('NFD'))).toBe(normaliseWord(text))
      }),
    )
  })

  it('has no fewer than four characters', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(normaliseWord(text)?.length ?? 4).toBeGreaterThanOrEqual(4)
      }),
    )
  })

  it('is refused for a lone half of a character, and does not throw', () => {
    expect(normaliseWord('\ud83c\ud83c\ud83c\ud83c')).toBeNull()
  })
})
