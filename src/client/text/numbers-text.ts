import type en from '../../i18n/messages/numbers/en.json'
import { textOf } from './text.ts'

/** The catalog of a number that this phone keeps. */
export const numbersText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/numbers/*.json', { query: '?lingui' }),
)
export const { t: nt } = numbersText
