import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Schedule } from '../../src/protocol/check-in.ts'
import {
  type CheckInEvent,
  type CheckIns,
  nextAt,
  nextDueAt,
  transition,
} from '../../src/server/vault/check-in-rules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const EVERY_DAY = 127
const LA = 'America/Los_Angeles'
const T = Date.parse('2026-03-06T12:00:00Z')

let ids = 0
const fresh = (): string => {
  ids += 1
  return `alert-${ids}`
}
const armed = (
  schedule: Schedule = { kind: 'in', ms: HOUR_MS },
  changes: { graceMs?: number; remindMs?: number | null; id?: string; zone?: string; presser?: string } = {},
): CheckInEvent => ({
  kind: 'arm',
  alert: fresh(),
  checkIn: { ...{ id: 'a', presser: 'p', zone: LA, graceMs: 0, remindMs: null }, schedule, ...changes },
})
/** Applies all, one after the other. */
const run = (...steps: [number, CheckInEvent][]) =>
  steps.reduce(
    ({ all, effects }, [now, event]) => {
      const next = transition(all, event, now)
      return { all: next.checkIns, effects: [...effects, ...next.effects] }
    },
    { all: [] as CheckIns, effects: [] as ReturnType<typeof transition>['effects'][number][] },
  )
const tick: CheckInEvent = { kind: 'tick' }
const weekly = (minute: number, days = EVERY_DAY): Schedule => ({ kind: 'weekly', days, minute })
const well = (round = 1): CheckInEvent => ({ kind: 'well', id: 'a', round, alert: fresh() })

