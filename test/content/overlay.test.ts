import { describe, expect, it } from 'vitest'
import type { Content } from '../../src/content/check.ts'
import { assembled, linesFor } from '../../src/content/lines.ts'
import { withOverlay } from '../../src/content/overlay.ts'
import type { Overlay, OverlayConsulate, OverlayLine, OverlayStep } from '../../src/content/overlay-schema.ts'
import { FILES, told } from './files.ts'

const OURS = FILES as Content
const both = (text: string) => ({ en: text, es: text })

const AUSTIN: OverlayLine = {
  id: 'tx-austin',
  name: 'Austin Rapid Response',
  phone: '+15125550134',
  confidence: 'high',
  kind: 'raid-report',
  runBy: 'community',
  states: ['TX'],
  counties: ['Travis'],
  area: both('Travis County'),
  hours: null,
  note: null,
  organisation: 'Austin Rapid Response',
  open: null,
  languages: ['es'],
  text: false,
  url: null,
  sourceDate: null,
  checked: '2026-11-01',
  sources: [{ url: 'https://example.org/', date: null }],
}
const overlay = (given: Partial<Overlay>): Overlay => ({ hide: [], lines: [], library: [], ...given })
const apply = (given: Partial<Overlay>) => withOverlay(OURS, overlay(given))
const linesOf = (content: Content) =>
  assembled(content.hotlines, content['hotline-areas'], content['hotline-details'], content['other-lines'])

/** The agency’s tip line, as people and machines write it. */
const SPELLINGS = [
  '+18663472423',
  '18663472423',
  '8663472423',
  '1-866-347-2423',
  '(866) 347-2423',
  '866.347.2423',
  '866 347 2423',
  '866-DHS-2-ICE',
  '1 866 dhs 2 ice',
  '８６６-３４７-２４２３',
  '٨٦٦٣٤٧٢٤٢٣',
  'tel:+1-866-347-2423;ext=1',
]

