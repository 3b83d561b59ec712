import { steps } from './next-steps.json'
import type { NextStep } from './next-steps-schema.ts'
import type { Phase, Role } from './phases.ts'

/** What a family does in the first hour, day and week. Pure; the schema is checked by the build. */
export const NEXT_STEPS = steps as readonly NextStep[]

/** @param role null: everybody's */
export const stepsFor = (phase: Phase, role: Role | null): NextStep[] =>
  NEXT_STEPS.filter((step) => step.phase === phase && (role === null || step.roles.includes(role)))
