import type { AlertSummary } from '../../protocol/vault.ts'
import { language } from '../text/language.ts'
import { situationsText } from '../text/situations-text.ts'
import { lazily } from '../ui/lazily.tsx'
import type { Opened } from '../vault/session.ts'

/** Loaded where there is an alert to tell of. */
export const Presses = lazily<{ opened: Opened; alert: AlertSummary }>(async () => {
  const [{ Presses }] = await Promise.all([import('./presses.tsx'), situationsText.load(language.value)])
  return Presses
}, 'div')
