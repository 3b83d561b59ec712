import type en from '../../i18n/messages/pin/en.json'
import { textOf } from './text.ts'

/** The catalog of the PIN. */
export const pin = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/pin/*.json', { query: '?lingui' }),
)
export const n = pin.t
