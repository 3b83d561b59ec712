import type en from '../../../i18n/messages/help/en.json'
import { type Messages, type Translate, translator } from '../../../i18n/translate.ts'
import type { Language } from '../../../protocol/fields.ts'
import type { StepsId, StepWords } from '../../next-steps/words.ts'

export type HelpId = keyof typeof en

/** The language of a page and its words: pages that are made at build time have no signal to read it from. */
export type Words = { language: Language; t: Translate<HelpId> }

const CATALOGS = import.meta.glob<{ messages: Messages<HelpId> }>('../../../i18n/messages/help/*.json', {
  query: '?lingui',
  eager: true,
})

const STEPS = import.meta.glob<{ messages: Messages<StepsId> }>('../../../i18n/messages/steps/*.json', {
  query: '?lingui',
  eager: true,
})

const translateIn = <Id extends string>(
  catalogs: Record<string, { messages: Messages<Id> }>,
  language: Language,
): Translate<Id> => {
  const catalog = Object.entries(catalogs).find(([path]) => path.includes(`/${language}.json`))?.[1]
  if (catalog === undefined) throw new Error(`no catalog in ${language}`)
  return translator(language, catalog.messages)
}

/** @throws Error for a language without a catalog */
export const wordsIn = (language: Language): Words => ({ language, t: translateIn(CATALOGS, language) })
export const stepWordsIn = (language: Language): StepWords => ({ language, t: translateIn(STEPS, language) })