describe('an overlay', () => {
  it('that is empty changes nothing', () => {
    expect(apply({})).toEqual({ content: OURS, faults: [] })
  })

  it('adds a line, which is the nearest where it serves', () => {
    const { content, faults } = apply({ lines: [AUSTIN] })
    expect(told(faults)).toEqual([])
    const lines = linesOf(content)
    const travis = { state: 'TX', county: { fips: '48453', name: 'Travis' } }
    expect(linesFor(travis, lines)[0]).toMatchObject({ id: 'tx-austin', display: '(512) 555-0134' })
    expect(linesFor({ ...travis, county: null }, lines)[0]?.id).toBe('us-migrawatch')
    expect(content['hotline-sources']['tx-austin']).toEqual(AUSTIN.sources)
    expect(OURS.hotlines.some(({ id }) => id === 'tx-austin')).toBe(false)
  })

  it('replaces a line of ours in its place, and an entry of the library', () => {
    const entry = OURS.library.find(({ id }) => id === 'rapid-responder-training')!
    const { number: _, ...rest } = entry
    const { content, faults } = apply({
      lines: [{ ...AUSTIN, id: 'ca-marin', states: ['CA'], counties: ['Marin'] }],
      library: [
        {
          ...rest,
          today: both('Every first Monday.'),
          sources: [{ url: 'https://example.org/', date: null }],
        },
      ],
    })
    expect(told(faults)).toEqual([])
    const place = OURS.hotlines.findIndex(({ id }) => id === 'ca-marin')
    expect(content.hotlines[place]).toEqual({
      id: 'ca-marin',
      name: AUSTIN.name,
      phone: AUSTIN.phone,
      confidence: 'high',
    })
    expect(content.hotlines).toHaveLength(OURS.hotlines.length)
    expect(content.library[1]).toMatchObject({ number: 2, today: { en: 'Every first Monday.' } })
  })

  it('may turn a line of ours into one of another kind', () => {
    const { content, faults } = apply({ lines: [{ ...AUSTIN, id: 'ca-marin', kind: 'legal-help' }] })
    expect(told(faults)).toEqual([])
    expect(content.hotlines.some(({ id }) => id === 'ca-marin')).toBe(false)
    expect(content['other-lines'].at(-1)?.id).toBe('ca-marin')
  })

  it('hides lines and entries, and nothing leads to them any more', () => {
    const { content, faults } = apply({ hide: ['ca-santa-clara', 'red-cards', 'ny-ona'] })
    expect(told(faults)).toEqual([])
    expect(JSON.stringify(linesOf(content))).not.toContain('290-1144')
    const ids = content.library.flatMap(({ id, sameAs, lines }) => [id, ...sameAs, ...lines])
    expect(ids).not.toContain('red-cards')
    expect(ids).not.toContain('ca-santa-clara')
    expect(content.library).toHaveLength(OURS.library.length - 1)
  })

  it('may hide the fallback only if it gives another of that id', () => {
    expect(told(apply({ hide: ['us-migrawatch'] }).faults)).toEqual([
      'overlay: the fallback us-migrawatch is missing (with the overlay, in hotlines)',
    ])
    expect(
      told(apply({ lines: [{ ...AUSTIN, id: 'us-migrawatch', states: ['US'], counties: [] }] }).faults),
    ).toEqual([])
  })

  it.each(
    SPELLINGS,
  )('is refused with the agency’s tip line as %j, as a number and in any text', (written) => {
    expect(SPELLINGS).toHaveLength(12)
    for (const line of [
      { ...AUSTIN, phone: written },
      { ...AUSTIN, note: both(`Or call ${written}.`) },
      { ...AUSTIN, name: `Help ${written}` },
    ]) {
      const { content, faults } = apply({ lines: [line] })
      expect(told(faults).some((fault) => /^overlay: lines\.0\..*block list/.test(fault))).toBe(true)
      expect(content).toBe(OURS)
    }
  })

  it('is refused with the mistake in its own file', () => {
    expect(told(apply({ lines: [{ ...AUSTIN, counties: ['Marin'] }] }).faults)).toEqual([
      'overlay: lines.0.counties.0: Marin is no county of TX (with the overlay, in hotline-areas)',
    ])
    expect(told(apply({ lines: [{ ...AUSTIN, confidence: 'low' }] }).faults)).toEqual([
      expect.stringMatching(/^overlay: lines\.0\.confidence: of low confidence/),
    ])
    expect(told(apply({ lines: [AUSTIN, { ...AUSTIN, id: 'tx-other' }] }).faults)).toEqual([
      'overlay: lines.1.phone: +15125550134: stands twice',
    ])
    expect(told(apply({ lines: [{ ...AUSTIN, phone: '+14082901144' }] }).faults)).toEqual([
      expect.stringMatching(/^overlay: .*stands twice/),
    ])
    expect(told(apply({ hide: ['nothing'] }).faults)).toEqual([
      'overlay: hide.0: nothing: there is nothing of that id to hide',
    ])
    expect(told(apply({ hide: ['ca-marin'], lines: [{ ...AUSTIN, id: 'ca-marin' }] }).faults)).toEqual([
      'overlay: hide.0: ca-marin: both hidden and replaced',
    ])
  })

  const STEP: OverlayStep = {
    ...OURS['next-steps'].steps.find(({ id }) => id === 'lawyer')!,
    text: both('Call the legal aid office of the county.'),
    sources: [{ url: 'https://example.org/', date: null }],
  }
  const CONSULATE: OverlayConsulate = {
    ...OURS.consulates.consulates[0]!,
    id: 'sv-austin',
    country: 'SV',
    countryName: null,
    name: 'Consulado de El Salvador',
    phone: '+15125550135',
    sources: [{ url: 'https://example.org/', date: null }],
  }

  it('replaces, adds and hides next steps, each in its place', () => {
    const { content, faults } = apply({
      hide: ['visit-safety'],
      steps: [STEP, { ...STEP, id: 'county-fund', title: both('Ask the county’s fund') }],
    })
    expect(told(faults)).toEqual([])
    const { steps } = content['next-steps']
    const ours = OURS['next-steps'].steps
    expect(steps).toHaveLength(ours.length)
    expect(steps.findIndex(({ id }) => id === 'lawyer')).toBe(ours.findIndex(({ id }) => id === 'lawyer'))
    expect(steps.find(({ id }) => id === 'lawyer')?.text.en).toBe('Call the legal aid office of the county.')
    expect(steps.at(-1)?.id).toBe('county-fund')
    expect(steps.some(({ id }) => id === 'visit-safety')).toBe(false)
    expect(content['next-steps-sources']['county-fund']).toEqual(STEP.sources)
    expect(content['next-steps-sources']['visit-safety']).toBeUndefined()
  })

  it('gives a country a number that had none, and one whose numbers are hidden has none', () => {
    const { content, faults } = apply({
      hide: ['mx-ciam'],
      consulates: [
        CONSULATE,
        { ...CONSULATE, id: 'ec-austin', country: 'EC', countryName: both('Ecuador'), phone: '+15125550136' },
      ],
    })
    expect(told(faults)).toEqual([])
    const { countries, withoutNumber, consulates } = content.consulates
    expect(Object.keys(countries)).toEqual(expect.arrayContaining(['SV', 'EC']))
    expect(Object.keys(withoutNumber)).toEqual(['MX'])
    expect(consulates.slice(-2).map(({ id }) => id)).toEqual(['sv-austin', 'ec-austin'])
    expect(told(apply({ consulates: [{ ...CONSULATE, country: 'EC' }] }).faults)).toEqual([
      'overlay: consulates.0.country: sv-austin: EC has no name (with the overlay, in consulates)',
    ])
  })

  it('is refused with a blocked number in a step or a consulate, and with the mistake in its own file', () => {
    for (const given of [
      { steps: [{ ...STEP, warning: both('Or call 866-DHS-2-ICE.') }] },
      { consulates: [{ ...CONSULATE, phone: '+18663472423' }] },
    ])
      expect(told(apply(given).faults)[0]).toMatch(/^overlay: (steps|consulates)\.0\..*block list/)
    expect(told(apply({ consulates: [CONSULATE, { ...CONSULATE, id: 'sv-other' }] }).faults)).toEqual([
      'overlay: consulates.1.phone: +15125550135: stands twice',
    ])
    expect(told(apply({ steps: [{ ...STEP, roles: [] }] }).faults)).toEqual([
      expect.stringMatching(/^overlay: steps\.0\.roles: /),
    ])
    expect(told(apply({ consulates: [{ ...CONSULATE, phone: '+15206237874' }] }).faults)).toEqual([
      expect.stringMatching(/^overlay: consulates\.0\.phone: .*stands twice/),
    ])
  })

  it('is refused when it has not the shape of one', () => {
    for (const data of [null, [], {}, { ...overlay({}), more: 1 }, overlay({ lines: [{}] as never })]) {
      expect(withOverlay(OURS, data).faults).not.toEqual([])
    }
  })
})
