import { planSection } from '../../content/family-plan.ts'
import type { Language } from '../../protocol/fields.ts'
import type { Plan } from '../../protocol/plan.ts'
import { aNumberOf } from './locator.ts'

/** What of the family's plan stands at which step, for who was shown it. Pure. */

/** `copy`: what a button copies, where that is not the text itself. `tel`: to be dialled. `said`: a field that is only ticked. */
export type Fact = {
  id: string
  label: string | null
  text: string
  copy: string
  tel: string | null
  said: boolean
}
/** `which`: the number of one of several, from 1. */
export type FactGroup = { section: string; title: string | null; which: number | null; facts: Fact[] }

/** By step: sections, and of those the fields that belong there; null: all of them. */
const BELONGS: Readonly<
  Record<string, readonly (readonly [section: string, fields: readonly string[] | null])[]>
> = {
  children: [
    ['child-care-plan', null],
    [
      'children',
      ['child-name', 'child-school', 'teacher', 'after-school', 'child-emergency', 'child-comfort'],
    ],
    ['emergency-numbers', ['schools']],
  ],
  'medicine-now': [
    ['identity', ['medicines']],
    ['children', ['child-name', 'medical', 'medications', 'allergies', 'child-doctor']],
    ['emergency-numbers', ['doctors']],
  ],
  medicine: [
    ['identity', ['legal-name', 'dob', 'medicines']],
    ['emergency-numbers', ['doctors', 'insurance']],
  ],
  'gather-identity': [['identity', ['legal-name', 'other-names', 'dob', 'country-birth', 'a-number']]],
  locator: [['identity', ['a-number', 'legal-name', 'country-birth', 'dob']]],
  spellings: [['identity', ['legal-name', 'other-names']]],
  'ice-line': [['identity', ['a-number', 'legal-name', 'dob', 'country-birth']]],
  'court-info': [['identity', ['a-number']]],
  'check-court': [['identity', ['a-number']]],
  transfers: [['identity', ['a-number', 'legal-name', 'country-birth']]],
  lawyer: [
    ['emergency-numbers', ['lawyer']],
    ['immigration', null],
    ['documents', ['where', 'doc-lawyer']],
  ],
  consulate: [['emergency-numbers', ['consulate']]],
  'child-missing': [['children', ['child-name', 'child-dob', 'child-citizenship']]],
  'work-facts': [['emergency-numbers', ['employers']]],
  'work-day': [['emergency-numbers', ['employers']]],
  documents: [['documents', null]],
  'caregiver-forms': [['child-care-plan', ['affidavit', 'caregiver-name', 'caregiver-address']]],
  'home-safety': [
    ['money', null],
    ['emergency-numbers', ['landlord', 'car']],
  ],
}

const TEL = /^\+?[\d\s().-]{7,24}$/
const telOf = (text: string): string | null => (TEL.test(text.trim()) ? text.replace(/[^\d+]/g, '') : null)

const factOf = (section: string, id: string, text: string, language: Language): Fact => {
  // A field of a newer app has no name here, and what stands in it is shown all the same.
  const field = planSection(section)?.fields.find((one) => one.id === id)
  return {
    id,
    label: field?.label[language] ?? null,
    text,
    copy: (id === 'a-number' ? aNumberOf(text) : null) ?? text,
    tel: field?.type === 'tel' ? telOf(text) : null,
    said: field?.type === 'check',
  }
}

/** In the order in which the plan has its fields; what it does not know comes last. */
const inOrder = (section: string, ids: readonly string[]): string[] => {
  const known = planSection(section)?.fields.map(({ id }) => id) ?? []
  return [...known.filter((id) => ids.includes(id)), ...ids.filter((id) => !known.includes(id))]
}

const groupsOf = (
  plan: Plan,
  section: string,
  fields: readonly string[] | null,
  language: Language,
): FactGroup[] => {
  const filled = plan.sections.find(({ id }) => id === section)
  if (filled === undefined) return []
  const about = planSection(section)
  return filled.entries.flatMap((entry, index) => {
    const facts = inOrder(section, Object.keys(entry))
      .filter((id) => fields === null || fields.includes(id))
      .map((id) => factOf(section, id, entry[id] ?? '', language))
    const which = filled.entries.length > 1 ? index + 1 : null
    return facts.length === 0 ? [] : [{ section, title: about?.title[language] ?? null, which, facts }]
  })
}

/** What was shared that helps with this step. */
export const factsFor = (step: string, plan: Plan, language: Language): FactGroup[] =>
  (BELONGS[step] ?? []).flatMap(([section, fields]) => groupsOf(plan, section, fields, language))

/** All of it. */
export const allFacts = (plan: Plan, language: Language): FactGroup[] =>
  plan.sections.flatMap(({ id }) => groupsOf(plan, id, null, language))

/** What the person is called in papers, if that was shared. */
export const namesFrom = (plan: Plan): { legal: string | null; others: string | null } => {
  const entry = plan.sections.find(({ id }) => id === 'identity')?.entries[0]
  return { legal: entry?.['legal-name'] ?? null, others: entry?.['other-names'] ?? null }
}
