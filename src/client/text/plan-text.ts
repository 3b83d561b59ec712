import type en from '../../i18n/messages/plan/en.json'
import { textOf } from './text.ts'

/** The catalog of the family's plan. What its sections and fields are called stands in the content. */
export const planText = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/plan/*.json', { query: '?lingui' }),
)
export const p = planText.t
