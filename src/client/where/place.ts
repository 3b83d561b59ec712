import type { ComponentType } from 'preact'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { language } from '../text/language.ts'
import { whereText } from '../text/where-text.ts'

/** After a press: loads the way to add where this phone is. */
export const loadAddWhere = async (): Promise<ComponentType<{ press: QueuedPress }>> => {
  const [{ AddWhere }] = await Promise.all([import('./add-where.tsx'), whereText.load(language.value)])
  return AddWhere
}

/** Beforehand: loads the choice that it be added by itself. */
export const loadWhereChoice = async (): Promise<ComponentType> => {
  const [{ WhereChoice }] = await Promise.all([import('./where-choice.tsx'), whereText.load(language.value)])
  return WhereChoice
}
