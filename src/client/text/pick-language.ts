import type { Language } from '../../protocol/fields.ts'
import { writeLanguage } from '../device/records.ts'
import { language } from './language.ts'
import { loadInUse } from './text.ts'

/** Changes the language of the whole app, once all of its words are there. */
export const pickLanguage = async (picked: Language): Promise<void> => {
  await loadInUse(picked)
  language.value = picked
  document.documentElement.lang = picked
  await writeLanguage(picked)
}
