import type en from '../../i18n/messages/letters/en.json'
import type { Language } from '../../protocol/fields.ts'
import { textOf } from './text.ts'

/** What is written to somebody else, in the reader's language: letters to start from, and the invitation. */
export const TEMPLATES = ['short', 'children', 'home', 'work'] as const satisfies readonly (keyof typeof en)[]
export type TemplateId = (typeof TEMPLATES)[number]

const letters = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/letters/*.json', { query: '?lingui' }),
)

export const templateIn = async (language: Language, id: TemplateId): Promise<string> =>
  (await letters.in(language))(id)

export const invitationIn = async (language: Language, from: string, link: string): Promise<string> =>
  (await letters.in(language))('invitation', { from, link })
