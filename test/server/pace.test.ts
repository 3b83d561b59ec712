import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { begin, hearRate, nextBeginAt, type Pace, paceOf } from '../../src/server/mailroom/pace.ts'
import { nextDayAt, restOf } from '../../src/server/mailroom/quota.ts'

const rate = (limit: number | null, remaining: number | null = null, resetMs: number | null = null) => ({
  limit,
  remaining,
  resetMs,
})
/** Begins `count` requests as soon as each may. */
const beginAll = (start: Pace, count: number, from: number): { pace: Pace; times: number[] } => {
  let pace = start
  const times: number[] = []
  let now = from
  for (let request = 0; request < count; request += 1) {
    now = nextBeginAt(pace, now)
    times.push(now)
    pace = begin(pace, now)
  }
  return { pace, times }
}

describe('how fast requests begin', () => {
  test('the first ones at once, and never more than the limit in any second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), (perSecond, count) => {
        const { times } = beginAll(paceOf(perSecond), count, 5_000)
        expect(times.slice(0, perSecond).every((at) => at === 5_000)).toBe(true)
        for (const at of times)
          expect(times.filter((other) => other > at - 1_000 && other <= at).length).toBeLessThanOrEqual(
            perSecond,
          )
        const windows = Math.ceil(count / perSecond) - 1
        expect(times.at(-1)).toBeLessThanOrEqual(5_000 + windows * 1_100)
      }),
    )
  })

  test('without a limit as they come', () => {
    expect(beginAll(paceOf(null), 50, 7).times.every((at) => at === 7)).toBe(true)
    expect(hearRate(paceOf(null), rate(5, 0, 1_000), 0)).toEqual(paceOf(null))
  })

  test('takes the provider’s own limit over', () => {
    expect(beginAll(hearRate(paceOf(5), rate(2), 0), 3, 0).times[2]).toBeGreaterThan(1_000)
    expect(beginAll(hearRate(paceOf(2), rate(10), 0), 10, 0).times.at(-1)).toBe(0)
    expect(hearRate(paceOf(5), rate(0), 0).perSecond).toBe(5)
    expect(hearRate(paceOf(5), rate(null), 0).perSecond).toBe(5)
  })

  test('leaves room to others with the same account, and does not take its own requests for theirs', () => {
    const { pace } = beginAll(paceOf(5), 2, 0)
    expect(nextBeginAt(hearRate(pace, rate(5, 3, 1_000), 0), 10)).toBe(10)
    expect(nextBeginAt(hearRate(pace, rate(5, 0, 1_000), 0), 10)).toBeGreaterThanOrEqual(1_000)
    const one = hearRate(pace, rate(5, 2, 1_000), 0)
    expect(beginAll(one, 3, 10).times).toEqual([10, 10, 1_050])
  })

  test('an old answer slows nothing down', () => {
    const { pace } = beginAll(paceOf(5), 1, 0)
    expect(nextBeginAt(hearRate(pace, rate(5, 0, 1_000), 0), 1_500)).toBe(1_500)
  })
})

describe('the part of the quota that codes and drills may use', () => {
  const used = { day: 0, month: 0, countsDay: false }
  test('is sixty in a hundred, of the day and of the month', () => {
    expect(restOf({ day: 100, month: null }, { ...used, day: 59 })).toBe(1)
    expect(restOf({ day: 100, month: null }, { ...used, day: 60 })).toBe(0)
    expect(restOf({ day: 100, month: null }, { ...used, day: 90 })).toBe(0)
    expect(restOf({ day: null, month: 1_000 }, { ...used, month: 598 })).toBe(2)
  })

  test('has no end where nobody names a limit; a provider that counts the day is on its free plan', () => {
    expect(restOf({ day: null, month: null }, { ...used, day: 9_999 })).toBe(Number.POSITIVE_INFINITY)
    expect(restOf({ day: null, month: null }, { day: 10, month: 10, countsDay: true })).toBe(50)
    expect(restOf({ day: null, month: null }, { day: 0, month: 1_795, countsDay: true })).toBe(5)
    expect(restOf({ day: 500, month: 9_000 }, { day: 10, month: 10, countsDay: true })).toBe(290)
  })

  test('begins anew with the day of UTC', () => {
    expect(new Date(nextDayAt(Date.UTC(2026, 10, 24, 13))).toISOString()).toBe('2026-11-25T00:00:00.000Z')
  })
})
