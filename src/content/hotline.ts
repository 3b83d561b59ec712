import type { Language } from '../protocol/fields.ts'
import type { HotlineFile, Hotline as Listed } from './hotline-schema.ts'
import { hotlines, states } from './hotlines.json'
import type { LocalText } from './local-text.ts'

/** Look-up in the list of hotlines. Pure; the schema is checked by the build, so that a phone need not load it. */

/** `display` is the number as people read it: `(408) 290-1144`. */
export type Hotline = Listed & { display: string }

/** The line for owners whom no listed area serves. It is not verified: see `isVerified`. */
export const FALLBACK_HOTLINE = 'us-migrawatch'
const NATIONAL = 'US'

const displayOf = (phone: string): string => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`
const HOTLINES: readonly Hotline[] = (hotlines as HotlineFile['hotlines']).map((listed) => ({
  ...listed,
  display: displayOf(listed.phone),
}))

/** @returns the hotline, or null for an id that the list does not have (any more) */
export const hotlineById = (id: string): Hotline | null =>
  HOTLINES.find((hotline) => hotline.id === id) ?? null

// At load: a list without it must not start a Worker, rather than lose an alert later.
const FALLBACK = ((): Hotline => {
  const hotline = hotlineById(FALLBACK_HOTLINE)
  if (hotline === null) throw new Error('the list of hotlines lacks its fallback')
  return hotline
})()

/** The hotline to call for an id that may be unknown: that one, else the fallback. */
export const hotlineOrFallback = (id: string): Hotline => hotlineById(id) ?? FALLBACK

/** False: say "not verified" beside the number, everywhere. */
export const isVerified = ({ confidence }: Hotline): boolean => confidence === 'high'

const plain = (county: string): string =>
  county
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/^condado de | county$/g, '')

/**
 * Lines of kind `raid-report` for a place, most local first: the county's, the state's, the fallback. Never empty. A
 * county that is null or not listed gets no other county's line.
 *
 * @param state two letters, such as `CA`
 * @param county with or without "County", in any case
 */
export const hotlinesFor = (state: string, county: string | null): Hotline[] => {
  const here = HOTLINES.filter((hotline) => hotline.kind === 'raid-report' && hotline.states.includes(state))
  const ofCounty = here.filter(
    ({ counties }) => county !== null && counties.some((name) => plain(name) === plain(county)),
  )
  const ofState = here.filter(
    ({ counties, states: served }) => counties.length === 0 && served[0] !== NATIONAL,
  )
  return [...ofCounty, ...ofState, FALLBACK]
}

/** A place that a person can pick. `county` is null where the line serves the whole state, or a part that `area` names. */
export type Area = { county: string | null; area: LocalText; hotline: string }
export type Region = { state: string; name: LocalText; areas: Area[] }

/**
 * For a picker by state and then county: verified lines of kind `raid-report` only, sorted by name in `language`.
 * Who finds no place there gets the fallback.
 */
export const regions = (language: Language): Region[] =>
  Object.entries(states as HotlineFile['states'])
    .map(([state, name]) => ({ state, name, areas: areasOf(state, language) }))
    .filter(({ areas }) => areas.length > 0)
    .sort((a, b) => a.name[language].localeCompare(b.name[language], language))

const areasOf = (state: string, language: Language): Area[] =>
  HOTLINES.filter(
    (hotline) => hotline.kind === 'raid-report' && isVerified(hotline) && hotline.states.includes(state),
  )
    .flatMap(({ id, area, counties }): Area[] =>
      counties.length === 0
        ? [{ county: null, area, hotline: id }]
        : counties.map((county) => ({ county, area, hotline: id })),
    )
    .sort((a, b) => (a.county ?? a.area[language]).localeCompare(b.county ?? b.area[language], language))
