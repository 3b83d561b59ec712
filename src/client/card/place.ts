import type { ComponentType } from 'preact'
import { card } from '../text/card-text.ts'
import { language } from '../text/language.ts'

/** Loads the owner's cards with their catalog. */
export const loadCards = async (): Promise<ComponentType> => {
  const [{ Cards }] = await Promise.all([import('./cards.tsx'), card.load(language.value)])
  return Cards
}
