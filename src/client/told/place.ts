import type { ComponentType } from 'preact'
import { language } from '../text/language.ts'
import { told } from '../text/told-text.ts'

/** Loads "tell me" with its catalog. */
export const loadTold = async (): Promise<ComponentType> => {
  const [{ Told }] = await Promise.all([import('./told.tsx'), told.load(language.value)])
  return Told
}
