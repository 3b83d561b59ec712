import type en from '../../i18n/messages/waiting/en.json'
import { textOf } from './text.ts'

/** The catalog of what the owner is shown of a press that waits. */
export const waitingText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/waiting/*.json', { query: '?lingui' }),
)
export const { t: wt } = waitingText
