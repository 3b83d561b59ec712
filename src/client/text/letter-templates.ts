import type en from '../../i18n/messages/letters/en.json'
import type { Language } from '../../protocol/fields.ts'
import { textOf } from './text.ts'

/** Letters to start from, in the language of who will read them. */
export type TemplateId = keyof typeof en
export const TEMPLATES = ['short', 'children', 'home', 'work'] as const satisfies readonly TemplateId[]

const letters = textOf<TemplateId>(
  import.meta.glob('../../i18n/messages/letters/*.json', { query: '?lingui' }),
)

export const templateIn = async (language: Language, id: TemplateId): Promise<string> =>
  (await letters.in(language))(id)