describe('a check-in', () => {
  test('presses when its time and its grace are over, once, and not before', () => {
    const arm = armed(undefined, { graceMs: 10 * MINUTE_MS })
    const end = T + HOUR_MS + 10 * MINUTE_MS
    expect(run([T, arm], [end - 1, tick]).effects).toEqual([])
    const { all, effects } = run([T, arm], [end, tick], [end + 1, tick], [end + DAY_MS, tick])
    expect(effects).toMatchObject([{ kind: 'press', presser: 'p', alert: all[0]!.alert, pressAt: end }])
    expect(all[0]).toMatchObject({ stage: 'pressed', overAt: end })
    expect(nextDueAt(all)).toBeNull()
  })

  test('presses late and not never where nobody could look at its time', () => {
    const { effects } = run([T, armed()], [T + 40 * DAY_MS, tick])
    expect(effects).toMatchObject([{ kind: 'press', pressAt: T + HOUR_MS }])
  })

  test('that is armed again under its id stays as it is', () => {
    const { all } = run([T, armed()], [T + MINUTE_MS, armed({ kind: 'in', ms: 9 * HOUR_MS })])
    expect(all).toHaveLength(1)
    expect(all[0]!.dueAt).toBe(T + HOUR_MS)
  })

  test('whose time is over already, or on a day that no calendar has, is not armed', () => {
    const on = (day: number, month = 3): Schedule => ({ kind: 'once', year: 2026, month, day, minute: 0 })
    expect(run([T, armed(on(5))]).all).toEqual([])
    expect(run([T, armed(on(31, 4))]).all).toEqual([])
    expect(run([T, armed(on(7))]).all).toHaveLength(1)
  })

  test('a word that she is well ends it; for one that repeats it speaks for this time alone, however often it comes', () => {
    expect(run([T, armed()], [T + MINUTE_MS, well()], [T + DAY_MS, tick])).toMatchObject({
      all: [{ stage: 'ended' }],
      effects: [],
    })
    const { all } = run([T, armed(weekly(14 * 60))], [T + MINUTE_MS, well()], [T + 2 * MINUTE_MS, well()])
    expect(all[0]).toMatchObject({ stage: 'armed', round: 2, dueAt: Date.parse('2026-03-07T22:00:00Z') })
  })

  test('a word that comes at the moment of the press or after it finds that it has pressed; a moment before, that it has not', () => {
    const end = T + HOUR_MS
    expect(run([T, armed()], [end - 1, well()])).toMatchObject({ all: [{ stage: 'ended' }], effects: [] })
    for (const event of [well(), { kind: 'extend', id: 'a', round: 1, dueAt: end, byMs: HOUR_MS } as const])
      expect(run([T, armed()], [end, event])).toMatchObject({
        all: [{ stage: 'pressed', dueAt: end }],
        effects: [{ kind: 'press' }],
      })
  })

  test('is extended from its time, or in its grace from now, and once by the same request', () => {
    const due = T + HOUR_MS
    const extend: CheckInEvent = { kind: 'extend', id: 'a', round: 1, dueAt: due, byMs: 30 * MINUTE_MS }
    const early = run([T, armed()], [T + 1, extend], [T + 2, extend])
    expect(early.all[0]!.dueAt).toBe(due + 30 * MINUTE_MS)
    const late = run([T, armed(undefined, { graceMs: HOUR_MS })], [due + 5 * MINUTE_MS, extend])
    expect(late.all[0]!.dueAt).toBe(due + 35 * MINUTE_MS)
  })

  test('that was extended beyond its next time goes on with the one after', () => {
    const due = Date.parse('2026-03-06T22:00:00Z')
    const extend: CheckInEvent = { kind: 'extend', id: 'a', round: 1, dueAt: due, byMs: DAY_MS }
    const { all } = run([T, armed(weekly(14 * 60))], [T + 1, extend], [due + DAY_MS - 1, well()])
    expect(all[0]).toMatchObject({ round: 2, dueAt: due + DAY_MS })
  })

  test('one that is taken for armed and has pressed is not ended', () => {
    const end = { kind: 'end', id: 'a', seen: 'armed' } as const
    expect(run([T, armed()], [T + DAY_MS, end]).all[0]!.stage).toBe('pressed')
    expect(run([T, armed()], [T + 1, end]).all[0]!.stage).toBe('ended')
    expect(run([T, armed()], [T + DAY_MS, { ...end, seen: 'pressed' }]).all[0]!.stage).toBe('ended')
  })

  test('whose presser a commit drops ends, and no other', () => {
    const drop: CheckInEvent = { kind: 'drop', pressers: ['p'] }
    const { all } = run([T, armed()], [T, armed(undefined, { id: 'b', presser: 'q' })], [T + 1, drop])
    expect(all.map(({ stage }) => stage)).toEqual(['ended', 'armed'])
  })

  test('reminds before its time and at it, each once; what is too late to be of use is left out', () => {
    const arm = armed(undefined, { graceMs: 10 * MINUTE_MS, remindMs: 15 * MINUTE_MS })
    const due = T + HOUR_MS
    const { effects } = run(
      ...[45, 46, 59, 60, 61].map((minutes) => [T + minutes * MINUTE_MS, tick] as [number, CheckInEvent]),
    )
    expect(effects).toEqual([])
    const reminded = run(
      [T, arm],
      ...[45, 46, 59, 60, 61].map((m) => [T + m * MINUTE_MS, tick] as [number, CheckInEvent]),
    )
    expect(reminded.effects).toMatchObject([
      { kind: 'remind', at: 'before', dueAt: due },
      { kind: 'remind', at: 'due', until: due + 10 * MINUTE_MS },
    ])
    expect(run([T, arm], [due + MINUTE_MS, tick]).effects).toMatchObject([{ kind: 'remind', at: 'due' }])
    const short = armed(
      { kind: 'in', ms: 5 * MINUTE_MS },
      { graceMs: 10 * MINUTE_MS, remindMs: 15 * MINUTE_MS },
    )
    expect(run([T, short], [T + 1, tick]).effects).toEqual([])
  })

  test('an extension is reminded of again', () => {
    const arm = armed(undefined, { remindMs: 15 * MINUTE_MS })
    const extend: CheckInEvent = { kind: 'extend', id: 'a', round: 1, dueAt: T + HOUR_MS, byMs: HOUR_MS }
    const at = T + 50 * MINUTE_MS
    const { effects } = run([T, arm], [at, tick], [at + 1, extend], [T + 105 * MINUTE_MS, tick])
    expect(effects).toMatchObject([{ kind: 'remind' }, { kind: 'remind', dueAt: T + 2 * HOUR_MS }])
  })
})

