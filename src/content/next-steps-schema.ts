import * as z from 'zod/mini'
import { line } from '../protocol/fields.ts'
import { NEXT_STEPS_MAX, StepId } from '../protocol/steps.ts'
import { Phone } from './hotline-schema.ts'
import { LocalText } from './local-text.ts'
import { PHASES, ROLES } from './phases.ts'
import { Confidence, Day, PartialDate, WebAddress } from './source.ts'

/** `government`: said beside the number, so that nobody takes it for a helper's. */
const Call = z.strictObject({
  label: LocalText,
  phone: Phone,
  hours: z.nullable(LocalText),
  by: z.enum(['government', 'community']),
})
const Page = z.strictObject({ label: LocalText, url: WebAddress })

/**
 * One thing to do, or with `never` one that is not to be done. `source` is what the page names; all of them are in
 * `next-steps-sources.json`. `checked`: the day on which somebody last read it through.
 */
export const NextStep = z.strictObject({
  id: StepId,
  phase: z.enum(PHASES),
  roles: z.array(z.enum(ROLES)).check(z.minLength(1), z.maxLength(ROLES.length)),
  never: z.boolean(),
  title: LocalText,
  text: LocalText,
  warning: z.nullable(LocalText),
  calls: z.array(Call).check(z.maxLength(3)),
  pages: z.array(Page).check(z.maxLength(3)),
  source: z.strictObject({ organisation: line(160), url: WebAddress, date: z.nullable(PartialDate) }),
  confidence: Confidence,
  checked: z.nullable(Day),
})
export type NextStep = z.infer<typeof NextStep>

/** `next-steps.json`, in the order in which they are shown. */
export const NextStepsFile = z.strictObject({
  steps: z.array(NextStep).check(z.minLength(3), z.maxLength(NEXT_STEPS_MAX)),
})
