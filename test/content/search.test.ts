import { describe, expect, it } from 'vitest'
import { LIBRARY } from '../../src/content/library.ts'
import { LINES } from '../../src/content/lines.ts'
import { makeSearch } from '../../src/content/search.ts'

const english = makeSearch('en')
const spanish = makeSearch('es')

describe('in English', () => {
  it.each([
    ['red card', 'red-cards'],
    ['red crads', 'red-cards'],
    ['know your rights', 'red-cards'],
    ['kyr', 'red-cards'],
    ['phrasebook', 'phrasebooks'],
    ['frasebook', 'phrasebooks'],
    ['find a detained person', 'detainee-locator'],
    ['locater', 'detainee-locator'],
    ['a-number', 'detainee-locator'],
    ['court date', 'court-case-status'],
    ['free lawyer', 'legal-services-directory'],
    ['free lawer', 'legal-services-directory'],
    ['family plan', 'family-preparedness-plan'],
    ['famly preparednes', 'family-preparedness-plan'],
    ['volunteer training', 'rapid-responder-training'],
    ['phone border', 'digital-privacy-border'],
    ['eff', 'digital-privacy-border'],
    ['expedited removal', 'expedited-removal-primer'],
    ['expedeted removel', 'expedited-removal-primer'],
    ['grant', 'rapid-response-fund'],
    ['municipal id', 'identification'],
    ['school', 'educators-guide'],
    ['reunification', 'kind-child-return'],
    ['mexican consulate', 'mexican-consulate'],
    ['sb 54', 'sb-54'],
    ['ab 1440', 'ab-1440'],
    ['truth act', 'truth-act'],
    ['caregiver affidavit', 'california-courts-family'],
    ['custody', 'children-custody-guide'],
    ['muslim', 'border-questioning-report'],
    ['san mateo', 'line:ca-san-mateo'],
    ['san matteo hotline', 'line:ca-san-mateo'],
    ['oakland alameda', 'line:ca-alameda'],
    ['waisn', 'line:wa-waisn'],
    ['408 290 1144', 'line:ca-santa-clara'],
    ['colorado', 'line:co-corrn'],
  ])('%j brings first %s', (query, first) => {
    expect(english.find(query)[0]?.id).toBe(first)
  })
})

describe('in Spanish', () => {
  it.each([
    ['tarjeta roja', 'red-cards'],
    ['targeta roja', 'red-cards'],
    ['conoce tus derechos', 'red-cards'],
    ['libro de frases', 'phrasebooks'],
    ['vocabulario', 'phrasebooks'],
    ['bocabulario', 'phrasebooks'],
    ['dónde está el detenido', 'detainee-locator'],
    ['donde esta detenido', 'detainee-locator'],
    ['número a', 'detainee-locator'],
    ['localisador', 'detainee-locator'],
    ['fecha de corte', 'court-case-status'],
    ['abogado gratis', 'legal-services-directory'],
    ['avogado gratis', 'legal-services-directory'],
    ['plan familiar', 'family-preparedness-plan'],
    ['preparacion familiar', 'family-preparedness-plan'],
    ['preparación familiar', 'family-preparedness-plan'],
    ['voluntarios', 'rapid-responder-training'],
    ['capacitacion', 'rapid-responder-training'],
    ['teléfono frontera', 'digital-privacy-border'],
    ['celular', 'digital-privacy-border'],
    ['deportacion acelerada', 'expedited-removal-primer'],
    ['subvención', 'rapid-response-fund'],
    ['credencial municipal', 'identification'],
    ['matrícula consular', 'mexican-consulate'],
    ['maestra', 'educators-guide'],
    ['reunificacion', 'kind-child-return'],
    ['consulado de mexico', 'mexican-consulate'],
    ['custodia', 'children-custody-guide'],
    ['declaración del cuidador', 'california-courts-family'],
    ['san francisco', 'line:ca-san-francisco'],
    ['los angeles', 'line:ca-los-angeles'],
    ['los ángeles', 'line:ca-los-angeles'],
    ['oregon', 'line:or-pirc'],
    ['carolina del norte', 'line:nc-durham'],
  ])('%j brings first %s', (query, first) => {
    expect(spanish.find(query)[0]?.id).toBe(first)
  })
})

describe('the search', () => {
  it('finds nothing for what nothing is like', () => {
    expect(english.find('xylophone')).toEqual([])
    expect(spanish.find('zzzzqq')).toEqual([])
  })

  it('gives everything for an empty query, and whatever has some of the words where nothing has all', () => {
    expect(english.find('  ')).toHaveLength(LIBRARY.length + LINES.length)
    expect(english.find('phrasebook xylophone')[0]?.id).toBe('phrasebooks')
  })

  it('filters by topic, kind, language and region, alone and together', () => {
    const ids = (filters: Parameters<typeof english.find>[1], query = '') =>
      english.find(query, filters).map(({ id }) => id)
    expect(ids({ topic: 'privacy' }).sort()).toEqual(['border-questioning-report', 'digital-privacy-border'])
    expect(ids({ kind: 'law' }).sort()).toEqual(['ab-1440', 'ab-899-900', 'sb-54', 'truth-act'])
    expect(ids({ language: 'hmn' }).sort()).toEqual(['phrasebooks', 'red-cards'])
    expect(ids({ state: 'OR', kind: 'hotline' })).toEqual(
      expect.arrayContaining(['line:or-pirc', 'line:or-sanctuary-promise', 'line:us-migrawatch']),
    )
    expect(ids({ state: 'OR' })).not.toContain('ab-1440')
    expect(ids({ state: 'OR', topic: 'rights' })).toContain('red-cards')
    expect(ids({ state: 'CA', kind: 'law' }, 'police')).toContain('ab-1440')
  })

  it('finds by the page’s own names of topics and kinds', () => {
    const named = makeSearch('es', {
      topic: (topic) => (topic === 'privacy' ? 'Intimidad' : topic),
      kind: (kind) => (kind === 'fund' ? 'Beneficencia' : kind),
    })
    expect(named.find('intimidad')[0]?.id).toMatch(/border/)
    expect(named.find('beneficencia')[0]?.id).toBe('rapid-response-fund')
  })
})
