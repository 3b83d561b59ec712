import type en from '../../i18n/messages/practice/en.json'
import { textOf } from './text.ts'

/** The catalog of an open practice letter. */
export const practice = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/practice/*.json', { query: '?lingui' }),
)
export const p = practice.t
