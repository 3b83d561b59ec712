import { sections } from './family-plan.json'
import type { PlanSection } from './family-plan-schema.ts'

/** The sections of a family's plan. Pure; the schema is checked by the build. */
export const PLAN_SECTIONS = sections as readonly PlanSection[]

export const planSection = (id: string): PlanSection | null =>
  PLAN_SECTIONS.find((section) => section.id === id) ?? null
