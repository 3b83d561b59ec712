import type en from '../../i18n/messages/told/en.json'
import { textOf } from './text.ts'

/** The catalog of who is told that a press waits. */
export const told = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/told/*.json', { query: '?lingui' }),
)
export const td = told.t
