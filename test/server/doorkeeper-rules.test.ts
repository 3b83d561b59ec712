import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Entry, judge } from '../../src/server/doorkeeper/rules.ts'
import { networkOf, networksOf } from '../../src/server/network.ts'

const DAY_MS = 86_400_000

/** Networks and their counts, judged as the objects do, one after the other. */
const town = () => {
  const counts = new Map<string, Entry[]>()
  const entriesOf = (name: string): Entry[] => counts.get(name) ?? []
  return (address: string, vault: string, now: number): boolean => {
    const limits = networksOf(new Headers({ 'cf-connecting-ip': address }))
    const verdicts = limits.map(({ name, max }) => judge(entriesOf(name), vault, max, now))
    if (verdicts.some(({ kind }) => kind === 'full')) return false
    for (const { name } of limits)
      counts.set(name, [...entriesOf(name).filter((one) => one.until > now), { vault, until: now + DAY_MS }])
    return true
  }
}

describe('who registers ten thousand vaults in a day', () => {
  const let10000In = (addressOf: (at: number) => string): number => {
    const admit = town()
    const tries = Array.from({ length: 10_000 }, (_, at) => at)
    return tries.filter((at) => admit(addressOf(at), `vault ${at}`, at * 8_000)).length
  }

  test('from one IPv4 address gets ten', () => {
    expect(let10000In(() => '203.0.113.9')).toBe(10)
  })
  test('from one /64 gets ten', () => {
    expect(let10000In((at) => `2001:db8:1:2::${at.toString(16)}`)).toBe(10)
  })
  test('from ten thousand /64 of one /48 gets thirty', () => {
    expect(let10000In((at) => `2001:db8:1:${at.toString(16)}::1`)).toBe(30)
  })
  test('from ten thousand addresses gets ten thousand: this is no defence against many networks', () => {
    expect(let10000In((at) => `203.${at >> 8}.113.${at & 0xff}`)).toBe(10_000)
  })
})

describe('a doorkeeper', () => {
  const full: Entry[] = Array.from({ length: 10 }, (_, at) => ({ vault: `v${at}`, until: 100 + at }))

  test('lets in for nothing whom it has counted already, and says when the next one may come', () => {
    expect(judge(full, 'v3', 10, 50)).toEqual({ kind: 'in', fresh: false })
    expect(judge(full, 'new', 10, 50)).toEqual({ kind: 'full', waitMs: 50 })
    expect(judge(full, 'new', 10, 99)).toEqual({ kind: 'full', waitMs: 1 })
    expect(judge(full, 'new', 10, 100)).toEqual({ kind: 'in', fresh: true })
    expect(judge(full, 'v0', 10, 100)).toEqual({ kind: 'in', fresh: true })
  })

  test('never has more inside than it may, and lets one in when it said so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(60), { maxLength: 60 }), (max, pauses) => {
        const entries: Entry[] = []
        let now = 0
        for (const [at, pause] of pauses.entries()) {
          now += pause
          const verdict = judge(entries, `v${at}`, max, now)
          if (verdict.kind === 'in') entries.push({ vault: `v${at}`, until: now + 100 })
          else
            expect(judge(entries, `v${at}`, max, now + verdict.waitMs)).toEqual({ kind: 'in', fresh: true })
          expect(entries.filter(({ until }) => until > now).length).toBeLessThanOrEqual(max)
        }
      }),
    )
  })
})

describe('a network', () => {
  const limits = (address: string) => networksOf(new Headers({ 'cf-connecting-ip': address }))

  test.each([
    ['198.51.100.7', [{ name: '198.51.100.7', max: 10 }]],
    ['::ffff:198.51.100.7', [{ name: '::ffff:198.51.100.7', max: 10 }]],
    [
      '2001:0DB8:0:1::7',
      [
        { name: '2001:db8:0:1', max: 10 },
        { name: '2001:db8:0/48', max: 30 },
      ],
    ],
    [
      '2001:db8::1',
      [
        { name: '2001:db8:0:0', max: 10 },
        { name: '2001:db8:0/48', max: 30 },
      ],
    ],
  ])('%s is judged as %j', (address, expected) => {
    expect(limits(address)).toEqual(expected)
    expect(networkOf(new Headers({ 'cf-connecting-ip': address }))).toBe(expected[0]!.name)
  })
})
