import type en from '../../i18n/messages/scan/en.json'
import { textOf } from './text.ts'

/** The catalog of a card's page and of the place where its code is typed. */
export const scan = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/scan/*.json', { query: '?lingui' }),
)
export const { t: sc } = scan
