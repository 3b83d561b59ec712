import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { fromWords, toWords, wordList } from '../../src/crypto/recovery-words.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const LANGUAGES = ['en', 'es'] as const
const roots = fc.uint8Array({ minLength: 16, maxLength: 16 })
const languages = fc.constantFrom(...LANGUAGES)
const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

describe('recovery words', () => {
  it('bring back the root, in either language, however they are typed', () => {
    fc.assert(
      fc.property(roots, languages, (root, language) => {
        const words = toWords(root, language)
        expect(words.split(' ').length).toBe(12)
        for (const typed of [words, words.toUpperCase(), bare(words), ` ${words.replaceAll(' ', '\n\t ')} `])
          expect(fromWords(typed)).toEqual(root)
      }),
    )
  })

  it('are words of the list that is shown', () => {
    fc.assert(
      fc.property(roots, languages, (root, language) => {
        const list = wordList(language)
        for (const word of toWords(root, language).split(' ')) expect(list).toContain(word)
      }),
      { numRuns: 20 },
    )
  })

  it.each(LANGUAGES)('no two words of the list (%s) are the same without their accents', (language) => {
    expect(new Set(wordList(language).map(bare)).size).toBe(2048)
  })

  it('never bring back the same root with one word changed', () => {
    fc.assert(
      fc.property(roots, languages, fc.nat(11), fc.nat(2047), (root, language, at, n) => {
        const words = toWords(root, language).split(' ')
        const other = wordList(language)[n]!
        fc.pre(words[at] !== other)
        expect(fromWords(words.toSpliced(at, 1, other).join(' '))).not.toEqual(root)
      }),
    )
  })

  it('are refused for any other text, and do not throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromWords(text)).toBeNull()
      }),
    )
  })

  it('throw for a root that is not 16 bytes', () => {
    for (const length of [0, 15, 17, 32])
      expect(() => toWords(new Uint8Array(length), 'en')).toThrow(RangeError)
  })
})
