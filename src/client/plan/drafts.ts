import type { FilledSection, Plan, PlanEntry } from '../../protocol/plan.ts'
import type { SectionDraft } from '../device/draft.ts'
import { isSame } from '../vault/plan-rules.ts'
import { isInConflict, mergedEntries, storedSection, tidied } from './merge.ts'

/** What is typed and not stored, section by section. Pure. */

export const withDraft = (drafts: readonly SectionDraft[], draft: SectionDraft): SectionDraft[] => [
  ...drafts.filter(({ id }) => id !== draft.id),
  draft,
]

/** A draft that says what is stored already is none. */
export const stillToStore = (plan: Plan, drafts: readonly SectionDraft[]): SectionDraft[] =>
  drafts.filter((draft) => {
    const stored = storedSection(plan, draft.id)
    const merged = mergedEntries(draft, stored)
    return merged === null || !isSame(merged, stored?.entries ?? [])
  })

const asStored = ({ id, entries }: SectionDraft, at: number): FilledSection | null => {
  const pages = tidied(entries)
  return pages.length === 0 ? null : { id, at, entries: pages }
}

/**
 * After a commit: what it brought is dropped, and what was typed while it was under way goes on from there.
 * @param plan as it is stored now
 * @param sent the drafts that the commit was made with
 */
export const afterStoring = (
  plan: Plan,
  drafts: readonly SectionDraft[],
  sent: readonly SectionDraft[],
  now: number,
): SectionDraft[] =>
  stillToStore(
    plan,
    drafts.map((draft) => {
      const gone = sent.find(({ id }) => id === draft.id)
      if (gone === undefined || isInConflict(plan, gone)) return draft
      return { ...draft, before: asStored(gone, now) }
    }),
  )

/** What the page of a section shows: what was typed last, else what is stored. */
export const shownEntries = (
  plan: Plan,
  drafts: readonly SectionDraft[],
  section: string,
): readonly PlanEntry[] =>
  drafts.find(({ id }) => id === section)?.entries ?? storedSection(plan, section)?.entries ?? []

/** How much of a section is filled in: fields of its one page, or pages. */
export const filledIn = (entries: readonly PlanEntry[], repeats: boolean): number => {
  const pages = tidied(entries)
  return repeats ? pages.length : Object.keys(pages[0] ?? {}).length
}
