import type en from '../../i18n/messages/checkins/en.json'
import { textOf } from './text.ts'

/** The catalog of check-ins. */
export const checkInsText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/checkins/*.json', { query: '?lingui' }),
)
export const c = checkInsText.t
