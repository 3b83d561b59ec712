import type { HotlineFile, Hotline as Listed } from './hotline-schema.ts'
import file from './hotlines.json'

/** The lines to call in an alert, by id. Pure; the schema is checked by the build, so that a phone need not load it. */

/** `display` is the number as people read it: `(408) 290-1144`. */
export type Hotline = Listed & { display: string }

/** The line for owners whom no listed area serves. It is not verified: see `isVerified`. */
export const FALLBACK_HOTLINE = 'us-migrawatch'

export const displayOf = (phone: string): string =>
  `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`

/** Of a host that has an overlay, the build of the Worker puts its list here: see `tools/overlay.ts`. */
declare const AMPARO_HOTLINES: HotlineFile | undefined
const list = typeof AMPARO_HOTLINES === 'undefined' ? (file as HotlineFile) : AMPARO_HOTLINES

export const HOTLINES: readonly Hotline[] = list.map((listed) => ({
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
export const isVerified = ({ confidence }: Pick<Hotline, 'confidence'>): boolean => confidence === 'high'
