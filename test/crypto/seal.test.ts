import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { open, type SealContext, type SealKind } from '../../src/crypto/seal.ts'
import { seal } from '../../src/crypto/sealing.ts'
import { seededRandom } from './seeded-random.ts'
import { KIND_OF } from './this-code.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const WRAPPING: SealKind[] = ['roster-key', 'link-lock', 'word-lock', 'paired-lock']
const KINDS = Object.values(KIND_OF)

const differ = (a: Uint8Array, b: Uint8Array) => a.some((byte, at) => byte !== b[at])
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const kinds = fc.constantFrom(...KINDS)
const versions = fc.integer({ min: 1, max: 0x7fff_ffff })

/** A seal of any kind, with what opens it. */
const seals = kinds.chain((kind) =>
  fc
    .record({
      key: bytes(32),
      vault: bytes(16),
      id: bytes(16),
      version: versions,
      plain: WRAPPING.includes(kind) ? bytes(32) : fc.uint8Array({ maxLength: 700 }),
      nonce: bytes(24),
    })
    .map(({ key, vault, id, version, plain, nonce }) => {
      const context: SealContext = { kind, vault, id, version }
      return { key, context, plain, sealed: seal(key, context, plain, () => nonce) }
    }),
)

describe('a seal of any kind', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(seals, ({ key, context, plain, sealed }) => {
        expect(open(key, context, sealed)).toEqual(plain)
      }),
    )
  })

  it('says of its size only the power of two that holds the data', () => {
    fc.assert(
      fc.property(seals, ({ context, plain, sealed }) => {
        const padded = WRAPPING.includes(context.kind) ? 32 : plain.length <= 508 ? 512 : 1024
        expect(sealed.length).toBe(41 + padded)
      }),
    )
  })

  it('is refused with any single bit flipped', () => {
    fc.assert(
      fc.property(seals, fc.nat(), ({ key, context, sealed }, n) => {
        const bit = n % (8 * sealed.length)
        const damaged = sealed.slice()
        damaged[bit >> 3]! ^= 1 << (bit & 7)
        expect(open(key, context, damaged)).toBeNull()
      }),
      { numRuns: 1_000 },
    )
  })

  it('is refused cut off anywhere, at either end', () => {
    fc.assert(
      fc.property(seals, fc.nat(), ({ key, context, sealed }, n) => {
        const at = n % sealed.length
        expect(open(key, context, sealed.slice(0, at))).toBeNull()
        expect(open(key, context, sealed.slice(at + 1))).toBeNull()
      }),
    )
  })

  it('is refused with bytes after it', () => {
    fc.assert(
      fc.property(seals, fc.uint8Array({ minLength: 1, maxLength: 40 }), ({ key, context, sealed }, more) => {
        expect(open(key, context, Uint8Array.of(...sealed, ...more))).toBeNull()
      }),
    )
  })

  it('is refused with any other version byte', () => {
    fc.assert(
      fc.property(seals, fc.integer({ min: 0, max: 255 }), ({ key, context, sealed }, suite) => {
        fc.pre(suite !== 1)
        const other = sealed.slice()
        other[0] = suite
        expect(open(key, context, other)).toBeNull()
      }),
    )
  })

  it('is refused as any other kind, of another vault, id or version, and with another key', () => {
    fc.assert(
      fc.property(seals, kinds, bytes(16), versions, bytes(32), (given, kind, other, version, otherKey) => {
        const { key, context, sealed } = given
        fc.pre(kind !== context.kind && version !== context.version)
        fc.pre(differ(other, context.vault) && differ(other, context.id) && differ(context.vault, context.id))
        fc.pre(differ(otherKey, key))
        expect(open(key, { ...context, kind }, sealed)).toBeNull()
        expect(open(key, { ...context, vault: other }, sealed)).toBeNull()
        expect(open(key, { ...context, id: other }, sealed)).toBeNull()
        expect(open(key, { ...context, version }, sealed)).toBeNull()
        expect(open(key, { ...context, vault: context.id, id: context.vault }, sealed)).toBeNull()
        expect(open(otherKey, context, sealed)).toBeNull()
      }),
    )
  })

  it('is refused when it is bytes of any sort', () => {
    fc.assert(
      fc.property(seals, fc.uint8Array({ maxLength: 200 }), ({ key, context }, noise) => {
        expect(open(key, context, noise)).toBeNull()
        expect(open(key, context, Uint8Array.of(1, ...noise))).toBeNull()
      }),
    )
  })

  it('takes a new nonce each time', () => {
    const random = seededRandom('nonces')
    const context: SealContext = { kind: 'hint', vault: random(16), id: random(16), version: 1 }
    const key = random(32)
    const [one, two] = [seal(key, context, random(5), random), seal(key, context, random(5), random)]
    expect(one.slice(1, 25)).not.toEqual(two.slice(1, 25))
  })

  it('leaves what it was given as it was', () => {
    fc.assert(
      fc.property(seals, ({ key, context, sealed, plain }) => {
        const before = [key.slice(), context.vault.slice(), context.id.slice(), sealed.slice(), plain.slice()]
        open(key, context, sealed)
        seal(key, context, plain, (length) => new Uint8Array(length))
        expect([key, context.vault, context.id, sealed, plain]).toEqual(before)
      }),
    )
  })
})

describe('misuse of a seal throws, and is not taken for a refusal', () => {
  const zeros = (length: number) => new Uint8Array(length)
  const good: SealContext = { kind: 'letter', vault: zeros(16), id: zeros(16), version: 1 }

  it.each([
    ['a key of 31 bytes', zeros(31), good],
    ['a key of 33 bytes', zeros(33), good],
    ['a vault id of 15 bytes', zeros(32), { ...good, vault: zeros(15) }],
    ['an id of 17 bytes', zeros(32), { ...good, id: zeros(17) }],
    ['version 0', zeros(32), { ...good, version: 0 }],
    ['version 2^31', zeros(32), { ...good, version: 2 ** 31 }],
    ['version 1.5', zeros(32), { ...good, version: 1.5 }],
    ['no number for a version', zeros(32), { ...good, version: Number.NaN }],
  ])('%s', (_, key, context) => {
    expect(() => seal(key, context, zeros(1), zeros)).toThrow(RangeError)
    expect(() => open(key, context, zeros(600))).toThrow(RangeError)
  })

  it('a text for a key', () => {
    const text = 'k'.repeat(32) as unknown as Uint8Array
    expect(() => seal(text, good, zeros(1), zeros)).toThrow(TypeError)
    expect(() => open(text, good, zeros(600))).toThrow(TypeError)
  })

  it('a wrapped key that is not 32 bytes', () => {
    expect(() => seal(zeros(32), { ...good, kind: 'link-lock' }, zeros(31), zeros)).toThrow(RangeError)
  })

  it('a generator that gives too few bytes', () => {
    expect(() => seal(zeros(32), good, zeros(1), () => zeros(23))).toThrow(RangeError)
  })

  it('more than the largest padding holds', () => {
    expect(seal(zeros(32), good, zeros(524_284), zeros).length).toBe(524_329)
    expect(() => seal(zeros(32), good, zeros(524_285), zeros)).toThrow(RangeError)
  })
})