describe('one that repeats', () => {
  const times = (schedule: Schedule, zone: string, from: string, count: number): string[] => {
    const found: string[] = []
    let after = Date.parse(from)
    while (found.length < count) {
      after = nextAt(schedule, zone, after)!
      found.push(new Date(after).toISOString())
    }
    return found
  }

  test('keeps to the wall clock across both changes, in the gap and in the fold', () => {
    expect(times(weekly(14 * 60), LA, '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-07T22:00:00.000Z',
      '2026-03-08T21:00:00.000Z',
      '2026-03-09T21:00:00.000Z',
    ])
    expect(times(weekly(150), LA, '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T10:30:00.000Z',
      '2026-03-09T09:30:00.000Z',
    ])
    expect(times(weekly(90), LA, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T08:30:00.000Z',
      '2026-11-02T09:30:00.000Z',
    ])
    expect(times(weekly(30), 'America/Santiago', '2026-09-05T12:00:00Z', 2)).toEqual([
      '2026-09-06T04:30:00.000Z',
      '2026-09-07T03:30:00.000Z',
    ])
  })

  test('comes on its days alone', () => {
    const mondayAndFriday = 0b0100010
    expect(times(weekly(8 * 60, mondayAndFriday), 'America/Chicago', '2026-06-01T00:00:00Z', 3)).toEqual([
      '2026-06-01T13:00:00.000Z',
      '2026-06-05T13:00:00.000Z',
      '2026-06-08T13:00:00.000Z',
    ])
  })

  test('always has a next time, later than the one before and at most eight days ahead, once a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(LA, 'Europe/London', 'Australia/Lord_Howe', 'Asia/Gaza', 'America/Havana', 'UTC'),
        fc.integer({ min: 1, max: 127 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') }),
        (zone, days, minute, after) => {
          const first = nextAt(weekly(minute, days), zone, after)!
          const second = nextAt(weekly(minute, days), zone, first)!
          expect(first).toBeGreaterThan(after)
          expect(first - after).toBeLessThanOrEqual(7 * DAY_MS + 2 * HOUR_MS)
          expect(second - first).toBeGreaterThanOrEqual(DAY_MS - HOUR_MS)
        },
      ),
    )
  })
})

test('whatever comes in whatever order: it presses at most once, never after she said in time that she is well, and always in the end', () => {
  const event = fc.oneof(
    fc.constant(tick),
    fc.record({
      kind: fc.constant('well' as const),
      id: fc.constant('a'),
      round: fc.integer({ min: 1, max: 3 }),
      alert: fc.string(),
    }),
    fc.record({
      kind: fc.constant('extend' as const),
      id: fc.constant('a'),
      round: fc.constant(1),
      dueAt: fc.constantFrom(T + HOUR_MS, T + 2 * HOUR_MS),
      byMs: fc.constant(HOUR_MS),
    }),
    fc.record({
      kind: fc.constant('end' as const),
      id: fc.constant('a'),
      seen: fc.constantFrom('armed' as const, 'pressed' as const),
    }),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * HOUR_MS }), event), { maxLength: 12 }),
      (steps) => {
        const sorted = [...steps]
          .sort(([a], [b]) => a - b)
          .map(([at, one]) => [T + at, one] as [number, CheckInEvent])
        const { all, effects } = run([T, armed(undefined, { graceMs: MINUTE_MS })], ...sorted, [
          T + DAY_MS,
          tick,
        ])
        const presses = effects.filter(({ kind }) => kind === 'press')
        const spoken = sorted.some(([, one]) => one.kind === 'well' && one.round === 1)
        const ended = sorted.some(([, one]) => one.kind === 'end' && one.seen === 'armed')
        expect(presses.length).toBeLessThanOrEqual(1)
        if (presses.length === 0) expect(spoken || ended).toBe(true)
        if (all[0]!.stage === 'pressed') expect(presses).toHaveLength(1)
      },
    ),
  )
})
