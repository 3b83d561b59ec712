import type en from '../../i18n/messages/second/en.json'
import { textOf } from './text.ts'

/** The catalog of a second phone, on both phones. */
export const second = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/second/*.json', { query: '?lingui' }),
)
export const o = second.t
