import type en from '../../i18n/messages/setup/en.json'
import { textOf } from './text.ts'

/** The catalog of all that is done at leisure: set-up, people, letters, recovery words. */
export const setup = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/setup/*.json', { query: '?lingui' }),
)
export const s = setup.t
