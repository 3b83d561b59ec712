import { decodeLink } from '../../protocol/link.ts'
import type { Place } from './standing.ts'

/** The invitation in a pasted message, wherever in it the link stands. Pure. @returns null where there is none that is whole */
export const placeIn = (text: string): Place | null => {
  for (const [fragment] of text.matchAll(/[1-9A-HJ-NP-Za-km-z]{40,}/g)) {
    const link = decodeLink('join', fragment)
    if (link !== null && link.secret !== null)
      return { vault: link.vault, contact: link.id, secret: link.secret }
  }
  return null
}
