import type { Seen } from './life.ts'
import { openAll } from './opening.ts'
import { type Haystack, haystackOf, holds, type Needle, PLACES, type Place, placesOf } from './search.ts'

/** Where something lies at one stage, as the tables of docs/threat-model.md say it. */
export type Searched = { places: Record<Place, Haystack>; opened: Haystack; openedWithMail: Haystack }

export const searched = ({ disk, mail }: Pick<Seen, 'disk' | 'mail'>): Searched => {
  const places = placesOf(disk, mail)
  const { mail: provider, ...own } = places
  const server = Object.values(own).flat()
  return {
    places: Object.fromEntries(
      PLACES.map((place) => [place, haystackOf(places[place])]),
    ) as Searched['places'],
    opened: haystackOf(openAll(disk, server)),
    openedWithMail: haystackOf(openAll(disk, [...server, ...provider])),
  }
}

/** Where a needle is found: as it lies, else after opening what is there with the keys that are there. */
export const cellOf = ({ places, opened, openedWithMail }: Searched, needle: Needle): string => {
  const plain = PLACES.filter((place) => holds(places[place], needle))
  const onServer = plain.some((place) => place !== 'mail')
  if (!onServer && holds(opened, needle)) return ['opened', ...plain].join(', ')
  if (plain.length > 0) return plain.join(', ')
  return holds(openedWithMail, needle) ? 'opened with mail' : '—'
}
