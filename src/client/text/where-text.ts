import type en from '../../i18n/messages/where/en.json'
import { textOf } from './text.ts'

/** The catalog of the owner's own place, which an alert says if she wants it to. */
export const whereText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/where/*.json', { query: '?lingui' }),
)
export const { t: wh } = whereText
