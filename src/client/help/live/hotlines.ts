import { FALLBACK_HOTLINE } from '../../../content/hotline.ts'
import { type Line, lineById } from '../../../content/lines.ts'
import { readPress } from '../../device/records.ts'
import { enliven, refreshOpen } from './line-actions.ts'
import { showLine, startNear } from './near.ts'
import { speakAsPage } from './page-language.ts'

const MINUTE_MS = 60_000

const linked = (): Line | null => lineById(decodeURIComponent(globalThis.location.hash.slice(1)))

/** The line that this phone's button shows, if it has a button. */
const ofThisPhone = async (): Promise<Line | null> => {
  const found = await readPress().catch(() => null)
  return found?.kind === 'record' ? (lineById(found.record.hotline) ?? lineById(FALLBACK_HOTLINE)) : null
}

const showFirst = async (): Promise<void> => {
  const asked = linked()
  if (asked !== null) return showLine(asked, 'near.linked')
  const mine = await ofThisPhone()
  if (mine !== null) showLine(mine, 'near.yours')
}

export const start = async (): Promise<void> => {
  await speakAsPage()
  startNear()
  for (const card of document.querySelectorAll<HTMLElement>('[data-line]')) enliven(card)
  await showFirst()
  globalThis.addEventListener('hashchange', () => void showFirst())
  setInterval(refreshOpen, MINUTE_MS)
}
