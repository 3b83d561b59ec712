import * as z from 'zod/mini'
import { LocalText } from './local-text.ts'

const StepId = z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/), z.maxLength(32))

/** The same id in both lists is the same advice, shorter or longer. */
export const Step = z.strictObject({ id: StepId, title: LocalText, text: LocalText })
export type Step = z.infer<typeof Step>

/** `first-steps.json`. */
export const FirstSteps = z.strictObject({
  firstThree: z.array(Step).check(z.length(3)),
  firstHour: z.array(Step).check(z.minLength(3), z.maxLength(10)),
})
export type FirstSteps = z.infer<typeof FirstSteps>

/** `scams.json`; its sources stand with those of the first steps. */
export const Scams = z.strictObject({ scams: z.array(Step).check(z.minLength(1), z.maxLength(5)) })
export type Scams = z.infer<typeof Scams>
