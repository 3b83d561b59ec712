import { blockedIn, type Content, contentFaults, schemaFaults } from './check.ts'
import type { Fault } from './fault.ts'
import { Overlay, type OverlayConsulate, type OverlayLine } from './overlay-schema.ts'

/** What a host adds, replaces and hides, without touching our files. Pure; for tests and builds, never on a phone. */

export const OVERLAY = 'overlay'

type Listed = readonly { id: string; phone?: string }[]
/** What a host gives, by the name under which it stands. */
const listsOf = ({ lines, library, steps = [], consulates = [] }: Overlay): [string, Listed][] =>
  Object.entries({ lines, library, steps, consulates })

/** Faults of the host's file alone: its shape, numbers of the block list, ids that hide nothing. */
const ownFaults = (content: Content, data: unknown): Fault[] => {
  const faults = [...schemaFaults(OVERLAY, Overlay, data), ...blockedIn(OVERLAY, data)]
  if (faults.length > 0) return faults
  const { hide } = data as Overlay
  const ours = new Set(
    [
      ...content.hotlines,
      ...content['other-lines'],
      ...content.library,
      ...content['next-steps'].steps,
      ...content.consulates.consulates,
    ].map(({ id }) => id),
  )
  const theirs = listsOf(data as Overlay).flatMap(([, items]) => items.map(({ id }) => id))
  return hide.flatMap((id, index) => {
    const path = ['hide', index]
    if (!ours.has(id)) return [{ file: OVERLAY, path, message: `${id}: there is nothing of that id to hide` }]
    if (theirs.includes(id)) return [{ file: OVERLAY, path, message: `${id}: both hidden and replaced` }]
    return []
  })
}

const without = <Value>(record: Record<string, Value>, ids: ReadonlySet<string>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)))

const by = <Item extends { id: string }, Value>(items: readonly Item[], value: (item: Item) => Value) =>
  Object.fromEntries(items.map((item) => [item.id, value(item)]))

const coreOf = ({ id, name, phone, confidence }: OverlayLine) => ({ id, name, phone, confidence })
const areaOf = ({ states, counties, area, hours, note }: OverlayLine) => ({
  states,
  counties,
  area,
  hours,
  note,
})
const detailsOf = (line: OverlayLine) => ({
  organisation: line.organisation,
  runBy: line.runBy,
  open: line.open,
  languages: line.languages,
  text: line.text,
  url: line.url,
  sourceDate: line.sourceDate,
  checked: line.checked,
})

/** Our list with theirs in it: a replaced item in its own place, an added one at the end. */
const placed = <Item extends { id: string }>(
  ours: readonly Item[],
  theirs: readonly Item[],
  gone: ReadonlySet<string>,
): Item[] => [
  ...ours.flatMap((item) => {
    const theirsOf = theirs.find(({ id }) => id === item.id)
    if (theirsOf !== undefined) return [theirsOf]
    return gone.has(item.id) ? [] : [item]
  }),
  ...theirs.filter(({ id }) => !ours.some((item) => item.id === id)),
]

/** A country whose numbers are all hidden is one of those without a number, and the other way round. */
const consulatesWith = (
  { countries, withoutNumber, consulates: ours }: Content['consulates'],
  theirs: readonly OverlayConsulate[],
  gone: ReadonlySet<string>,
): Content['consulates'] => {
  const added = theirs.map(({ sources: _, countryName: __, ...consulate }) => consulate)
  const consulates = placed(ours, added, gone)
  const names = {
    ...Object.fromEntries(
      theirs.flatMap(({ country, countryName }) => (countryName === null ? [] : [[country, countryName]])),
    ),
    ...countries,
    ...withoutNumber,
  }
  const having = (has: boolean) =>
    Object.fromEntries(
      Object.entries(names).filter(([code]) => consulates.some(({ country }) => country === code) === has),
    )
  return { countries: having(true), withoutNumber: having(false), consulates }
}

