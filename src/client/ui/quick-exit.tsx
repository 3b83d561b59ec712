import { t } from '../text/app-text.ts'

/** A page of ours that says nothing of us and opens without a line. */
const NEUTRAL = '/notes'

/** Covers what is on the screen at once; the page that follows takes this one's place in the history. */
export const quickExit = (): void => {
  document.body.hidden = true
  globalThis.location.replace(NEUTRAL)
}

export const QuickExit = () => (
  <button type="button" class="exit" onClick={quickExit}>
    {t('exit')}
  </button>
)
