import { describe, expect, test } from 'vitest'
import type { Kept } from '../../src/client/device/kept.ts'
import { isDoubtful, wayOf } from '../../src/client/reader/way.ts'
import { random } from '../../src/client/vault/random.ts'
import { makeLinkLock } from '../../src/crypto/locks/link.ts'
import { makePairedLock } from '../../src/crypto/locks/paired.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { OfferedLock } from '../../src/protocol/letter.ts'

const VERSION = 3
const [vault, letter, secret, contactSecret] = [random(16), random(16), random(16), random(16)]
const letterKey = random(32)

const paired = makePairedLock(letterKey, contactSecret, vault, letter, VERSION, random)
const byLink = makeLinkLock(letterKey, secret, vault, letter, VERSION, random)
const word: OfferedLock = { kind: 'word', hint: null }

const bare = { kind: 'letter', vault, id: letter, secret: null } as const
const whole = { ...bare, secret }
const keptOf = (key: Uint8Array, family = vault): Kept => ({
  vault: toText(family),
  contact: toText(random(16)),
  secret: toText(key),
  from: 'Ana',
})
const key = keptOf(contactSecret)

const way = (locks: OfferedLock[], link: typeof bare | typeof whole, kept: Kept[], version = VERSION) =>
  wayOf({ locks, version }, link, kept)

describe('how a letter opens', () => {
  test('by the kept key before anything else, with a bare link too', () => {
    for (const link of [bare, whole]) {
      expect(way([byLink, word, paired], link, [key])).toEqual({ by: 'paired', letterKey, misfit: false })
    }
  })

  test('by whichever of several keys of this family it is', () => {
    expect(way([paired], bare, [keptOf(random(16)), key])).toMatchObject({ by: 'paired', misfit: false })
  })

  test('by the word where the link has its secret, before the bare link', () => {
    expect(way([byLink, word, paired], whole, [])).toEqual({ by: 'word', letterKey: null, misfit: false })
    expect(way([byLink, paired], whole, [])).toMatchObject({ by: 'link' })
  })

  test('not here, without a key and with a link that has no secret', () => {
    expect(way([byLink, word, paired], bare, [])).toEqual({ by: 'elsewhere', letterKey: null, misfit: false })
  })

  test('not by a key of another family, of which nothing is said', () => {
    expect(way([paired], bare, [keptOf(contactSecret, random(16))])).toMatchObject({
      by: 'elsewhere',
      misfit: false,
    })
  })
})

describe('a kept key that does not open the letter of its family', () => {
  test('is said to, and the word or the link is asked for instead', () => {
    const wrong = [keptOf(random(16))]
    expect(way([word, paired], whole, wrong)).toMatchObject({ by: 'word', misfit: true })
    expect(way([byLink, paired], whole, wrong)).toMatchObject({ by: 'link', misfit: true })
    expect(way([word, paired], bare, wrong)).toMatchObject({ by: 'elsewhere', misfit: true })
  })

  test('is said to as well where the lock was left out, or is of another version', () => {
    expect(way([word], whole, [key])).toMatchObject({ by: 'word', misfit: true })
    expect(way([paired], bare, [key], VERSION + 1)).toMatchObject({ by: 'elsewhere', misfit: true })
  })
})

describe('an open letter', () => {
  const doubtful = (opened: Uint8Array, from: string, kept: Kept[]) =>
    isDoubtful({ letterKey: opened, from }, way([paired], whole, kept), whole, kept)

  test('is doubtful where it did not come out of the key that is kept of its family', () => {
    expect(doubtful(letterKey, 'Ana', [key])).toBe(false)
    expect(doubtful(random(32), 'Ana', [key])).toBe(true)
    expect(doubtful(letterKey, 'Luis', [keptOf(random(16))])).toBe(true)
  })

  test('is doubtful where another family has the same owner’s name, and else not', () => {
    expect(doubtful(letterKey, 'Ana', [keptOf(random(16), random(16))])).toBe(true)
    expect(doubtful(letterKey, 'Luis', [keptOf(random(16), random(16))])).toBe(false)
    expect(doubtful(letterKey, 'Ana', [])).toBe(false)
  })
})
