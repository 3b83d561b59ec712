import * as z from 'zod/mini'
import { blob, Id, Instant, Version } from './fields.ts'
import { CONTACTS_MAX, SEAL_OVERHEAD_BYTES } from './limits.ts'
import { record } from './record.ts'

/** The family preparedness plan, and what of it one contact is shown (`protocol.md §7.14`, §8.16). */
export const PLAN_SECTIONS_MAX = 16
/** As many children as one plan has pages for. */
export const PLAN_ENTRIES_MAX = 12
export const PLAN_FIELDS_MAX = 32
export const PLAN_LINE_MAX_CHARS = 200
export const PLAN_TEXT_MAX_CHARS = 2_000
/** UTF-8 JSON of a plan: less than half of what a letter's shares and the rest of a commit may weigh together. */
export const PLAN_JSON_MAX_BYTES = 32_764
export const PLAN_MAX_BYTES = 32_768 + SEAL_OVERHEAD_BYTES

const kebab = (max: number) => z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(max))
export const PlanSectionId = kebab(32)
export const PlanFieldId = kebab(32)

/** What is written in one page of a section: by field, never empty. A ticked field is `yes`. */
export const PlanEntry = record(
  PlanFieldId,
  z.string().check(z.minLength(1), z.maxLength(PLAN_TEXT_MAX_CHARS)),
  PLAN_FIELDS_MAX,
)
export type PlanEntry = z.infer<typeof PlanEntry>

/** `at`: when it was changed last, by the owner's phone. */
export const FilledSection = z.strictObject({
  id: PlanSectionId,
  at: Instant,
  entries: z.array(PlanEntry).check(z.minLength(1), z.maxLength(PLAN_ENTRIES_MAX)),
})
export type FilledSection = z.infer<typeof FilledSection>

const sections = z.array(FilledSection).check(z.maxLength(PLAN_SECTIONS_MAX))

/**
 * All of it, for the owner alone; `shares`: which sections each contact is shown. What comes with a contact's letter is the same shape
 * with those sections alone, and without `shares`: a contact learns of no other.
 */
export const Plan = z.strictObject({
  v: z.literal(1),
  sections,
  shares: z
    .array(
      z.strictObject({
        contact: Id,
        sections: z.array(PlanSectionId).check(z.minLength(1), z.maxLength(PLAN_SECTIONS_MAX)),
      }),
    )
    .check(z.maxLength(CONTACTS_MAX)),
})
export type Plan = z.infer<typeof Plan>

export const SealedPlan = blob(SEAL_OVERHEAD_BYTES, PLAN_MAX_BYTES)

/** `plan` is null where there is none; `version` is that of the commit that brought it. */
export const PlanAnswer = z.strictObject({
  ok: z.literal(true),
  plan: z.nullable(z.strictObject({ version: Version, sealed: SealedPlan })),
})
export type PlanAnswer = z.infer<typeof PlanAnswer>

/** What came with the letter of this version, for who has opened it; null where nothing is shared. */
export const ShareAnswer = z.strictObject({ ok: z.literal(true), share: z.nullable(SealedPlan) })
export type ShareAnswer = z.infer<typeof ShareAnswer>
