import type en from '../../i18n/messages/erased/en.json'
import { textOf } from './text.ts'

/** The catalog of a phone that could not be emptied. */
export const erased = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/erased/*.json', { query: '?lingui' }),
)
export const e = erased.t
