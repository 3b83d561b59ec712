import { describe, expect, it } from 'vitest'
import { FALLBACK_HOTLINE, hotlineById, hotlineOrFallback, isVerified } from '../../src/content/hotline.ts'
import { areaOf } from '../../src/content/hotline-area.ts'
import { regions } from '../../src/content/regions.ts'

describe('a hotline', () => {
  it('is found by id, with its number as people read it', () => {
    expect(hotlineById('ca-santa-clara')).toMatchObject({ phone: '+14082901144', display: '(408) 290-1144' })
  })

  it('that the list does not have is null, and the fallback where one must be called', () => {
    for (const id of ['', 'nowhere', 'toString', '__proto__']) {
      expect(hotlineById(id)).toBeNull()
      expect(hotlineOrFallback(id).id).toBe(FALLBACK_HOTLINE)
      expect(areaOf(id).states).toEqual(['US'])
    }
  })

  it('of medium confidence is not verified, which the fallback is', () => {
    expect(isVerified(hotlineOrFallback(FALLBACK_HOTLINE))).toBe(false)
    expect(isVerified(hotlineOrFallback('ca-santa-clara'))).toBe(true)
  })
})

describe('the regions to pick from', () => {
  it('lead, each of them, to a line that serves that place', () => {
    for (const { state, areas } of regions('en')) {
      for (const { county, hotline } of areas) {
        const { states, counties } = areaOf(hotline)
        expect(states).toContain(state)
        if (county !== null) expect(counties).toContain(county)
      }
    }
  })

  it('hold every line, verified or not, and not the fallback', () => {
    const offered = new Set(regions('es').flatMap(({ areas }) => areas.map(({ hotline }) => hotline)))
    expect(offered.size).toBe(26)
    expect(offered.has('ca-alameda')).toBe(true)
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
