import { planSection } from '../../content/family-plan.ts'
import type { FilledSection, Plan, PlanEntry } from '../../protocol/plan.ts'
import type { SectionDraft } from '../device/draft.ts'
import { isSame, withSection } from '../vault/plan-rules.ts'

/** What was typed here and what another phone has stored since, in one. Pure: `now` is passed in. */

/** As it is stored: without spaces around, and without what is empty. */
export const tidied = (entries: readonly PlanEntry[]): PlanEntry[] =>
  entries
    .map((entry) =>
      Object.fromEntries(
        Object.entries(entry)
          .map(([id, text]) => [id, text.trim()] as const)
          .filter(([, text]) => text !== ''),
      ),
    )
    .filter((entry) => Object.keys(entry).length > 0)

type Sides<T> = { before: T; mine: T; theirs: T }
type Side = 'mine' | 'theirs'
/** @returns null where both sides have changed it, each in its own way, and nobody has said whose stands */
const chosen = <T>(
  { before, mine, theirs }: Sides<T>,
  isEqual: (a: T, b: T) => boolean,
  stands: Side | null,
): T | null => {
  if (isEqual(mine, theirs) || isEqual(before, mine)) return theirs
  if (isEqual(before, theirs)) return mine
  if (stands === null) return null
  return stands === 'mine' ? mine : theirs
}

/** Field by field, as long as they are of one and the same thing. */
const mergeFields = ({ before, mine, theirs }: Sides<PlanEntry>, stands: Side | null): PlanEntry | null => {
  const merged: Record<string, string> = {}
  for (const id of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const sides = { before: before[id] ?? '', mine: mine[id] ?? '', theirs: theirs[id] ?? '' }
    const text = chosen(sides, (a, b) => a === b, stands)
    if (text === null) return null
    if (text !== '') merged[id] = text
  }
  return merged
}

/**
 * Of several pages each is taken whole: what was page two may be another child by now, and one child's medicines must not come to stand
 * on another's page.
 */
const mergePages = (
  { before, mine, theirs }: Sides<readonly PlanEntry[]>,
  stands: Side | null,
): PlanEntry[] | null => {
  const merged: PlanEntry[] = []
  for (let at = 0; at < Math.max(before.length, mine.length, theirs.length); at += 1) {
    const sides = { before: before[at] ?? {}, mine: mine[at] ?? {}, theirs: theirs[at] ?? {} }
    const page = chosen(sides, (a, b) => isSame([a], [b]), stands)
    if (page === null) return null
    merged.push(page)
  }
  return merged
}

/**
 * @param stored the section as it is stored now
 * @param stands whose words stand where both have changed the same
 * @returns what is to be stored, or null: that has to be said first
 */
export const mergedEntries = (
  { id, entries, before: then }: SectionDraft,
  stored: FilledSection | null,
  stands: Side | null = null,
): PlanEntry[] | null => {
  const sides = { before: then?.entries ?? [], mine: tidied(entries), theirs: stored?.entries ?? [] }
  const { before, mine, theirs } = sides
  // A section that this app does not know may be of pages.
  if (planSection(id)?.repeats !== false) {
    const pages = mergePages(sides, stands)
    return pages && tidied(pages)
  }
  const first = { before: before[0] ?? {}, mine: mine[0] ?? {}, theirs: theirs[0] ?? {} }
  const merged = mergeFields(first, stands)
  return merged && tidied([merged])
}

export const storedSection = (plan: Plan, id: string): FilledSection | null =>
  plan.sections.find((section) => section.id === id) ?? null

/** The plan with all that was typed, but for what another phone has changed too. */
export const withDrafts = (plan: Plan, drafts: readonly SectionDraft[], now: number): Plan =>
  drafts.reduce((all, draft) => {
    const entries = mergedEntries(draft, storedSection(all, draft.id))
    return entries === null ? all : withSection(all, { id: draft.id, at: now, entries })
  }, plan)

export const isInConflict = (plan: Plan, draft: SectionDraft): boolean =>
  mergedEntries(draft, storedSection(plan, draft.id)) === null

/** Once it has been said whose words stand: goes on from what is stored now. */
export const settled = (plan: Plan, draft: SectionDraft, stands: Side): SectionDraft => {
  const stored = storedSection(plan, draft.id)
  return { ...draft, entries: mergedEntries(draft, stored, stands) ?? draft.entries, before: stored }
}
