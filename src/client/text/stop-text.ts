import type en from '../../i18n/messages/stop/en.json'
import { textOf } from './text.ts'

/** The catalog of "never again". */
export const stopText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/stop/*.json', { query: '?lingui' }),
)
export const { t } = stopText
