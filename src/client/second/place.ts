import type { ComponentType } from 'preact'
import { language } from '../text/language.ts'
import { second } from '../text/second-text.ts'

/** The two ends of a hand-over, each with the catalog. */
export const loadGiving = async (): Promise<ComponentType> => {
  const [{ Giving }] = await Promise.all([import('./giving.tsx'), second.load(language.value)])
  return Giving
}

export const loadArriving = async (): Promise<ComponentType> => {
  const [{ Arriving }] = await Promise.all([import('./arriving.tsx'), second.load(language.value)])
  return Arriving
}
