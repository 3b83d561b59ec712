import { describe, expect, it } from 'vitest'
import { FALLBACK_HOTLINE } from '../../src/content/hotline.ts'
import { LINES, linesFor, nearestLine, reachableFromAbroad } from '../../src/content/lines.ts'
import { countiesOf, type Place, placeOf, statesFor } from '../../src/content/places.ts'

const at = (state: string, name: string | null): Place => ({
  state,
  county: name === null ? null : (countiesOf(state).find((county) => county.name === name) ?? null),
})
const toCall = (place: Place | null): string[] =>
  linesFor(place)
    .filter(({ kind }) => kind === 'raid-report')
    .map(({ id }) => id)

describe('the lines to call in an alert', () => {
  it('are the county’s first, and the national one last', () => {
    expect(toCall(at('CA', 'Santa Clara'))).toEqual(['ca-santa-clara', FALLBACK_HOTLINE])
    expect(toCall(at('CA', 'Ventura'))).toEqual(['ca-805', FALLBACK_HOTLINE])
    expect(toCall(at('CA', 'Alameda'))).toEqual(['ca-alameda', FALLBACK_HOTLINE])
  })

  it('are, of two in one county, the more certain first', () => {
    expect(toCall(at('CA', 'Kern'))).toEqual(['ca-central-valley', 'ca-kern', FALLBACK_HOTLINE])
    expect(toCall(at('CA', 'Los Angeles'))).toEqual(['ca-los-angeles', 'ca-long-beach', FALLBACK_HOTLINE])
  })

  it('are the state’s where no county is known or the county has none, never another county’s', () => {
    expect(toCall(at('OR', null))).toEqual(['or-pirc', FALLBACK_HOTLINE])
    expect(toCall(at('OR', 'Multnomah'))).toEqual(['or-pirc', FALLBACK_HOTLINE])
    expect(toCall(at('CA', null))).toEqual([FALLBACK_HOTLINE])
    expect(toCall(at('CA', 'Alpine'))).toEqual([FALLBACK_HOTLINE])
  })

  it('are the national one alone elsewhere and nowhere, also for a state of its own name', () => {
    expect(toCall(at('TX', 'Travis'))).toEqual([FALLBACK_HOTLINE])
    expect(toCall(at('US', null))).toEqual([FALLBACK_HOTLINE])
    expect(toCall(at('', ''))).toEqual([FALLBACK_HOTLINE])
    expect(toCall(null)).toEqual([FALLBACK_HOTLINE])
  })

  it('come before every other line, so that nobody calls legal help in a raid', () => {
    for (const { state } of statesFor('en')) {
      for (const county of [null, ...countiesOf(state)]) {
        expect(nearestLine({ state, county }).kind).toBe('raid-report')
      }
    }
  })
})

describe('all lines for a place', () => {
  it('hold legal help there, and what serves the whole country', () => {
    const ids = linesFor(at('NY', 'Kings')).map(({ id }) => id)
    expect(ids).toEqual([
      FALLBACK_HOTLINE,
      'ny-nyc-moia',
      'ny-legalaid',
      'ny-ona',
      'us-ice-dril',
      'us-eoir-acis',
      'us-orr-parents',
    ])
  })

  it('say of the agencies’ own lines who answers', () => {
    for (const { id, kind, runBy, note } of LINES) {
      if (kind === 'find-person') expect([id, runBy]).toEqual([id, 'immigration'])
      if (runBy === 'immigration') expect(note?.en).toMatch(/ICE itself|courts|government/)
    }
  })
})

describe('a call from abroad', () => {
  it.each([
    ['+18886221510', false],
    ['+18005667636', false],
    ['+18443631423', false],
    ['+14082901144', true],
    ['+18312394289', true],
    ['+18058708855', true],
  ])('to %s gets through: %s', (phone, reaches) => {
    expect(reachableFromAbroad({ phone })).toBe(reaches)
  })
})

describe('the counties by name', () => {
  it('are all of them, each with the number of the Census Bureau', () => {
    const all = statesFor('en').flatMap(({ state }) => countiesOf(state))
    expect(new Set(all.map(({ fips }) => fips)).size).toBe(all.length)
    expect(all.length).toBe(3231)
    expect(countiesOf('CA')).toHaveLength(58)
    expect(countiesOf('CA').find(({ name }) => name === 'Santa Clara')?.fips).toBe('06085')
    expect(countiesOf('FL').find(({ name }) => name === 'Miami-Dade')?.fips).toBe('12086')
    expect(countiesOf('TX')).toHaveLength(254)
    expect(countiesOf('XX')).toEqual([])
    expect(countiesOf('toString')).toEqual([])
  })

  it('are found by their five digits', () => {
    expect(placeOf('06085')).toEqual({ state: 'CA', county: { fips: '06085', name: 'Santa Clara' } })
    expect(placeOf('36047')).toEqual({ state: 'NY', county: { fips: '36047', name: 'Kings' } })
    expect(placeOf('06999')).toBeNull()
    expect(placeOf('')).toBeNull()
  })
})
