import type { Language } from '../protocol/fields.ts'
import { HOTLINES, type Hotline } from './hotline.ts'
import { areaOf } from './hotline-area.ts'
import type { LocalText } from './local-text.ts'
import { STATE_NAMES } from './state-names.ts'

/** A place that a person can pick. `county` is null where only `area` names it. */
export type Area = { county: string | null; area: LocalText; hotline: string }
export type Region = { state: string; name: LocalText; areas: Area[] }

/**
 * For the set-up's picker by state and then county, which lists only places that have a line to call in an alert, verified or not; sorted
 * by name in `language`. Who finds no place there gets the fallback. All counties, with or without a line, are in `places.ts`.
 */
export const regions = (language: Language): Region[] =>
  Object.entries(STATE_NAMES)
    .map(([state, name]) => ({ state, name, areas: areasOf(state, language) }))
    .filter(({ areas }) => areas.length > 0)
    .sort((a, b) => a.name[language].localeCompare(b.name[language], language))

const areasOf = (state: string, language: Language): Area[] =>
  HOTLINES.flatMap((hotline) => inState(hotline, state)).sort((a, b) =>
    (a.county ?? a.area[language]).localeCompare(b.county ?? b.area[language], language),
  )

const isName = (county: string): boolean => !/^\d/.test(county)

const inState = ({ id }: Hotline, state: string): Area[] => {
  const { states, counties, area } = areaOf(id)
  if (!states.includes(state)) return []
  if (counties.length === 0) return [{ county: null, area, hotline: id }]
  return counties.map((county) => ({ county: isName(county) ? county : null, area, hotline: id }))
}
