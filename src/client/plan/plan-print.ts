import { planSection } from '../../content/family-plan.ts'
import type { FilledSection, Plan, PlanEntry } from '../../protocol/plan.ts'
import { tidied } from './merge.ts'
import { filledFields, kindOf, labelOf } from './words.ts'

/** What goes onto paper, in words. Pure but for the page's language. */
export type PrintedField = {
  label: string
  kind: 'line' | 'text' | 'check'
  /** Null: nothing is written; a line for a pen, or a box to tick. */
  text: string | null
}
export type PrintedPage = { name: string | null; fields: PrintedField[] }
export type PrintedSection = { id: string; title: string; pages: PrintedPage[] }
export type PlanPrint = {
  title: string
  asOf: string | null
  careful: string
  sections: PrintedSection[]
  foot(page: number, pages: number): string
}

/** As a sheet of paper has it: no tabs, one kind of line end. */
const onPaper = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ')

const printedKind = (section: string, field: string): PrintedField['kind'] => {
  const kind = kindOf(section, field)
  return kind === 'text' || kind === 'check' ? kind : 'line'
}

const fieldsOf = (section: string, entry: PlanEntry, withLines: boolean): PrintedField[] => {
  const ids = withLines
    ? (planSection(section)?.fields.map(({ id }) => id) ?? [])
    : filledFields(section, entry).map(({ id }) => id)
  return ids.map((id) => {
    const text = entry[id]?.trim() ?? ''
    return {
      label: labelOf(section, id),
      kind: printedKind(section, id),
      text: text === '' ? null : onPaper(text),
    }
  })
}

/** With lines for a pen there is one page more of what there can be several of. */
const pagesOf = (id: string, filled: readonly PlanEntry[], withLines: boolean): readonly PlanEntry[] => {
  const entries = tidied(filled)
  if (!withLines) return entries
  return entries.length === 0 || planSection(id)?.repeats === true ? [...entries, {}] : entries
}

/**
 * @param ids of the sections, in their order on paper
 * @param nameOf what one page of several is called
 */
export const printedSections = (
  plan: Plan,
  ids: readonly string[],
  withLines: boolean,
  {
    titleOf,
    nameOf,
  }: { titleOf(section: string): string; nameOf(section: string, at: number): string | null },
): PrintedSection[] =>
  ids.flatMap((id) => {
    const pages = pagesOf(id, plan.sections.find((one) => one.id === id)?.entries ?? [], withLines)
    if (pages.length === 0) return []
    return [
      {
        id,
        title: titleOf(id),
        pages: pages.map((entry, at) => ({ name: nameOf(id, at), fields: fieldsOf(id, entry, withLines) })),
      },
    ]
  })

/** When the newest of these sections was written, by the phone's clock. */
export const newestOf = (sections: readonly FilledSection[]): number | null =>
  sections.length === 0 ? null : Math.max(...sections.map(({ at }) => at))

/** Every word of it, to ask whether the fonts can write them. */
export const allOf = ({ title, asOf, careful, sections, foot }: PlanPrint): string =>
  [
    ...[title, asOf ?? '', careful, foot(1, 1)],
    ...sections.flatMap((section) => [
      section.title,
      ...section.pages.flatMap((page) => [
        page.name ?? '',
        ...page.fields.flatMap(({ label, text }) => [label, text ?? '']),
      ]),
    ]),
  ]
    .join(' ')
    .replaceAll('\n', ' ')
