import type en from '../../../i18n/messages/help/en.json'
import { type Messages, type Translate, translator } from '../../../i18n/translate.ts'
import type { Language } from '../../../protocol/fields.ts'

export type HelpId = keyof typeof en

/** The language of a page and its words: pages that are made at build time have no signal to read it from. */
export type Words = { language: Language; t: Translate<HelpId> }

const CATALOGS = import.meta.glob<{ messages: Messages<HelpId> }>('../../../i18n/messages/help/*.json', {
  query: '?lingui',
  eager: true,
})

/** @throws Error for a language without a catalog */
export const wordsIn = (language: Language): Words => {
  const catalog = Object.entries(CATALOGS).find(([path]) => path.includes(`/${language}.json`))?.[1]
  if (catalog === undefined) throw new Error(`no catalog "help" in ${language}`)
  return { language, t: translator(language, catalog.messages) }
}
