import type { StepsId } from '../next-steps/words.ts'
import { textOf } from './text.ts'

/** The catalog of the next steps, in a letter's page. */
export const stepsText = textOf<StepsId>(
  import.meta.glob('../../i18n/messages/steps/*.json', { query: '?lingui' }),
)
export const s = stepsText.t
