import type en from '../../i18n/messages/help/en.json'
import { textOf } from './text.ts'

/** The catalog of the help pages, for what JavaScript adds to them. */
export const help = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/help/*.json', { query: '?lingui' }),
)
export const h = help.t
