import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type ContentFiles, contentFaults, notCheckedLately } from '../../src/content/check.ts'
import type { Hotline, HotlineDetailsFile, HotlineFile } from '../../src/content/hotline-schema.ts'

const read = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../src/content/${name}.json`, import.meta.url), 'utf8'))

const FILES: ContentFiles = {
  hotlines: read('hotlines'),
  hotlineDetails: read('hotline-details'),
  hotlineSources: read('hotline-sources'),
  blockList: read('block-list'),
  firstSteps: { ...read('first-steps'), ...read('scams') },
  firstStepsSources: read('first-steps-sources'),
  rights: read('rights'),
  rightsSources: read('rights-sources'),
}
const LIST = FILES.hotlines as HotlineFile
const DETAILS = FILES.hotlineDetails as HotlineDetailsFile

/** The faults after one change to the list of hotlines. */
const afterEdit = (edit: (list: HotlineFile) => void): string[] => {
  const hotlines = structuredClone(LIST)
  edit(hotlines)
  return contentFaults({ ...FILES, hotlines })
}
const first = (list: HotlineFile): Hotline => list.hotlines[0]!

describe('the content as it ships', () => {
  // A warning and no test: an old list must not stop a build.
  afterAll(() => {
    const stale = notCheckedLately(DETAILS, Date.now())
    if (stale.length > 0) console.warn(`Hotlines to dial again:\n${stale.join('\n')}`)
  })

  it('has no fault', () => {
    expect(contentFaults(FILES)).toEqual([])
  })

  it('keeps what a phone loads of the hotlines below 2 kB', () => {
    expect(gzipSync(JSON.stringify(LIST), { level: 9 }).length).toBeLessThan(2048)
  })

  it('says of no line that it is always open unless its hours say 24 hours', () => {
    for (const { alwaysOpen, hours } of LIST.hotlines) {
      if (alwaysOpen) expect(hours?.en).toMatch(/24 hours/)
    }
  })
})

describe('a host’s edit', () => {
  it('is refused with the agency’s own tip line, whatever its name', () => {
    expect(afterEdit((list) => (first(list).phone = '+18663472423'))).toEqual([
      expect.stringMatching(/ca-santa-clara: its number is on the block list/),
    ])
  })

  it('is refused with an id or a number that stands twice', () => {
    expect(afterEdit((list) => list.hotlines.push({ ...first(list), phone: '+14085550100' }))).toEqual([
      'hotlines: ca-santa-clara: stands twice',
    ])
    expect(afterEdit((list) => (list.hotlines[1]!.phone = first(list).phone))).toEqual([
      'hotlines: +14082901144: stands twice',
    ])
  })

  it.each([
    '4082901144',
    '+1408290114',
    '+140829011440',
    '+11082901144',
    '+14081901144',
    '+19112901144',
    '+1408911',
    '+442071234567',
    '+1 408 290 1144',
  ])('is refused with %s, which is no North American number in E.164', (phone) => {
    expect(afterEdit((list) => (first(list).phone = phone))).toEqual([
      expect.stringMatching(/^hotlines: hotlines\.0\.phone/),
    ])
  })

  it.each(['2026-02-30x', '26-01-01', '2026-13', 'recently', ''])('is refused with the date %j', (date) => {
    const details = structuredClone(DETAILS)
    details['ca-santa-clara']!.sourceDate = date
    expect(contentFaults({ ...FILES, hotlineDetails: details })).toHaveLength(1)
  })

  it('is refused with a field that the schema does not know', () => {
    expect(afterEdit((list) => Object.assign(first(list), { sms: '+14085550100' }))).toHaveLength(1)
  })

  it('is refused without one of the languages', () => {
    expect(afterEdit((list) => Reflect.deleteProperty(first(list).area, 'es'))).toHaveLength(1)
  })

  it('is refused with a state that has no name, a number of low confidence, and no fallback', () => {
    expect(afterEdit((list) => first(list).states.push('TX'))).toEqual([
      'hotlines: ca-santa-clara: TX has no name',
    ])
    expect(afterEdit((list) => (first(list).confidence = 'low'))).toHaveLength(1)
    expect(
      afterEdit((list) => {
        list.hotlines = list.hotlines.filter(({ id }) => id !== 'us-migrawatch')
      }),
    ).toContain('hotlines: the fallback us-migrawatch is missing')
  })

  it('is refused where a hotline has no details, or details are of no hotline', () => {
    const details = structuredClone(DETAILS)
    details['tx-nowhere'] = details['ca-santa-clara']!
    delete details['ca-santa-clara']
    expect(contentFaults({ ...FILES, hotlineDetails: details })).toEqual([
      'hotlineDetails: ca-santa-clara: missing',
      'hotlineDetails: tx-nowhere: of no hotline',
    ])
  })

  it('is refused where a statement has no source, or a source states nothing', () => {
    const sources = structuredClone(FILES.rightsSources) as Record<string, unknown>
    sources.window = sources.door
    delete sources.door
    expect(contentFaults({ ...FILES, rightsSources: sources })).toEqual([
      'rightsSources: door: no source',
      'rightsSources: window: source of nothing',
    ])
  })

  it('is refused when it is no list at all', () => {
    for (const hotlines of [null, 1, '', [], {}]) {
      expect(contentFaults({ ...FILES, hotlines })).not.toEqual([])
    }
  })
})

describe('the age of a check', () => {
  const ageOf = (checked: string | null) =>
    notCheckedLately(
      { 'ca-santa-clara': { ...DETAILS['ca-santa-clara']!, checked } },
      Date.parse('2026-11-24T12:00:00Z'),
    )

  it('warns above 180 days and of a number never dialled', () => {
    expect(ageOf('2026-05-28')).toEqual(['ca-santa-clara: last dialled 2026-05-28'])
    expect(ageOf(null)).toEqual(['ca-santa-clara: never dialled'])
  })

  it('is silent below', () => {
    expect(ageOf('2026-05-29')).toEqual([])
  })
})
