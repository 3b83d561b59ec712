import type en from '../../i18n/messages/join/en.json'
import { textOf } from './text.ts'

/** The catalog of who is invited. */
export const joinText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/join/*.json', { query: '?lingui' }),
)
export const { t } = joinText
