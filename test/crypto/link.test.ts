import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { decodeLink, encodeLink, type LinkKind } from '../../src/protocol/link.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 })
const kinds = fc.constantFrom<LinkKind>('letter', 'join', 'press', 'stop')
const links = fc.record({ kind: kinds, vault: ids, id: ids, secret: fc.option(ids) })
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

describe('a link', () => {
  it('is read as it was written, with or without its # and white space around it', () => {
    fc.assert(
      fc.property(links, (link) => {
        const text = encodeLink(link)
        for (const fragment of [text, `#${text}`, ` ${text}\n`])
          expect(decodeLink(link.kind, fragment)).toEqual(link)
      }),
    )
  })

  it('is letters and digits only, so that no messenger cuts it', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(encodeLink(link)).toMatch(/^[1-9A-HJ-NP-Za-km-z]+$/)
      }),
    )
  })

  it('is damaged with any single character changed, lost or doubled', () => {
    fc.assert(
      fc.property(links, fc.nat(), fc.constantFrom(...ALPHABET), (link, n, character) => {
        const text = encodeLink(link)
        const at = n % text.length
        fc.pre(text[at] !== character)
        expect(decodeLink(link.kind, text.slice(0, at) + character + text.slice(at + 1))).toBeNull()
        expect(decodeLink(link.kind, text.slice(0, at) + text.slice(at + 1))).toBeNull()
        expect(decodeLink(link.kind, text.slice(0, at) + text[at] + text.slice(at))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('is damaged on the page of another kind', () => {
    fc.assert(
      fc.property(links, kinds, (link, kind) => {
        fc.pre(kind !== link.kind)
        expect(decodeLink(kind, encodeLink(link))).toBeNull()
      }),
    )
  })

  it('is damaged when it is any other text, and reading does not throw', () => {
    fc.assert(
      fc.property(kinds, fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (kind, text) => {
        expect(decodeLink(kind, text)).toBeNull()
      }),
    )
  })

  it('throws when it is made of ids or a secret of another length', () => {
    const good = { kind: 'letter', vault: new Uint8Array(16), id: new Uint8Array(16), secret: null } as const
    expect(() => encodeLink({ ...good, vault: new Uint8Array(15) })).toThrow(RangeError)
    expect(() => encodeLink({ ...good, id: new Uint8Array(17) })).toThrow(RangeError)
    expect(() => encodeLink({ ...good, secret: new Uint8Array(32) })).toThrow(RangeError)
  })
})
