import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAfter, instantOf, isDay, isZone, weekdayOf } from '../../src/server/vault/wall-clock.ts'

const HOUR_MS = 3_600_000
const at = (zone: string, day: [number, number, number], time: string): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const [year, month, date] = day
  return new Date(instantOf(zone, { year, month, day: date }, hour * 60 + minute)).toISOString()
}

describe('a time on the wall', () => {
  test.each([
    ['America/Los_Angeles', [2026, 3, 7], '14:00', '2026-03-07T22:00:00.000Z'],
    ['America/Los_Angeles', [2026, 3, 8], '14:00', '2026-03-08T21:00:00.000Z'],
    ['America/Los_Angeles', [2026, 10, 31], '14:00', '2026-10-31T21:00:00.000Z'],
    ['America/Los_Angeles', [2026, 11, 1], '14:00', '2026-11-01T22:00:00.000Z'],
    ['America/New_York', [2026, 3, 8], '00:30', '2026-03-08T05:30:00.000Z'],
    ['America/Phoenix', [2026, 7, 1], '14:00', '2026-07-01T21:00:00.000Z'],
    ['Europe/Berlin', [2026, 3, 29], '12:00', '2026-03-29T10:00:00.000Z'],
    ['Australia/Lord_Howe', [2026, 12, 1], '12:00', '2026-12-01T01:00:00.000Z'],
    ['Asia/Kathmandu', [2026, 5, 5], '00:00', '2026-05-04T18:15:00.000Z'],
    ['Pacific/Apia', [2026, 1, 1], '08:00', '2025-12-31T19:00:00.000Z'],
  ] as const)('in %s on %j at %s is the instant that its clocks show', (zone, day, time, instant) => {
    expect(at(zone, [...day], time)).toBe(instant)
  })

  test.each([
    ['America/Los_Angeles', [2026, 3, 8], '02:30', '2026-03-08T10:30:00.000Z'],
    ['Europe/Berlin', [2026, 3, 29], '02:30', '2026-03-29T01:30:00.000Z'],
    ['America/Santiago', [2026, 9, 6], '00:30', '2026-09-06T04:30:00.000Z'],
    ['Australia/Lord_Howe', [2026, 10, 4], '02:15', '2026-10-03T15:45:00.000Z'],
  ] as const)('that the change to summer leaves out in %s on %j at %s lies as far behind the change', (zone, day, time, instant) => {
    expect(at(zone, [...day], time)).toBe(instant)
  })

  test.each([
    ['America/Los_Angeles', [2026, 11, 1], '01:30', '2026-11-01T08:30:00.000Z'],
    ['Europe/Berlin', [2026, 10, 25], '02:30', '2026-10-25T00:30:00.000Z'],
    ['America/Santiago', [2026, 4, 4], '23:30', '2026-04-05T02:30:00.000Z'],
    ['Australia/Lord_Howe', [2026, 4, 5], '01:45', '2026-04-04T14:45:00.000Z'],
  ] as const)('that comes twice in %s on %j at %s is its first', (zone, day, time, instant) => {
    expect(at(zone, [...day], time)).toBe(instant)
  })

  test('is shown by a clock of that zone at that instant, unless the zone leaves it out', () => {
    const zones = [
      'America/Chicago',
      'America/St_Johns',
      'Europe/Lisbon',
      'Africa/Casablanca',
      'Asia/Manila',
      'UTC',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 1_439 }),
        (zone, days, minute) => {
          const day = dayAfter({ year: 2025, month: 1, day: 1 }, days)
          const instant = instantOf(zone, day, minute)
          const shown = new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
          })
          const [hour, min] = shown.format(instant).split(':').map(Number)
          const difference = (hour! * 60 + min! - minute + 1_440) % 1_440
          // Where clocks change by an hour, a time that does not exist is shown an hour later.
          expect([0, 60]).toContain(difference)
          if (difference === 60) {
            const before = shown
              .format(instant - HOUR_MS)
              .split(':')
              .map(Number)
            expect((before[0]! * 60 + before[1]! - minute + 1_440) % 1_440).not.toBe(0)
          }
        },
      ),
    )
  })
})

test('a zone is one that the engine knows', () => {
  for (const zone of ['America/Los_Angeles', 'UTC', 'Asia/Ho_Chi_Minh']) expect(isZone(zone)).toBe(true)
  for (const zone of ['America/Nowhere', 'x', '']) expect(isZone(zone)).toBe(false)
})

test('a day is one that the calendar has', () => {
  expect(isDay({ year: 2028, month: 2, day: 29 })).toBe(true)
  expect(isDay({ year: 2026, month: 2, day: 29 })).toBe(false)
  expect(isDay({ year: 2026, month: 4, day: 31 })).toBe(false)
  expect(weekdayOf({ year: 2026, month: 3, day: 8 })).toBe(0)
})
