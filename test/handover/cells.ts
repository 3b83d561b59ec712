import type { Seen } from './life.ts'
import { openAll } from './opening.ts'
import {
  type Haystack,
  haystackOf,
  holds,
  type Needle,
  PLACES,
  type Place,
  PROVIDERS,
  placesOf,
} from './search.ts'

/** Where something lies at one stage, as the tables of docs/threat-model.md say it. */
export type Searched = { places: Record<Place, Haystack>; opened: Haystack; openedWithMail: Haystack }

const isProvider = (place: Place): boolean => PROVIDERS.some((one) => one === place)

export const searched = ({ disk, sent }: Pick<Seen, 'disk' | 'sent'>): Searched => {
  const places = placesOf(disk, sent)
  const server = PLACES.filter((place) => !isProvider(place)).flatMap((place) => places[place])
  return {
    places: Object.fromEntries(
      PLACES.map((place) => [place, haystackOf(places[place])]),
    ) as Searched['places'],
    opened: haystackOf(openAll(disk, server)),
    openedWithMail: haystackOf(openAll(disk, [...server, ...places.mail])),
  }
}

/** Where a needle is found: as it lies, else after opening what is there with the keys that are there. */
export const cellOf = ({ places, opened, openedWithMail }: Searched, needle: Needle): string => {
  const plain = PLACES.filter((place) => holds(places[place], needle))
  const onServer = plain.some((place) => !isProvider(place))
  if (!onServer && holds(opened, needle)) return ['opened', ...plain].join(', ')
  if (plain.length > 0) return plain.join(', ')
  return holds(openedWithMail, needle) ? 'opened with mail' : '—'
}
