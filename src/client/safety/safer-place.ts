import type { ComponentType } from 'preact'
import { language } from '../text/language.ts'
import { moving } from '../text/moving-text.ts'
import { Emptying } from './emptying.tsx'
import { Name } from './name.tsx'

const PLACES = { name: Name, empty: Emptying } as const

/** With its catalog, in the language of the page. */
export const loadSafer = async (place: keyof typeof PLACES): Promise<ComponentType> => {
  await moving.load(language.value)
  return PLACES[place]
}
