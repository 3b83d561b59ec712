import type en from '../../i18n/messages/startover/en.json'
import { textOf } from './text.ts'

/** The catalog of starting over with new words. */
export const startOver = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/startover/*.json', { query: '?lingui' }),
)
export const o = startOver.t
