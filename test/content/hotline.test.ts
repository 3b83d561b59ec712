import { describe, expect, it } from 'vitest'
import {
  FALLBACK_HOTLINE,
  hotlineById,
  hotlineOrFallback,
  hotlinesFor,
  isVerified,
  regions,
} from '../../src/content/hotline.ts'

const idsFor = (state: string, county: string | null): string[] =>
  hotlinesFor(state, county).map(({ id }) => id)

describe('a hotline', () => {
  it('is found by id, with its number as people read it', () => {
    expect(hotlineById('ca-santa-clara')).toMatchObject({ phone: '+14082901144', display: '(408) 290-1144' })
  })

  it('that the list does not have is null, and the fallback where one must be called', () => {
    for (const id of ['', 'nowhere', 'toString', '__proto__']) {
      expect(hotlineById(id)).toBeNull()
      expect(hotlineOrFallback(id).id).toBe(FALLBACK_HOTLINE)
    }
  })

  it('of medium confidence is not verified, which the fallback is', () => {
    expect(isVerified(hotlineOrFallback(FALLBACK_HOTLINE))).toBe(false)
    expect(isVerified(hotlineOrFallback('ca-santa-clara'))).toBe(true)
  })
})

describe('the hotlines for a place', () => {
  it('are the county’s first and the fallback last', () => {
    expect(idsFor('CA', 'Santa Clara')).toEqual(['ca-santa-clara', FALLBACK_HOTLINE])
    expect(idsFor('CA', 'Ventura')).toEqual(['ca-805', FALLBACK_HOTLINE])
  })

  it.each([
    'santa clara',
    'SANTA CLARA COUNTY',
    ' Santa Clara County ',
    'Condado de Santa Clara',
  ])('do not depend on how the county is written: %j', (county) => {
    expect(idsFor('CA', county)).toEqual(['ca-santa-clara', FALLBACK_HOTLINE])
  })

  it('are the state’s where no county is known, and never those of another county', () => {
    expect(idsFor('OR', null)).toEqual(['or-pirc', FALLBACK_HOTLINE])
    expect(idsFor('OR', 'Multnomah')).toEqual(['or-pirc', FALLBACK_HOTLINE])
    expect(idsFor('CA', null)).toEqual([FALLBACK_HOTLINE])
    expect(idsFor('CA', 'Alpine')).toEqual([FALLBACK_HOTLINE])
  })

  it('are the fallback alone elsewhere, also for its own "state"', () => {
    expect(idsFor('TX', 'Travis')).toEqual([FALLBACK_HOTLINE])
    expect(idsFor('US', null)).toEqual([FALLBACK_HOTLINE])
    expect(idsFor('', '')).toEqual([FALLBACK_HOTLINE])
  })
})

describe('the regions to pick from', () => {
  it('lead, each of them, to a verified line that serves that place', () => {
    for (const { state, areas } of regions('en')) {
      for (const { county, hotline } of areas) {
        expect(isVerified(hotlineOrFallback(hotline))).toBe(true)
        expect(idsFor(state, county)).toContain(hotline)
      }
    }
  })

  it('hold every verified line, and not the fallback', () => {
    const offered = new Set(regions('es').flatMap(({ areas }) => areas.map(({ hotline }) => hotline)))
    expect(offered.size).toBe(16)
    expect(offered.has(FALLBACK_HOTLINE)).toBe(false)
  })

  it('are sorted by name in the language asked for', () => {
    const names = regions('es').map(({ name }) => name.es)
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'es')))
    expect(names).toContain('Oregón')
    const counties =
      regions('en')
        .find(({ state }) => state === 'CA')
        ?.areas.map(({ county }) => county) ?? []
    expect(counties).toEqual([...counties].sort())
    expect(counties).toContain('Santa Clara')
  })
})
