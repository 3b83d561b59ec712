import { Language } from '../../../protocol/fields.ts'
import { help } from '../../text/help-text.ts'
import { language } from '../../text/language.ts'

/** The page was written in one language, and what is added to it is in the same. */
export const speakAsPage = async (): Promise<Language> => {
  language.value = Language.parse(document.documentElement.lang)
  await help.load(language.value)
  return language.value
}
