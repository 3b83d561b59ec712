import { type Messages, translator, type Values } from '../../../i18n/translate.ts'
import type { Language } from '../../../protocol/fields.ts'
import type { HelpId, Words } from '../pages/words.ts'

/**
 * The words of the page's own language, which is written in it and does not change: no signal, and nothing of the app, so that these
 * pages stay small.
 */
const LOADERS = import.meta.glob<{ messages: Messages<HelpId> }>('../../../i18n/messages/help/*.json', {
  query: '?lingui',
})

let words: Words | null = null

/** @throws Error where the catalog does not arrive; then the page stays as it was written */
export const speakAsPage = async (): Promise<Words> => {
  const language: Language = document.documentElement.lang === 'es' ? 'es' : 'en'
  const load = LOADERS[`../../../i18n/messages/help/${language}.json`]
  if (load === undefined) throw new Error('no such catalog')
  words = { language, t: translator(language, (await load()).messages) }
  return words
}

export const h = (id: HelpId, values?: Values): string => words?.t(id, values) ?? ''
export const spoken = (): Language => words?.language ?? 'en'

/** For times: the phone's own variant of the language, if it has one ("es-MX"). */
export const locale = (): string =>
  (navigator.languages ?? []).find((tag) => tag.toLowerCase().startsWith(spoken())) ?? spoken()
