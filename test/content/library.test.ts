import { describe, expect, it } from 'vitest'
import { LIBRARY } from '../../src/content/library.ts'
import { afterEdit } from './files.ts'

/** The headings of the community page, in its order, each by what no other has. */
const COMMUNITY_PAGE = [
  [1, 'SCC Organizations Launch Rapid Response Hotline', 'rapid-response-hotline'],
  [2, 'SCC Rapid Response Network Training', 'rapid-responder-training'],
  [3, 'Bay Area Solidarity Network', 'solidarity-network'],
  [4, 'California Forbids U.S. Immigration Agents from Pretending to be Police', 'ab-1440'],
  [5, 'ILRC Family Preparedness Plan', 'family-preparedness-plan'],
  [6, 'Know Your Rights - ILRC Multi-language Red Cards', 'red-cards'],
  [7, 'Know Your Rights and What Immigrant Families Should Do Now', 'rights-families-now'],
  [8, 'Mobile apps for undocumented immigrants', 'mobile-apps'],
  [9, 'Multi-language Deportation & Detention Brochures', 'sfilen-brochures'],
  [10, 'Rapid Response Fund for Movement Building', 'rapid-response-fund'],
  [11, 'Report Highlights How Local Criminal Justice Policies Undercut', 'promise-of-sanctuary-cities'],
  [12, 'Stand up to ICE and stand for California values', 'sb-54'],
  [13, 'Bay Area families rush to make deportation-preparedness plans', 'families-make-plans'],
  [14, 'Child Migrant Return and Reintegration Project', 'kind-child-return'],
  [15, 'How will President Trump’s Executive Order affect refugees', 'refugees-executive-order'],
  [16, 'ICE-Raids-Educators-Guide', 'educators-guide'],
  [17, 'Muslim Advocates', 'border-questioning-report'],
  [18, '2016 California Laws for Immigrant Youth', 'ab-899-900'],
  [19, 'A Primer on Expedited Removal', 'expedited-removal-primer'],
  [20, 'Cities Vow to Fight Trump on Immigration', 'cities-vow'],
  [21, 'Digital Privacy at the U.S. Border', 'digital-privacy-border'],
  [22, 'Fast-Track Deportation Expansion', 'fast-track-expansion'],
  [23, 'Forms of Identification for Undocumented Immigrants', 'identification'],
  [24, 'Local Options for Protecting Immigrants', 'local-options'],
  [25, 'Mexican Consulate', 'mexican-consulate'],
  [26, 'Mexican government spends $250,000 in Sacramento', 'mexico-legal-defense'],
  [27, 'Refugee Phrasebooks - 16 Languages', 'phrasebooks'],
  [28, 'Sanctuary Policies: An Overview', 'sanctuary-overview'],
  [29, 'Searching for Sanctuary', 'searching-for-sanctuary'],
  [30, 'New CA law adds transparency', 'truth-act'],
] as const

describe('the library', () => {
  it('holds all thirty items of the community page, each once', () => {
    expect(COMMUNITY_PAGE).toHaveLength(30)
    expect(LIBRARY.flatMap(({ number }) => number ?? []).sort((a, b) => a - b)).toEqual(
      COMMUNITY_PAGE.map(([number]) => number),
    )
  })

  it.each(COMMUNITY_PAGE)('has as its item %i: %s', (number, _heading, id) => {
    expect(LIBRARY.find((entry) => entry.number === number)?.id).toBe(id)
  })

  it('says of what no longer stands what serves today, or that nothing was found', () => {
    for (const { id, standing, today } of LIBRARY) {
      if (standing === 'not-found' || standing === 'past')
        expect([id, today.en]).toEqual([
          id,
          expect.stringMatching(/not found|not looked up|Not found|Not checked|no page|not read|archived/),
        ])
    }
  })

  it('leads to no address of what was not found', () => {
    for (const { id, standing, url } of LIBRARY)
      if (standing === 'not-found') expect([id, url]).toEqual([id, null])
  })

  it('is refused with an entry that stands twice, or leads to what there is not', () => {
    expect(afterEdit(({ library }) => library.push({ ...library[0]!, number: null }))).toEqual([
      expect.stringMatching(/^library: \d+\.id: rapid-response-hotline: stands twice/),
    ])
    expect(afterEdit(({ library }) => library[3]!.sameAs.push('nothing'))).toEqual([
      'library: 3.sameAs.0: nothing: no such entry',
    ])
    expect(afterEdit(({ library }) => library[3]!.lines.push('nothing'))).toEqual([
      'library: 3.lines.0: nothing: no such line',
    ])
  })
})
