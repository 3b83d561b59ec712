import type en from '../../i18n/messages/moving/en.json'
import { textOf } from './text.ts'

/** The catalog of what protects a phone in other hands: another name, emptying. */
export const moving = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/moving/*.json', { query: '?lingui' }),
)
export const m = moving.t
