import type { ComponentType } from 'preact'
import { language } from '../text/language.ts'
import { pressersText } from '../text/pressers-text.ts'

/** Loads the list of everything that presses, with its catalog. */
export const loadPressers = async (): Promise<ComponentType> => {
  const [{ Pressers }] = await Promise.all([import('./pressers.tsx'), pressersText.load(language.value)])
  return Pressers
}
