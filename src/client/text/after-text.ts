import type en from '../../i18n/messages/after/en.json'
import { textOf } from './text.ts'

/** The catalog of what comes after a letter is open: who is on it, how it stands. */
export const afterText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/after/*.json', { query: '?lingui' }),
)
export const a = afterText.t
