import { displayOf, HOTLINES } from './hotline.ts'
import { AREAS } from './hotline-area.ts'
import details from './hotline-details.json'
import type {
  HotlineAreasFile,
  HotlineDetailsFile,
  HotlineFile,
  LineKind,
  OtherLine,
  OtherLinesFile,
} from './hotline-schema.ts'
import others from './other-lines.json'
import type { Place } from './places.ts'

/**
 * Every line, whole, and which of them comes first where. Pure. For the help pages: see `hotline.ts` for what the button needs.
 */
export type Line = Omit<OtherLine, 'kind'> & { kind: LineKind; display: string }

const NATIONAL = 'US'

/** The four files as one list: lines to call in an alert first, then all others, as the files have them. */
export const assembled = (
  hotlines: readonly HotlineFile[number][],
  areas: HotlineAreasFile,
  details: HotlineDetailsFile,
  others: OtherLinesFile,
): Line[] => [
  ...hotlines.map((hotline): Line => {
    const [area, more] = [areas[hotline.id], details[hotline.id]]
    if (area === undefined || more === undefined) throw new Error('a hotline has no area or no details')
    return { ...hotline, ...area, ...more, kind: 'raid-report', display: displayOf(hotline.phone) }
  }),
  ...others.map((line): Line => ({ ...line, display: displayOf(line.phone) })),
]

export const LINES: readonly Line[] = assembled(
  HOTLINES,
  AREAS,
  details as HotlineDetailsFile,
  others as OtherLinesFile,
)

export const lineById = (id: string): Line | null => LINES.find((line) => line.id === id) ?? null

const plain = (county: string): string =>
  county
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/^condado de | county$/g, '')

/** 0: serves this very county. 1: its state, or a part of it that has only a name. 2: the country. null: not this place. */
const nearness = (line: Line, place: Place | null): 0 | 1 | 2 | null => {
  if (line.states.includes(NATIONAL)) return 2
  if (place === null || !line.states.includes(place.state)) return null
  if (line.counties.length === 0) return 1
  const { county } = place
  if (county === null) return null
  const serves = line.counties.some((one) => one === county.fips || plain(one) === plain(county.name))
  return serves ? 0 : null
}

const CONFIDENCE = ['high', 'medium', 'low'] as const
const KINDS: readonly LineKind[] = [
  'raid-report',
  'legal-help',
  'family-support',
  'find-person',
  'report-violation',
]

/**
 * The lines for a place, the right one first: lines to call in an alert before all others; of one kind the nearest first, of the
 * equally near the more certain, then the one that serves fewer counties. Never empty: the national line is always among them. Another county's line
 * never is, and without a county no county's line.
 *
 * @param place null where nothing is known
 */
export const linesFor = (place: Place | null, lines: readonly Line[] = LINES): Line[] =>
  lines
    .flatMap((line) => {
      const near = nearness(line, place)
      return near === null ? [] : [{ line, near }]
    })
    .sort(
      (a, b) =>
        KINDS.indexOf(a.line.kind) - KINDS.indexOf(b.line.kind) ||
        a.near - b.near ||
        CONFIDENCE.indexOf(a.line.confidence) - CONFIDENCE.indexOf(b.line.confidence) ||
        a.line.counties.length - b.line.counties.length,
    )
    .map(({ line }) => line)

/** The line to call in an alert at this place. */
export const nearestLine = (place: Place | null): Line => {
  const [first] = linesFor(place)
  if (first === undefined) throw new Error('the list of hotlines lacks its fallback')
  return first
}

/**
 * Whether a call from another country is likely to get through. North American numbers that are free for the caller are as a rule
 * reached from North America only; others like any number in the United States, at the caller's cost.
 */
export const reachableFromAbroad = ({ phone }: Pick<Line, 'phone'>): boolean =>
  !/^\+18(?:00|33|44|55|66|77|88)/.test(phone)
