import type en from '../../i18n/messages/steps/en.json'
import type { Translate } from '../../i18n/translate.ts'
import type { Language } from '../../protocol/fields.ts'

export type StepsId = keyof typeof en

/** The words of the list of next steps, handed on: the same parts stand in a page that the build writes and in the letter's. */
export type StepWords = { language: Language; t: Translate<StepsId> }
