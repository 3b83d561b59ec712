import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { pad } from '../../src/crypto/pad.ts'
import { unpad } from '../../src/crypto/unpad.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const data = fc.uint8Array({ maxLength: 5_000 })

describe('padding', () => {
  it('comes off as it went on, and is a power of two from 512', () => {
    fc.assert(
      fc.property(data, (bytes) => {
        const padded = pad(bytes)
        expect(Math.log2(padded.length) % 1).toBe(0)
        expect(padded.length).toBeGreaterThanOrEqual(Math.max(512, bytes.length + 4))
        expect(padded.length === 512 || padded.length < 2 * (bytes.length + 4)).toBe(true)
        expect(unpad(padded)).toEqual(bytes)
      }),
    )
  })

  it('is refused when any byte behind the data is not zero', () => {
    fc.assert(
      fc.property(data, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, n, value) => {
        const padded = pad(bytes)
        const free = padded.length - 4 - bytes.length
        fc.pre(free > 0)
        padded[4 + bytes.length + (n % free)] = value
        expect(unpad(padded)).toBeNull()
      }),
    )
  })

  it('has one form only: whatever comes off goes on again as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 512 }), fc.nat(600), (bytes, length) => {
        new DataView(bytes.buffer).setUint32(0, length)
        bytes.fill(0, 4 + length)
        const inside = unpad(bytes)
        if (inside === null) expect(length).toBeGreaterThan(508)
        else expect(pad(inside)).toEqual(bytes)
      }),
    )
  })

  it('is read from a part of a larger buffer', () => {
    const large = new Uint8Array(2_000)
    large.set(pad(Uint8Array.of(1, 2, 3)), 100)
    expect(unpad(large.subarray(100, 612))).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('holds 524,284 bytes and not one more', () => {
    expect(unpad(pad(new Uint8Array(524_284)))?.length).toBe(524_284)
    expect(() => pad(new Uint8Array(524_285))).toThrow(RangeError)
    expect(unpad(new Uint8Array(1_048_576))).toBeNull()
  })
})
