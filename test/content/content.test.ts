import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { contentFaults } from '../../src/content/check.ts'
import type { Hotline, HotlineDetailsFile, OtherLine } from '../../src/content/hotline-schema.ts'
import { lineOf } from '../../src/content/line-of.ts'
import { isStale } from '../../src/content/stale.ts'
import { afterEdit, FILES, told } from './files.ts'

const first = (list: Hotline[]): Hotline => list[0]!

describe('the content as it ships', () => {
  it('has no fault', () => {
    expect(told(contentFaults(FILES))).toEqual([])
  })

  it('keeps what the button loads of the hotlines below 1 kB', () => {
    expect(gzipSync(JSON.stringify(FILES.hotlines), { level: 9 }).length).toBeLessThan(1024)
  })

  it('says of no line that it is always open unless its hours say 24 hours', () => {
    const areas = FILES['hotline-areas'] as Record<string, { hours: { en: string } | null }>
    for (const [id, { open }] of Object.entries(FILES['hotline-details'] as HotlineDetailsFile)) {
      if (open === 'always') expect(areas[id]?.hours?.en).toMatch(/24 hours/)
    }
    for (const { open, hours } of FILES['other-lines'] as OtherLine[]) {
      if (open === 'always') expect(hours?.en).toMatch(/24 hours/)
    }
  })
})

describe('a host’s edit', () => {
  it('is refused with the agency’s own tip line, whatever its name', () => {
    expect(afterEdit(({ hotlines }) => (first(hotlines).phone = '+18663472423'))).toEqual([
      expect.stringMatching(/^hotlines: 0\.phone: this number is on the block list/),
    ])
  })

  it('is refused with the tip line in the middle of a sentence', () => {
    expect(
      afterEdit(({ library }) => (library[0]!.today.es = 'Llama al 1-866-DHS-2-ICE para denunciar.')),
    ).toEqual([expect.stringMatching(/^library: 0\.today\.es: this number is on the block list/)])
  })

  it('is refused with an id or a number that stands twice, be it in two files', () => {
    expect(afterEdit(({ hotlines }) => hotlines.push({ ...first(hotlines), phone: '+14082991144' }))).toEqual(
      [expect.stringMatching(/^hotlines: \d+\.id: ca-santa-clara: stands twice/)],
    )
    expect(afterEdit(({ hotlines }) => (hotlines[1]!.phone = first(hotlines).phone))).toEqual([
      'hotlines: 1.phone: +14082901144: stands twice',
    ])
    expect(
      afterEdit((content) => (content['other-lines'][0]!.phone = first(content.hotlines).phone)),
    ).toEqual(['other-lines: 0.phone: +14082901144: stands twice'])
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
    expect(afterEdit(({ hotlines }) => (first(hotlines).phone = phone))).toEqual([
      expect.stringMatching(/^hotlines: 0\.phone/),
    ])
  })

  it.each(['2026-02-30x', '26-01-01', '2026-13', 'recently', ''])('is refused with the date %j', (date) => {
    expect(afterEdit((content) => (content['hotline-details']['ca-marin']!.sourceDate = date))).toEqual([
      expect.stringMatching(/^hotline-details: ca-marin\.sourceDate/),
    ])
  })

  it.each([
    'www.example.org',
    'https//example.org',
    'https:/example.org',
    'https://example',
    'https://example.org/a b',
    'javascript:alert(1)',
    'https://someone@example.org/',
    'ftp://example.org',
  ])('is refused with the address %j', (url) => {
    expect(afterEdit((content) => (content['hotline-details']['ca-marin']!.url = url))).toHaveLength(1)
  })

  it('is refused with a field that the schema does not know, and the field is named', () => {
    expect(afterEdit(({ hotlines }) => Object.assign(first(hotlines), { sms: '+14085550100' }))).toEqual([
      'hotlines: 0.sms: this field is not known',
    ])
  })

  it('is refused without one of the languages', () => {
    expect(
      afterEdit((content) => Reflect.deleteProperty(content['hotline-areas']['ca-marin']!.area, 'es')),
    ).toHaveLength(1)
  })

  it('is refused with a state or a county that there is not, or a county of which there are two', () => {
    const edit = (states: string[], counties: string[]) =>
      afterEdit((content) => Object.assign(content['hotline-areas']['ca-marin']!, { states, counties }))
    expect(edit(['XX'], [])).toEqual(['hotline-areas: ca-marin.states.0: XX is no state'])
    expect(edit(['CA'], ['Travis'])).toEqual([
      'hotline-areas: ca-marin.counties.0: Travis is no county of CA',
    ])
    expect(edit(['VA'], ['Richmond'])).toEqual([
      'hotline-areas: ca-marin.counties.0: there are two of the name Richmond: write 51159 or 51760',
    ])
    expect(edit(['VA'], ['51760'])).toEqual([])
  })

  it('is refused with a number of low confidence, without the fallback, or with a time zone that there is not', () => {
    expect(afterEdit(({ hotlines }) => (first(hotlines).confidence = 'low'))).toHaveLength(1)
    expect(
      afterEdit((content) => {
        content.hotlines = content.hotlines.filter(({ id }) => id !== 'us-migrawatch')
      }),
    ).toContain('hotlines: the fallback us-migrawatch is missing')
    expect(
      afterEdit((content) =>
        Object.assign(content['hotline-details']['wa-waisn']!.open!, { zone: 'America/Seattle' }),
      ),
    ).toEqual(['hotline-details: wa-waisn.open.zone: America/Seattle is no time zone'])
  })

  it('is refused where a hotline has no details, or details are of no hotline', () => {
    expect(
      afterEdit((content) => {
        const details = content['hotline-details']
        details['tx-nowhere'] = details['ca-santa-clara']!
        delete details['ca-santa-clara']
      }),
    ).toEqual([
      'hotline-details: ca-santa-clara: missing',
      'hotline-details: tx-nowhere: tx-nowhere: of no hotline',
    ])
  })

  it('is refused where a statement has no source, or a source states nothing', () => {
    expect(
      afterEdit((content) => {
        const sources = content['rights-sources']
        sources.window = sources.door!
        delete sources.door
      }),
    ).toEqual(['rights-sources: door: no source', 'rights-sources: window: window: source of nothing'])
  })

  it('is refused when it is no list at all', () => {
    for (const hotlines of [null, 1, '', [], {}]) {
      expect(contentFaults({ ...FILES, hotlines })).not.toEqual([])
    }
  })
})

