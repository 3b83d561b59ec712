import { describe, expect, it } from 'vitest'
import { isFederalHoliday } from '../../src/content/federal-holidays.ts'
import type { OpenHours } from '../../src/content/hotline-schema.ts'
import { lineById } from '../../src/content/lines.ts'
import { openState } from '../../src/content/open-hours.ts'

const at = (instant: string): number => Date.parse(instant)
const tell = (hours: OpenHours | 'always' | null, instant: string) => {
  const { open, until } = openState(hours, at(instant))
  return [open, until === null ? null : new Date(until).toISOString()]
}
const hours = (zone: string, from: string, to: string, days = 'mon tue wed thu fri'): OpenHours => ({
  zone,
  spans: [{ days: days.split(' ') as OpenHours['spans'][number]['days'], from, to }],
  closedOnHolidays: false,
})
const EVERY = 'mon tue wed thu fri sat sun'

describe('a line', () => {
  it('is open in its own zone’s hours, whatever the caller’s', () => {
    const seattle = hours('America/Los_Angeles', '06:00', '18:00')
    expect(tell(seattle, '2026-11-24T13:59:59Z')).toEqual([false, '2026-11-24T14:00:00.000Z'])
    expect(tell(seattle, '2026-11-24T14:00:00Z')).toEqual([true, '2026-11-25T02:00:00.000Z'])
    expect(tell(seattle, '2026-11-25T01:59:59Z')).toEqual([true, '2026-11-25T02:00:00.000Z'])
    expect(tell(seattle, '2026-11-25T02:00:00Z')).toEqual([false, '2026-11-25T14:00:00.000Z'])
  })

  it('that is closed at the weekend opens on Monday', () => {
    expect(tell(hours('America/New_York', '09:00', '18:00'), '2026-11-28T17:00:00Z')).toEqual([
      false,
      '2026-11-30T14:00:00.000Z',
    ])
  })

  it('that is open past midnight is so into the next day, and closes then', () => {
    const night = hours('America/Denver', '20:00', '04:00', 'fri')
    expect(tell(night, '2026-11-28T06:30:00Z')).toEqual([true, '2026-11-28T11:00:00.000Z'])
    expect(tell(night, '2026-11-28T11:00:00Z')).toEqual([false, '2026-12-05T03:00:00.000Z'])
    expect(tell(night, '2026-11-28T02:59:00Z')).toEqual([false, '2026-11-28T03:00:00.000Z'])
  })

  it('that hands over at midnight is not said to close then', () => {
    const two: OpenHours = {
      zone: 'America/Chicago',
      spans: [
        { days: ['mon'], from: '18:00', to: '00:00' },
        { days: ['tue'], from: '00:00', to: '08:00' },
      ],
      closedOnHolidays: false,
    }
    expect(tell(two, '2026-11-24T05:00:00Z')).toEqual([true, '2026-11-24T14:00:00.000Z'])
  })

  it('keeps its hours on the wall when the clocks go forward and back', () => {
    const daily = hours('America/Los_Angeles', '06:00', '18:00', EVERY)
    // 8 March and 1 November 2026, in the night to Sunday.
    expect(tell(daily, '2026-03-07T20:00:00Z')).toEqual([true, '2026-03-08T02:00:00.000Z'])
    expect(tell(daily, '2026-03-08T12:00:00Z')).toEqual([false, '2026-03-08T13:00:00.000Z'])
    expect(tell(daily, '2026-03-08T13:00:00Z')).toEqual([true, '2026-03-09T01:00:00.000Z'])
    expect(tell(daily, '2026-11-01T13:30:00Z')).toEqual([false, '2026-11-01T14:00:00.000Z'])
    expect(tell(daily, '2026-11-01T14:00:00Z')).toEqual([true, '2026-11-02T02:00:00.000Z'])
  })

  it('whose hour does not exist in that night opens when the clock has jumped over it', () => {
    const early = hours('America/Los_Angeles', '02:30', '05:00', EVERY)
    const { open, until } = openState(early, at('2026-03-08T09:00:00Z'))
    expect(open).toBe(false)
    expect([at('2026-03-08T09:30:00Z'), at('2026-03-08T10:30:00Z')]).toContain(until)
    expect(openState(early, at('2026-03-08T11:00:00Z')).open).toBe(true)
  })

  it('where the clocks never change is right in summer and winter', () => {
    const phoenix = hours('America/Phoenix', '08:00', '17:00')
    expect(tell(phoenix, '2026-07-01T15:00:00Z')[0]).toBe(true)
    expect(tell(phoenix, '2026-12-01T15:00:00Z')[0]).toBe(true)
    expect(tell(phoenix, '2026-07-01T14:59:00Z')[0]).toBe(false)
  })

  it('of which nobody says when is neither open nor closed; one that is always open never changes', () => {
    expect(tell(null, '2026-11-24T14:00:00Z')).toEqual([null, null])
    expect(tell('always', '2026-11-24T14:00:00Z')).toEqual([true, null])
    expect(tell(hours('America/Denver', '00:00', '00:00', EVERY), '2026-11-24T14:00:00Z')).toEqual([
      true,
      null,
    ])
  })

  it('of an office that keeps the federal holidays is closed on them', () => {
    const ice = lineById('us-ice-dril')!.open
    expect(tell(ice, '2026-11-25T15:00:00Z')).toEqual([true, '2026-11-26T01:00:00.000Z'])
    // Thanksgiving.
    expect(tell(ice, '2026-11-26T15:00:00Z')).toEqual([false, '2026-11-27T13:00:00.000Z'])
  })
})

describe('the federal holidays', () => {
  it('of 2026 and 2027 are those of the calendar', () => {
    const found: string[] = []
    for (let day = at('2026-01-01T00:00:00Z'); day < at('2028-01-01T00:00:00Z'); day += 86_400_000) {
      const date = new Date(day)
      if (isFederalHoliday(date) && date.getUTCDay() % 6 !== 0) found.push(date.toISOString().slice(0, 10))
    }
    expect(found).toEqual([
      '2026-01-01',
      '2026-01-19',
      '2026-02-16',
      '2026-05-25',
      '2026-06-19',
      '2026-07-03',
      '2026-09-07',
      '2026-10-12',
      '2026-11-11',
      '2026-11-26',
      '2026-12-25',
      '2027-01-01',
      '2027-01-18',
      '2027-02-15',
      '2027-05-31',
      '2027-06-18',
      '2027-07-05',
      '2027-09-06',
      '2027-10-11',
      '2027-11-11',
      '2027-11-25',
      '2027-12-24',
      '2027-12-31',
    ])
  })
})
