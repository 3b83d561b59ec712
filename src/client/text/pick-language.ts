import type { Language } from '../../protocol/fields.ts'
import { writeLanguage } from '../device/records.ts'
import { app } from './app-text.ts'
import { language } from './language.ts'
import { pin } from './pin-text.ts'
import { setup } from './setup-text.ts'

/** Changes the language of the whole app, once all of its words are there. */
export const pickLanguage = async (picked: Language): Promise<void> => {
  const later = [setup, pin].filter((text) => text.isLoaded())
  await Promise.all([app, ...later].map((text) => text.load(picked)))
  language.value = picked
  document.documentElement.lang = picked
  await writeLanguage(picked)
}
