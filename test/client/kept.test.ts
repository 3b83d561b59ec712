import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Kept,
  keep,
  keptInvitations,
  sawVersion,
  seenVersion,
  withKept,
} from '../../src/client/device/kept.ts'
import { toText } from '../../src/protocol/bytes.ts'

const id = (byte: number): string => toText(new Uint8Array(16).fill(byte))
const one: Kept = { vault: id(1), contact: id(2), secret: id(3), from: 'Ana María' }
const other: Kept = { vault: id(4), contact: id(5), secret: id(6), from: 'Luis' }

class Store {
  readonly values = new Map<string, string>()
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value)
  }
}
/** As a browser that has shut it: to read it is an error already. */
const shut = (...names: string[]): void => {
  for (const name of names)
    vi.stubGlobal(name, {
      getItem: () => {
        throw new Error('shut')
      },
      setItem: () => {
        throw new Error('shut')
      },
    })
}

let local: Store
beforeEach(() => {
  local = new Store()
  vi.stubGlobal('localStorage', local)
  vi.stubGlobal('sessionStorage', new Store())
})
afterEach(() => vi.unstubAllGlobals())

describe('invitations that a browser keeps', () => {
  test('are kept for several owners, the last one first, each once', () => {
    expect([keep(one), keep(other), keep(one)]).toEqual(['browser', 'browser', 'browser'])
    expect(keptInvitations()).toEqual([one, other])
  })

  test('survive an entry beside them that does not parse, which is not trusted', () => {
    const broken = [
      { ...one, secret: 'short' },
      { ...one, more: 1 },
      { ...one, from: 'https://x.example' },
      7,
      null,
    ]
    local.setItem('amparo/invitations', JSON.stringify([...broken, other]))
    expect(keptInvitations()).toEqual([other])
    keep(one)
    expect(keptInvitations()).toEqual([one, other])
  })

  test('are none where what is stored is no list at all', () => {
    for (const text of ['{', '"x"', '{"0":1}', '']) {
      local.setItem('amparo/invitations', text)
      expect(keptInvitations()).toEqual([])
    }
  })

  test('of one contact stay side by side, so that a forged one does not push the real key out', () => {
    const invitedAnew = { ...one, secret: id(9) }
    expect(withKept([one, other], invitedAnew)).toEqual([invitedAnew, one, other])
    const many = [10, 11, 12, 13].reduce(
      (list, byte) => withKept(list, { ...one, secret: id(byte) }),
      [other],
    )
    expect(many).toHaveLength(4)
    expect(many).toContainEqual(other)
  })

  test('are kept for the tab, or for the page alone, where the browser keeps nothing longer', () => {
    shut('localStorage')
    expect(keep(one)).toBe('tab')
    expect(keptInvitations()).toEqual([one])
    shut('localStorage', 'sessionStorage')
    expect(keep(other)).toBe('page')
    expect(keptInvitations()).toEqual([other])
  })
})

describe('the version of a letter that was opened', () => {
  test('is the highest one, whatever came after it', () => {
    expect(seenVersion(id(1))).toBe(0)
    sawVersion(id(1), 7)
    sawVersion(id(1), 5)
    expect(seenVersion(id(1))).toBe(7)
    expect(seenVersion(id(2))).toBe(0)
  })

  test('is kept of the last 24 letters', () => {
    for (let byte = 0; byte < 30; byte += 1) sawVersion(id(byte), 3)
    const seen = Array.from({ length: 30 }, (_, byte) => seenVersion(id(byte)))
    expect(seen.filter((version) => version === 3)).toHaveLength(24)
    expect(seen.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('is not known where the browser keeps nothing, which stops nobody from reading', () => {
    shut('localStorage')
    sawVersion(id(1), 7)
    expect(seenVersion(id(1))).toBe(0)
  })
})
