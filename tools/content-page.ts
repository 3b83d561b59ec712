import type { Content } from '../src/content/check.ts'

/** `docs/content.md`, made from the data files: how many entries there are, of which kind, confidence and age. */
export const PAGE = 'docs/content.md'

type Entry = {
  what: string
  kind: string
  confidence: string
  checked: string | null
  sourceDate: string | null
}

/** What was found, and is not offered. No numbers: they would be found by a search for them. */
const LEFT_OUT = [
  ['Humboldt County (California)', 'two directories give two numbers'],
  ['RadarSafe (North Carolina)', 'one news page only, of a page on a social network'],
  [
    'National Immigration Detention Hotline',
    'one undated page; an older number of the same group is on the block list',
  ],
  ['AILA lawyer referral', 'a page of about 2017 only'],
] as const

const count = <Item>(items: readonly Item[], key: (item: Item) => string): [string, number][] => {
  const found = new Map<string, number>()
  for (const item of items) found.set(key(item), (found.get(key(item)) ?? 0) + 1)
  return [...found].sort(([a], [b]) => a.localeCompare(b))
}

const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const CONFIDENCES = ['high', 'medium', 'low'] as const

const byKind = (entries: readonly Entry[]): string =>
  table(
    ['what', 'kind', 'entries', ...CONFIDENCES],
    count(entries, ({ what, kind }) => `${what} | ${kind}`).map(([key, total]) => [
      key,
      total,
      ...CONFIDENCES.map(
        (confidence) =>
          entries.filter(
            (entry) => `${entry.what} | ${entry.kind}` === key && entry.confidence === confidence,
          ).length,
      ),
    ]),
  )

const yearOf = (date: string | null, none: string): string => date?.slice(0, 4) ?? none

const byYear = (entries: readonly Entry[], key: 'checked' | 'sourceDate', none: string): string => {
  const years = [...new Set(entries.map((entry) => yearOf(entry[key], none)))].sort()
  const whats = [...new Set(entries.map(({ what }) => what))]
  return table(
    ['', ...years],
    whats.map((what) => [
      what,
      ...years.map(
        (year) => entries.filter((entry) => entry.what === what && yearOf(entry[key], none) === year).length,
      ),
    ]),
  )
}

/** Pure: the same content gives the same page, whatever the day. */
export const contentPage = (content: Content): string => {
  const { hotlines, library } = content
  const entries: Entry[] = [
    ...hotlines.flatMap(({ id, confidence }): Entry[] => {
      const details = content['hotline-details'][id]
      return details === undefined
        ? []
        : [{ ...details, what: 'phone line', kind: 'raid-report', confidence }]
    }),
    ...content['other-lines'].map((line): Entry => ({ ...line, what: 'phone line' })),
    ...library.map((entry): Entry => ({ ...entry, what: 'library' })),
    ...content['next-steps'].steps.map(
      ({ phase, source, ...step }): Entry => ({
        ...step,
        what: 'next step',
        kind: phase,
        sourceDate: source.date,
      }),
    ),
    ...content.consulates.consulates.map(
      (consulate): Entry => ({ ...consulate, what: 'consulate', kind: consulate.country }),
    ),
  ]
  const scenes = content['rights-scenes'].scenes
  return `# What families are told, counted

Made by \`npm run content:page\` from the files in \`src/content/\`; a test sees that it is current. General information, not legal advice.

## By kind and confidence

*High*: printed by the operator, a partner, a government page or a recent news page, and nothing speaks against it. *Medium*: shown as
not verified. *Low*: no line of low confidence is offered; a consulate's number is, as not verified; in the library it means that little was found of the thing today.

${byKind(entries)}

The library holds ${library.filter(({ number }) => number !== null).length} items of the community page and ${library.filter(({ number }) => number === null).length} that serve today:

${table(
  ['today', 'entries'],
  count(library, ({ standing }) => standing),
)}

The rights card has ${scenes.length} scenes with ${scenes.flatMap(({ say }) => say).length} sentences for the officer; official red cards are linked in ${content['red-cards'].cards.length} languages.
Of ${Object.keys(content.consulates.withoutNumber).length} country that people ask for no consulate's number could be trusted: it is named without one. The block list refuses ${content['block-list'].length} numbers.

## By age

The year in which somebody last made sure, by calling:

${byYear(entries, 'checked', 'never')}

The year of the newest source that has a date:

${byYear(entries, 'sourceDate', 'no date')}

## Left out

Numbers that were found and are not offered, because a wrong number does more harm than none:

${table(['line', 'why'], LEFT_OUT)}
`
}
