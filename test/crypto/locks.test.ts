import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { makeLinkLock, openLinkLock } from '../../src/crypto/locks/link.ts'
import { makePairedLock, openPairedLock } from '../../src/crypto/locks/paired.ts'
import { gateTokenOf, makeWordLock, openHint, openWordLock } from '../../src/crypto/locks/word.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { Lock } from '../../src/protocol/locks.ts'
import { seededRandom } from './seeded-random.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

type Bytes = Uint8Array
const differ = (a: Bytes, b: Bytes) => a.some((byte, at) => byte !== b[at])
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Each lock by the same shape: `secret` is what opens it, 16 or (a stretched word) 32 bytes. */
const LOCKS = [
  {
    kind: 'link',
    secretBytes: 16,
    make: (key: Bytes, secret: Bytes, vault: Bytes, id: Bytes, version: number) =>
      makeLinkLock(key, secret, vault, id, version, seededRandom('link')).wrapped,
    open: (wrapped: string, secret: Bytes, vault: Bytes, id: Bytes, version: number) =>
      openLinkLock({ kind: 'link', wrapped }, secret, vault, id, version),
  },
  {
    kind: 'paired',
    secretBytes: 16,
    make: (key: Bytes, secret: Bytes, vault: Bytes, id: Bytes, version: number) =>
      makePairedLock(key, secret, vault, id, version, seededRandom('paired')).wrapped,
    open: (wrapped: string, secret: Bytes, vault: Bytes, id: Bytes, version: number) =>
      openPairedLock({ kind: 'paired', wrapped }, secret, vault, id, version),
  },
  {
    kind: 'word',
    secretBytes: 32,
    make: (key: Bytes, secret: Bytes, vault: Bytes, id: Bytes, version: number) =>
      makeWordLock(key, new Uint8Array(16), vault, id, version, secret, null, seededRandom('word')).wrapped,
    open: openWordLock,
  },
]

describe.each(LOCKS)('the lock $kind', ({ make, open, secretBytes }) => {
  const made = fc
    .record({
      key: bytes(32),
      secret: bytes(secretBytes),
      vault: bytes(16),
      id: bytes(16),
      version: fc.integer({ min: 1, max: 0x7fff_ffff }),
    })
    .map((given) => ({
      ...given,
      wrapped: make(given.key, given.secret, given.vault, given.id, given.version),
    }))

  it('gives the letter key to its secret', () => {
    fc.assert(
      fc.property(made, ({ key, secret, vault, id, version, wrapped }) => {
        expect(open(wrapped, secret, vault, id, version)).toEqual(key)
      }),
    )
  })

  it('gives nothing to another secret, nor for another vault, letter or version', () => {
    fc.assert(
      fc.property(
        made,
        bytes(secretBytes),
        bytes(16),
        ({ secret, vault, id, version, wrapped }, wrong, other) => {
          fc.pre(differ(wrong, secret) && differ(other, vault) && differ(other, id))
          expect(open(wrapped, wrong, vault, id, version)).toBeNull()
          expect(open(wrapped, secret, other, id, version)).toBeNull()
          expect(open(wrapped, secret, vault, other, version)).toBeNull()
          expect(open(wrapped, secret, vault, id, version === 1 ? 2 : version - 1)).toBeNull()
        },
      ),
    )
  })

  it('gives nothing when it is damaged, or is no base64url at all', () => {
    fc.assert(
      fc.property(made, fc.nat(), fc.string(), ({ secret, vault, id, version, wrapped }, n, noise) => {
        const damaged = fromText(wrapped)
        damaged[(n >> 3) % damaged.length]! ^= 1 << (n & 7)
        for (const text of [toText(damaged), wrapped.slice(1), `${wrapped}=`, `${wrapped}\n`, noise])
          expect(open(text, secret, vault, id, version)).toBeNull()
      }),
    )
  })

  it('opens no lock of another kind, even with the same secret', () => {
    fc.assert(
      fc.property(made, ({ key, secret, vault, id, version }) => {
        for (const other of LOCKS) {
          if (other.open === open || other.secretBytes !== secretBytes) continue
          expect(open(other.make(key, secret, vault, id, version), secret, vault, id, version)).toBeNull()
        }
      }),
    )
  })

  it('throws on a secret of another length', () => {
    const [key, vault, id] = [new Uint8Array(32), new Uint8Array(16), new Uint8Array(16)]
    const short = new Uint8Array(secretBytes - 1)
    expect(() => make(key, short, vault, id, 1)).toThrow(RangeError)
    expect(() => open(make(key, new Uint8Array(secretBytes), vault, id, 1), short, vault, id, 1)).toThrow(
      RangeError,
    )
  })
})

describe('the lock word', () => {
  const random = seededRandom('word lock')
  const [key, secret, vault, id, stretched] = [random(32), random(16), random(16), random(16), random(32)]
  const lock = makeWordLock(key, secret, vault, id, 4, stretched, '¿Qué vimos?', random)

  it('is what the wire wants, with a hint and without', () => {
    expect(Lock.safeParse(lock).success).toBe(true)
    const withoutHint = makeWordLock(key, secret, vault, id, 4, stretched, null, random)
    expect(withoutHint.hint).toBeNull()
    expect(Lock.safeParse(withoutHint).success).toBe(true)
  })

  it('carries the hash of the gate token and never the token', () => {
    const token = gateTokenOf(stretched, vault, id)
    expect(lock.gate).toBe(toText(tokenHash(token)))
    expect(JSON.stringify(lock)).not.toContain(toText(token))
  })

  it('shows its hint to whoever has the link, for this letter and version only', () => {
    const hint = lock.hint ?? ''
    expect(openHint(hint, secret, vault, id, 4)).toBe('¿Qué vimos?')
    expect(openHint(hint, random(16), vault, id, 4)).toBeNull()
    expect(openHint(hint, secret, vault, id, 5)).toBeNull()
    expect(openHint(hint, secret, vault, random(16), 4)).toBeNull()
    expect(openHint('not base64url!', secret, vault, id, 4)).toBeNull()
  })

  it('has a sealed hint of one size, whatever it says', () => {
    const sizes = ['a', '信'.repeat(120)].map(
      (hint) => makeWordLock(key, secret, vault, id, 4, stretched, hint, random).hint?.length,
    )
    expect(new Set(sizes).size).toBe(1)
  })

  it('throws on a hint that could not be shown again', () => {
    for (const hint of ['', 'x'.repeat(121), 'two\nlines', 'a\u202eb', '\ud800'])
      expect(() => makeWordLock(key, secret, vault, id, 4, stretched, hint, random)).toThrow(TypeError)
  })
})
