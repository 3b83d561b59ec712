import { planSection } from '../../content/family-plan.ts'
import type { PlanField } from '../../content/family-plan-schema.ts'
import type { LocalText } from '../../content/local-text.ts'
import type { PlanEntry } from '../../protocol/plan.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { language, locale } from '../text/language.ts'

/** What the content says, in the language of the page. */
export const inWords = (text: LocalText): string => text[language.value]

/** A section of a newer app is shown by its id rather than not at all. */
export const titleOf = (section: string): string => {
  const known = planSection(section)
  return known === null ? section : inWords(known.title)
}

export const labelOf = (section: string, field: string): string => {
  const known = planSection(section)?.fields.find(({ id }) => id === field)
  return known === undefined ? field : inWords(known.label)
}

/** In the order of the content; what a newer app has filled in comes last. */
export const filledFields = (section: string, entry: PlanEntry): { id: string; text: string }[] => {
  const order = planSection(section)?.fields.map(({ id }) => id) ?? []
  const others = Object.keys(entry).filter((id) => !order.includes(id))
  return [...order, ...others].flatMap((id) => {
    const text = entry[id]?.trim() ?? ''
    return text === '' ? [] : [{ id, text }]
  })
}

export const kindOf = (section: string, field: string): PlanField['type'] =>
  planSection(section)?.fields.find(({ id }) => id === field)?.type ?? 'text'

/** Of the fields that are filled in, those that could be used against somebody. */
export const sensitiveIn = (section: string, entries: readonly PlanEntry[]): string[] =>
  (planSection(section)?.fields ?? [])
    .filter(
      ({ id, sensitive }) => sensitive === true && entries.some((entry) => (entry[id] ?? '').trim() !== ''),
    )
    .map(({ label }) => inWords(label))

export const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)

export const namesOf = ({ contacts }: VaultDocument, ids: readonly string[]): string[] =>
  contacts.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
