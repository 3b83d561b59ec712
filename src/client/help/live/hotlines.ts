import { FALLBACK_HOTLINE } from '../../../content/hotline.ts'
import { type Line, lineById } from '../../../content/lines.ts'
import { hotlineOfPhone } from '../../device/hotline-of-phone.ts'
import { enliven, refreshOpen } from './line-actions.ts'
import { showLine, startNear } from './near.ts'
import { speakAsPage } from './page-words.ts'

const MINUTE_MS = 60_000

const linked = (): Line | null => lineById(globalThis.location.hash.slice(1))

const ofThisPhone = (): Line | null => {
  const id = hotlineOfPhone()
  return id === null ? null : (lineById(id) ?? lineById(FALLBACK_HOTLINE))
}

const showFirst = (): void => {
  const asked = linked()
  const line = asked ?? ofThisPhone()
  if (line !== null) showLine(line, asked === null ? 'near.yours' : 'near.linked')
}

export const start = async (): Promise<void> => {
  await speakAsPage()
  startNear()
  for (const card of document.querySelectorAll<HTMLElement>('[data-line]')) enliven(card)
  showFirst()
  globalThis.addEventListener('hashchange', showFirst)
  setInterval(refreshOpen, MINUTE_MS)
}