describe('the line of a mistake', () => {
  it('is that of the field, of whatever depth', () => {
    const text = readFileSync(new URL('../../src/content/hotline-details.json', import.meta.url), 'utf8')
    const line = lineOf(text, ['ca-marin', 'url'])
    expect(text.split('\n')[line - 1]).toMatch(/"url": "https:\/\/www\.marinrrn\.org/)
  })

  it('is found past brackets and quotes within strings, on one line and on many', () => {
    const text = '{\n"a": ["}\\"]", {"b\\"": [1,\n2, {"c":\n3}]}],\n"d":null}'
    expect(lineOf(text, ['a', 0])).toBe(2)
    expect(lineOf(text, ['a', 1, 'b"', 1])).toBe(3)
    expect(lineOf(text, ['a', 1, 'b"', 2, 'c'])).toBe(3)
    expect(lineOf(text, ['d'])).toBe(5)
  })

  it('is that of what should hold a field which is missing', () => {
    expect(lineOf('[\n{"a": 1},\n{}]', [1, 'a'])).toBe(3)
    expect(lineOf('[]', [])).toBe(1)
  })
})

describe('the age of a check', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')

  it('is too old above 180 days, and where nobody ever dialled', () => {
    expect(isStale('2026-05-28', now)).toBe(true)
    expect(isStale(null, now)).toBe(true)
  })

  it('is good below', () => {
    expect(isStale('2026-05-29', now)).toBe(false)
  })
})
