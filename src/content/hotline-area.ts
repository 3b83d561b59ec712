import { hotlineOrFallback } from './hotline.ts'
import file from './hotline-areas.json'
import type { HotlineArea, HotlineAreasFile } from './hotline-schema.ts'

/** What a mail and the picker say of a hotline. Pure. Not in the first load of the button or of a contact's page. */

/** Of a host that has an overlay, the build of the Worker puts its list here: see `tools/overlay.ts`. */
declare const AMPARO_HOTLINE_AREAS: HotlineAreasFile | undefined
export const AREAS: HotlineAreasFile =
  typeof AMPARO_HOTLINE_AREAS === 'undefined' ? file : AMPARO_HOTLINE_AREAS

/** Of the hotline to call for an id that may be unknown: see `hotlineOrFallback`. */
export const areaOf = (id: string): HotlineArea => {
  const area = AREAS[hotlineOrFallback(id).id]
  if (area === undefined) throw new Error('a hotline has no area')
  return area
}
