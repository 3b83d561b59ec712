import * as z from 'zod/mini'
import { Id, integer, Key, Language, Secret } from '../../protocol/fields.ts'
import { LETTER_TEXT_MAX_CHARS } from '../../protocol/limits.ts'
import {
  FilledSection,
  PLAN_ENTRIES_MAX,
  PLAN_SECTIONS_MAX,
  PLAN_TEXT_MAX_CHARS,
  PlanFieldId,
  PlanSectionId,
} from '../../protocol/plan.ts'
import { recordKey, recordKeyOrNew } from './owner.ts'
import { copies, phone } from './phone.ts'
import { openRecord, sealRecord } from './sealed.ts'

/**
 * What a person has typed and not finished: it survives a reload, a closed tab and a missing line. Nothing in it is
 * checked but its shape; the step that uses it does that. Sealed, since what was erased may be found on a disk.
 */
const typed = (max: number) => z.string().check(z.maxLength(max))

/** The set-up under way, with the secrets that its vault will have, so that a lost answer can be repeated. */
export const SetupDraft = z.strictObject({
  v: z.literal(1),
  root: Secret,
  presser: Id,
  pressSecret: Key,
  situation: Key,
  contact: Id,
  stop: Secret,
  contactSecret: Secret,
  letter: Id,
  letterSecret: Secret,
  step: integer(0, 9),
  name: typed(200),
  state: typed(8),
  hotline: typed(64),
  contactName: typed(200),
  email: typed(400),
  language: Language,
  text: typed(2 * LETTER_TEXT_MAX_CHARS),
  word: typed(200),
  hint: typed(400),
  /** Of a workshop, where the service asked for one. */
  code: typed(64),
})
export type SetupDraft = z.infer<typeof SetupDraft>

/** A contact being edited later; `contact` is null for a new one. */
export const EditDraft = z.strictObject({
  v: z.literal(1),
  contact: z.nullable(Id),
  name: typed(200),
  email: typed(400),
  language: Language,
  /** As they were when the editing began: what was not touched must not overwrite what the contact has said since. */
  before: z.strictObject({ email: typed(400), language: Language }),
  text: typed(2 * LETTER_TEXT_MAX_CHARS),
  phrase: typed(400),
  lock: z.enum(['word', 'link', 'paired']),
  word: typed(200),
  hint: typed(400),
})
export type EditDraft = z.infer<typeof EditDraft>

/**
 * Sections of the family's plan that were typed and are not stored yet. `before`: what was stored of the section when the typing began,
 * so that what another phone has stored since is not overwritten.
 */
export const SectionDraft = z.strictObject({
  id: PlanSectionId,
  entries: z
    .array(z.record(PlanFieldId, typed(2 * PLAN_TEXT_MAX_CHARS)))
    .check(z.maxLength(PLAN_ENTRIES_MAX)),
  before: z.nullable(FilledSection),
})
export type SectionDraft = z.infer<typeof SectionDraft>

/** `vault`: a draft is of one plan, and of no other that comes to this phone. */
export const PlanDraft = z.strictObject({
  v: z.literal(1),
  vault: Id,
  sections: z.array(SectionDraft).check(z.maxLength(PLAN_SECTIONS_MAX)),
})
export type PlanDraft = z.infer<typeof PlanDraft>

const reader =
  <T>(name: string, schema: z.ZodMiniType<T>) =>
  async (): Promise<T | null> => {
    const key = await recordKey()
    const found = (await (await copies())?.get(name)) ?? (await (await phone()).get(name))
    return key && openRecord(schema, key, name, found)
  }

export const readSetupDraft = reader('draft', SetupDraft)
export const readEditDraft = reader('edit', EditDraft)
export const readPlanDraft = reader('plan-draft', PlanDraft)

/** @returns false if the phone could not keep it: the page says so, and the text stays on the screen */
const writer =
  <T>(name: string, schema: z.ZodMiniType<T>) =>
  async (draft: T): Promise<boolean> => {
    try {
      const key = await recordKeyOrNew()
      if (key === null) return false
      const sealed = sealRecord(schema, key, name, draft)
      // localStorage first: it has the last key stroke when the page goes in the next moment, which IndexedDB has not.
      const first = await copies()
      if (first !== null) {
        try {
          await first.set(name, sealed)
          return true
        } catch {
          // Full: the older one there must not be read before the new one.
          await first.delete(name)
        }
      }
      await (await phone()).set(name, sealed)
      return true
    } catch {
      return false
    }
  }

export const writeSetupDraft = writer('draft', SetupDraft)
export const writeEditDraft = writer('edit', EditDraft)
export const writePlanDraft = writer('plan-draft', PlanDraft)

/** What is stored on the service and cannot be dropped here is only offered once more. */
const dropper = (name: string) => async (): Promise<void> =>
  (await phone()).delete(name).catch(() => undefined)
export const dropPlanDraft = dropper('plan-draft')
export const dropEditDraft = dropper('edit')
