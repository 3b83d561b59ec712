import type en from '../../i18n/messages/reader/en.json'
import { textOf } from './text.ts'

/** The catalog of the contact's pages. */
export const reader = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/reader/*.json', { query: '?lingui' }),
)
export const { t } = reader
