import type { ComponentType } from 'preact'
import { language } from '../text/language.ts'
import { planText } from '../text/plan-text.ts'

/** Loads the family's plan with its catalog. */
export const loadPlan = async (): Promise<ComponentType> => {
  const [{ FamilyPlan }] = await Promise.all([import('./family-plan.tsx'), planText.load(language.value)])
  return FamilyPlan
}