/** The content with the overlay in it. Both have been found without fault. */
const applied = (
  content: Content,
  { hide, lines, library, steps = [], consulates = [] }: Overlay,
): Content => {
  const toCall = lines.filter(({ kind }) => kind === 'raid-report')
  const others = lines.flatMap(({ sources: _, kind, ...line }) =>
    kind === 'raid-report' ? [] : [{ ...line, kind }],
  )
  const entries = library.map(({ sources: _, ...entry }) => ({
    ...entry,
    // It may replace an item of the community page, and is that item then.
    number: content.library.find(({ id }) => id === entry.id)?.number ?? null,
  }))
  const gone = new Set([...hide, ...[...lines, ...library, ...steps, ...consulates].map(({ id }) => id)])
  return {
    ...content,
    hotlines: placed(content.hotlines, toCall.map(coreOf), gone),
    'hotline-areas': { ...without(content['hotline-areas'], gone), ...by(toCall, areaOf) },
    'hotline-details': { ...without(content['hotline-details'], gone), ...by(toCall, detailsOf) },
    'other-lines': placed(content['other-lines'], others, gone),
    'hotline-sources': {
      ...without(content['hotline-sources'], gone),
      ...by(lines, ({ sources }) => sources),
    },
    // What is hidden is led to from nowhere.
    library: placed(content.library, entries, gone).map((entry) => ({
      ...entry,
      sameAs: entry.sameAs.filter((id) => !hide.includes(id)),
      lines: entry.lines.filter((id) => !hide.includes(id)),
    })),
    'library-sources': {
      ...without(content['library-sources'], gone),
      ...by(library, ({ sources }) => sources),
    },
    'next-steps': {
      steps: placed(
        content['next-steps'].steps,
        steps.map(({ sources: _, ...step }) => step),
        gone,
      ),
    },
    'next-steps-sources': {
      ...without(content['next-steps-sources'], gone),
      ...by(steps, ({ sources }) => sources),
    },
    consulates: consulatesWith(content.consulates, consulates, gone),
    'consulates-sources': {
      ...without(content['consulates-sources'], gone),
      ...by(consulates, ({ sources }) => sources),
    },
  }
}

/** The same id or number twice within the host's own file, with the place in it. */
const repeatedIn = (overlay: Overlay): Fault[] => {
  const seen = new Set<string>()
  return listsOf(overlay).flatMap(([list, items]) => {
    return items.flatMap((item, index) =>
      (['id', 'phone'] as const).flatMap((key) => {
        const value = item[key]
        if (value === undefined) return []
        const fault = { file: OVERLAY, path: [list, index, key], message: `${value}: stands twice` }
        const isSeen = seen.has(value)
        seen.add(value)
        return isSeen ? [fault] : []
      }),
    )
  })
}

/**
 * @param content ours, without fault
 * @param data what the host's file holds, not trusted
 * @returns the content with the overlay in it, or everything that is wrong with the overlay. Faults that show only in the whole name our file, and say so.
 */
export const withOverlay = (content: Content, data: unknown): { content: Content; faults: Fault[] } => {
  const own = ownFaults(content, data)
  if (own.length > 0) return { content, faults: own }
  const overlay = data as Overlay
  const twice = repeatedIn(overlay)
  if (twice.length > 0) return { content, faults: twice }
  const merged = applied(content, overlay)
  const faults = contentFaults(merged).map(({ file, path, message }) => ({
    file: OVERLAY,
    path: placeIn(overlay, merged, file, path),
    message: `${message} (with the overlay, in ${file})`,
  }))
  return { content: faults.length > 0 ? content : merged, faults }
}

/** Where in the host's file that stands which is at fault in the whole. */
const placeIn = (
  overlay: Overlay,
  merged: Content,
  file: string,
  path: readonly PropertyKey[],
): PropertyKey[] => {
  let whole: unknown = (merged as Record<string, unknown>)[file]
  let [key, ...rest] = path
  // Files whose list stands under a name.
  if (typeof key === 'string' && Array.isArray((whole as Record<string, unknown> | undefined)?.[key])) {
    whole = (whole as Record<string, unknown>)[key]
    ;[key, ...rest] = rest
  }
  const id =
    Array.isArray(whole) && typeof key === 'number' ? (whole[key] as { id?: string } | undefined)?.id : key
  for (const [list, items] of listsOf(overlay)) {
    const index = items.findIndex((item) => item.id === id)
    if (index >= 0) return [list, index, ...rest]
  }
  return []
}
