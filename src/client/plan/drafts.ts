import type { Plan, PlanEntry } from '../../protocol/plan.ts'
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

/**
 * A draft that was stored, and typed on since: it goes on from what was sent, or it would seem that somebody else had changed that.
 * @param brought what a commit has brought
 */
export const goneOn = (draft: SectionDraft, brought: readonly SectionDraft[]): SectionDraft => {
  const gone = brought.find(
    ({ id, before }) => id === draft.id && JSON.stringify(before) === JSON.stringify(draft.before),
  )
  if (gone === undefined) return draft
  const entries = tidied(gone.entries)
  return { ...draft, before: entries.length === 0 ? null : { id: draft.id, at: 0, entries } }
}

/**
 * `goneOn`, for a page that knows this plan: it hears of a commit and reads what that has stored one after the other, and in between nobody
 * else has changed anything.
 */
export const seenFrom = (plan: Plan, draft: SectionDraft, brought: readonly SectionDraft[]): SectionDraft => {
  const gone = goneOn(draft, brought)
  return isInConflict(plan, gone) && !isInConflict(plan, draft) ? draft : gone
}

/**
 * After a commit: what it brought is dropped, and what was typed while it was under way goes on from there.
 * @param plan as it is stored now
 * @param brought the drafts that the commit was made with, but for what another phone had changed too
 */
export const afterStoring = (
  plan: Plan,
  drafts: readonly SectionDraft[],
  brought: readonly SectionDraft[],
): SectionDraft[] =>
  stillToStore(
    plan,
    drafts.map((draft) => goneOn(draft, brought)),
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
