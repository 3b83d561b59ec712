import type en from '../../i18n/messages/pressers/en.json'
import { textOf } from './text.ts'

/** The catalog of everything that presses for the owner, and of the link that a trusted person is given. */
export const pressersText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/pressers/*.json', { query: '?lingui' }),
)
export const { t: pr } = pressersText
