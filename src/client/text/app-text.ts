import type en from '../../i18n/messages/app/en.json'
import { textOf } from './text.ts'

/** The button's catalog: what must be there on one bar of signal. */
export const app = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/app/*.json', { query: '?lingui' }),
)
export const { t } = app
