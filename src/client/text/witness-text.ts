import type en from '../../i18n/messages/witness/en.json'
import { textOf } from './text.ts'

/** The catalog of the page on which somebody presses for another person. */
export const witnessText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/witness/*.json', { query: '?lingui' }),
)
export const { t: w } = witnessText
