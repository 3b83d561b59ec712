import { describe, expect, it } from 'vitest'
import { stretchWord } from '../../src/crypto/stretch.ts'
import { seededRandom } from './seeded-random.ts'

const random = seededRandom('stretch')
const [secret, vault, letter] = [random(16), random(16), random(16)]

describe('stretching the family word', () => {
  it('says how far it is, up to the end', () => {
    const done: number[] = []
    stretchWord('mariposaazul', secret, vault, letter, (part) => done.push(part))
    expect(done.length).toBeGreaterThan(10)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done.at(-1)).toBe(1)
  }, 120_000)

  it('throws on a word that is not normalised, since its lock would never open again', () => {
    for (const word of ['Mariposa', 'la casa', 'árbol', 'abc', ''])
      expect(() => stretchWord(word, secret, vault, letter)).toThrow(RangeError)
  })

  it('throws on a link secret that is not 16 bytes', () => {
    expect(() => stretchWord('mariposa', random(15), vault, letter)).toThrow(RangeError)
  })
})
