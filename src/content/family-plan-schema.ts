import * as z from 'zod/mini'
import { PlanFieldId, PlanSectionId } from '../protocol/plan.ts'
import { LocalText } from './local-text.ts'
import { Confidence, Day, Source } from './source.ts'

/** `line` and `tel` are one line, `text` is several; `check` is said or not; `date` as the person writes it. */
export const FieldKind = z.enum(['line', 'tel', 'date', 'text', 'check'])

export const PlanField = z.strictObject({
  id: PlanFieldId,
  type: FieldKind,
  label: LocalText,
  help: z.nullable(LocalText),
  /** That a plan should have this field, not what is typed into it. */
  confidence: Confidence,
  /** Could be used against the family, or somebody in it: said where it is shared and where it is printed. */
  sensitive: z.optional(z.literal(true)),
})
export type PlanField = z.infer<typeof PlanField>

/** `repeats`: once for each child, and `each` names one. Section and field ids stand in sealed plans: they are never given another meaning. */
export const PlanSection = z.strictObject({
  id: PlanSectionId,
  title: LocalText,
  about: LocalText,
  each: z.nullable(LocalText),
  repeats: z.boolean(),
  fields: z.array(PlanField).check(z.minLength(1), z.maxLength(24)),
  checked: z.nullable(Day),
})
export type PlanSection = z.infer<typeof PlanSection>
export const FamilyPlanFile = z.strictObject({
  sections: z.array(PlanSection).check(z.minLength(1), z.maxLength(16)),
})

const said = { source: Source, confidence: Confidence }
/** A way to give somebody the care of a child. */
export const Arrangement = z.strictObject({
  id: z.string().check(z.regex(/^[a-z]+$/)),
  title: LocalText,
  text: LocalText,
  ...said,
})
/** The caregiver's form of one state, and where that is explained. */
export const StateForm = z.strictObject({
  state: z.string().check(z.regex(/^[A-Z]{2}$/)),
  name: LocalText,
  text: LocalText,
  ...said,
  checked: z.nullable(Day),
})
export const CaregiverFile = z.strictObject({
  arrangements: z.array(Arrangement).check(z.minLength(1), z.maxLength(8)),
  states: z.array(StateForm).check(z.minLength(1), z.maxLength(60)),
  children: z.strictObject({ text: LocalText, ...said }),
})
