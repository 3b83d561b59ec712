import type { Language } from '../protocol/fields.ts'
import file from './counties.json'
import { STATE_NAMES } from './state-names.ts'

/**
 * All counties of the United States by name, for a picker. Pure. About 20 kB when packed: load it with the help pages, never before.
 */

/** `fips`: its five digits. `name`: without "County". */
export type County = { fips: string; name: string }
/** Where somebody is. `state`: two letters. A county that is not known is null. */
export type Place = { state: string; county: County | null }

type Packed = { fips: string; counties: string }

/** In `counties.json` counties stand in the order of their number, which grows by 2: `=003` stands only before another one. */
const unpack = ({ fips, counties }: Packed): County[] => {
  let number = -1
  return counties.split('|').map((entry) => {
    const given = /^=(\d{3})/.exec(entry)?.[1]
    number = given === undefined ? number + 2 : Number(given)
    return {
      fips: fips + String(number).padStart(3, '0'),
      name: given === undefined ? entry : entry.slice(4),
    }
  })
}

const packed: Readonly<Record<string, Packed>> = file
const unpacked = new Map<string, County[]>()

/** The counties of a state, sorted by name; empty for a state that there is not. */
export const countiesOf = (state: string): readonly County[] => {
  const known = unpacked.get(state)
  if (known !== undefined) return known
  const entry = Object.hasOwn(packed, state) ? packed[state] : undefined
  const counties = entry === undefined ? [] : unpack(entry)
  counties.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.fips.localeCompare(b.fips))
  unpacked.set(state, counties)
  return counties
}

/** @returns the place of a county's five digits, or null if there is none */
export const placeOf = (fips: string): Place | null => {
  const state = Object.entries(packed).find(([, entry]) => fips.startsWith(entry.fips))?.[0]
  const county = state === undefined ? undefined : countiesOf(state).find((one) => one.fips === fips)
  return state === undefined || county === undefined ? null : { state, county }
}

/** For a picker: every state and territory that has counties, sorted by name in `language`. */
export const statesFor = (language: Language): { state: string; name: string }[] =>
  Object.entries(STATE_NAMES)
    .filter(([state]) => Object.hasOwn(packed, state))
    .map(([state, name]) => ({ state, name: name[language] }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
