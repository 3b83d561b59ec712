import MiniSearch from 'minisearch'
import type { Language } from '../protocol/fields.ts'
import { LIBRARY } from './library.ts'
import type { EntryKind, LibraryEntry, Topic } from './library-schema.ts'
import { LINES, type Line } from './lines.ts'
import type { LocalText } from './local-text.ts'
import { STATE_NAMES } from './state-names.ts'

/**
 * Search in the library and the phone lines, in one language. Pure. The index is built on the phone, in a few milliseconds: to ship it would
 * take longer than to make it.
 */

/** What a result shows. `entry` and `line`: exactly one of them is there. */
export type Found = { id: string; entry: LibraryEntry | null; line: Line | null }

/** Only what fits all of them; null or left out: whatever. `language`: of the thing itself. `state`: two letters; what concerns the whole country fits every state. */
export type Filters = {
  topic?: Topic | null
  kind?: EntryKind | null
  language?: string | null
  state?: string | null
}

export type Search = {
  /** Best first; everything that fits, in the order of the lists, for an empty query. */
  find: (query: string, filters?: Filters) => Found[]
}

/** Topics and kinds as people in this language call them: they are found by them too. The page passes its own labels. */
export type Labels = { topic: (topic: Topic) => string; kind: (kind: EntryKind) => string }

type Indexed = {
  id: string
  title: string
  words: string
  about: string
  organisation: string
  where: string
}

/** Without accents and case: "detención" is found by "detencion" and the other way round. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Words that say nothing, in both languages; they are left out of the index and of queries. */
const EMPTY = new Set(
  'a al and con de del el en for from in is la las los o of on or para por que se si su the to un una y mi my i me'.split(
    ' ',
  ),
)

const LINE_TOPICS: Record<Line['kind'], Topic> = {
  'raid-report': 'raids',
  'legal-help': 'legal-help',
  'family-support': 'family-plan',
  'find-person': 'find-person',
  'report-violation': 'sanctuary',
}

const fits = (found: Found, { topic, kind, language, state }: Filters): boolean => {
  const { entry, line } = found
  const topics = entry?.topics ?? (line === null ? [] : [LINE_TOPICS[line.kind]])
  const states = entry?.states ?? line?.states ?? []
  const languages = entry?.languages ?? line?.languages ?? []
  return (
    (topic == null || topics.includes(topic)) &&
    (kind == null || (entry === null ? kind === 'hotline' : entry.kind === kind)) &&
    (language == null || languages.includes(language)) &&
    (state == null || states.includes(state) || states.includes('US'))
  )
}

/** What stands before what stood, a line to call before a page about it, what leads somewhere before what does not. */
const WEIGHT = { stands: 1.3, changed: 1, past: 0.7, 'not-found': 0.7 } as const
const LINE_WEIGHT: Record<Line['kind'], number> = {
  'raid-report': 3,
  'legal-help': 1,
  'family-support': 1,
  'find-person': 1,
  'report-violation': 0.5,
}
const weightOf = ({ entry, line }: Found): number => {
  if (entry !== null) return WEIGHT[entry.standing] * (entry.url === null ? 0.75 : 1)
  return line === null ? 1 : LINE_WEIGHT[line.kind]
}

const whereOf = (states: readonly string[], counties: readonly string[], area: string): string =>
  [...states.map((state) => Object.values(STATE_NAMES[state] ?? {}).join(' ')), ...counties, area].join(' ')

/** @param language of the interface */
export const makeSearch = (language: Language, labels: Labels | null = null): Search => {
  const inWords = (text: LocalText | null): string => text?.[language] ?? ''
  const all = new Map<string, Found>()
  const documents: Indexed[] = []
  for (const line of LINES) {
    const id = `line:${line.id}`
    all.set(id, { id, entry: null, line })
    documents.push({
      id,
      title: line.name,
      words: labels === null ? '' : `${labels.topic(LINE_TOPICS[line.kind])} ${labels.kind('hotline')}`,
      about: `${inWords(line.note)} ${line.display} ${line.phone.slice(2)}`,
      organisation: line.organisation,
      where: whereOf(line.states, line.counties, line.area[language]),
    })
  }
  for (const entry of LIBRARY) {
    all.set(entry.id, { id: entry.id, entry, line: null })
    const named = labels === null ? [] : [...entry.topics.map(labels.topic), labels.kind(entry.kind)]
    documents.push({
      id: entry.id,
      title: entry.title[language],
      words: [...entry.keyWords[language], ...named].join(' '),
      about: `${entry.about[language]} ${entry.today[language]}`,
      organisation: entry.organisation ?? '',
      where: whereOf(entry.states, entry.counties, ''),
    })
  }
  const index = new MiniSearch<Indexed>({
    fields: ['title', 'words', 'about', 'organisation', 'where'],
    processTerm: (term) => {
      const folded = fold(term)
      return EMPTY.has(folded) ? null : folded
    },
    searchOptions: {
      boost: { title: 3, words: 4, organisation: 2, where: 2 },
      prefix: true,
      // Short words have too many neighbours; a long one may have two slips.
      fuzzy: (term) => (term.length < 4 ? false : term.length < 8 ? 1 : 2),
      weights: { fuzzy: 0.5, prefix: 0.7 },
      combineWith: 'AND',
      boostDocument: (id) => {
        const found = all.get(String(id))
        return found === undefined ? 1 : weightOf(found)
      },
    },
  })
  index.addAll(documents)
  const byRank = (query: string): Found[] => {
    const strict = index.search(query)
    // Nothing has all the words: better what has some of them than nothing.
    const results = strict.length > 0 ? strict : index.search(query, { combineWith: 'OR' })
    return results.flatMap(({ id }) => all.get(String(id)) ?? [])
  }
  return {
    find: (query, filters = {}) =>
      (fold(query).trim() === '' ? [...all.values()] : byRank(query)).filter((found) => fits(found, filters)),
  }
}
