import type en from '../../i18n/messages/push-lost/en.json'
import { textOf } from './text.ts'

/** The catalog of notifications that a browser has lost. */
export const pushLostText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/push-lost/*.json', { query: '?lingui' }),
)
export const { t: pt } = pushLostText
