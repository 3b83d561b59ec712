import type en from '../../i18n/messages/situations/en.json'
import { textOf } from './text.ts'

/** The catalog of what pressers have written: the contact reads it, and the owner, who also sees who pressed. */
export const situationsText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/situations/*.json', { query: '?lingui' }),
)
export const { t: st } = situationsText
