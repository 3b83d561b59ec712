import { FALLBACK_HOTLINE } from '../../../content/hotline.ts'
import type { Line } from '../../../content/lines.ts'
import { linesFor, nearestLine } from '../../../content/lines.ts'
import { countiesOf, type Place } from '../../../content/places.ts'
import { STATE_NAMES } from '../../../content/state-names.ts'
import { byId } from './element.ts'
import { enliven } from './line-actions.ts'
import { h, spoken } from './page-words.ts'

/** How many more than the first are shown at once: a person in need reads no list. */
const SHOWN = 4

const stateName = (state: string): string => STATE_NAMES[state]?.[spoken()] ?? state
const nameOf = ({ state, county }: Place): string =>
  county === null ? stateName(state) : `${county.name}, ${stateName(state)}`

const element = (tag: string, text: string): HTMLElement => {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

/** A card of the list once more, at the top: one text, written once. */
const copyOf = (line: Line): HTMLElement[] => {
  const card = document.getElementById(line.id)
  if (card === null) return []
  const copy = card.cloneNode(true) as HTMLElement
  copy.removeAttribute('id')
  enliven(copy)
  return [copy]
}

const put = (title: string, lines: readonly Line[]): void => {
  const [first, ...others] = lines
  const more = others.filter(({ kind }) => kind !== 'find-person').slice(0, SHOWN)
  byId('near-lines', HTMLElement).replaceChildren(
    element('p', title),
    ...(first === undefined ? [] : copyOf(first)),
    ...(more.length === 0 ? [] : [element('h3', h('near.more')), ...more.flatMap(copyOf)]),
  )
}

/** The line that was chosen in the set-up, or that a link names; nothing else of the owner is read. */
export const showLine = (line: Line, why: 'near.yours' | 'near.linked'): void => put(h(why), [line])

/** @param near places so close that the phone cannot tell: their first line stands right after the others' */
export const showPlace = (place: Place, near: readonly Place[] = []): void => {
  const [first, ...others] = linesFor(place)
  if (first === undefined) return
  const beside = near.map(nearestLine).filter(({ id }) => id !== first.id)
  const title = first.id === FALLBACK_HOTLINE ? 'near.national' : 'near.for'
  put(h(title, { place: nameOf(place) }), [...new Set([first, ...beside, ...others])])
}

const fillCounties = (state: string): void => {
  const field = byId('county-field', HTMLElement)
  const county = byId('county', HTMLSelectElement)
  const counties = countiesOf(state)
  field.hidden = counties.length === 0
  county.replaceChildren(
    new Option(h('near.county.none'), ''),
    ...counties.map(({ fips, name }) => new Option(name, fips)),
  )
}

const picked = (): void => {
  const state = byId('state', HTMLSelectElement).value
  const fips = byId('county', HTMLSelectElement).value
  if (state === '') return
  showPlace({ state, county: countiesOf(state).find((county) => county.fips === fips) ?? null })
}

const select = (place: Place): void => {
  byId('state', HTMLSelectElement).value = place.state
  fillCounties(place.state)
  byId('county', HTMLSelectElement).value = place.county?.fips ?? ''
}

const LOCATE_MS = 20_000

const position = (): Promise<GeolocationPosition> =>
  new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: LOCATE_MS, maximumAge: 600_000 }),
  )

/** Asked of the phone by a tap, and worked out on it from shapes that came with the page. */
const locate = async (): Promise<void> => {
  const say = (text: string) => {
    byId('near-status', HTMLElement).textContent = text
  }
  say(h('near.locating'))
  // Before the position is asked for: once it is known, nothing is requested any more.
  const part = await import('../../../content/county-at.ts').catch(() => null)
  if (part === null) return say(h('near.load'))
  const located = await position().catch((error: GeolocationPositionError) => error.code)
  if (typeof located === 'number') return say(h(located === 1 ? 'near.denied' : 'near.failed'))
  const { place, near } = part.locate(located.coords)
  if (place === null) return say(h('near.outside'))
  select(place)
  showPlace(place, near)
  say(
    near.length === 0
      ? h('near.here', { place: nameOf(place) })
      : h('near.border', { place: nameOf(place), others: near.map(nameOf).join(' · ') }),
  )
}

export const startNear = (): void => {
  const state = byId('state', HTMLSelectElement)
  state.addEventListener('change', () => {
    fillCounties(state.value)
    picked()
  })
  byId('county', HTMLSelectElement).addEventListener('change', picked)
  if ('geolocation' in navigator) {
    byId('locate', HTMLButtonElement).addEventListener('click', () => void locate())
    byId('locate-field', HTMLElement).hidden = false
  }
  byId('near', HTMLElement).hidden = false
}
