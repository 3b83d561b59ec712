import { type FilledSection, PLAN_JSON_MAX_BYTES, type Plan, type PlanEntry } from '../../protocol/plan.ts'

/** The family's plan, changed. Pure. */
export const NO_PLAN: Plan = { v: 1, sections: [], shares: [] }

/** What one contact is shown: the sections that are shared and filled in, and nothing of the other shares. Null: nothing. */
export const shareFor = (plan: Plan | null, contact: string): Plan | null => {
  const shared = plan?.shares.find((share) => share.contact === contact)?.sections ?? []
  const sections = plan?.sections.filter(({ id }) => shared.includes(id)) ?? []
  return sections.length === 0 ? null : { v: 1, sections, shares: [] }
}

/** Whether they say the same, in whatever order it was typed. */
export const isSame = (some: readonly PlanEntry[], others: readonly PlanEntry[]): boolean => {
  const inOrder = (entries: readonly PlanEntry[]) =>
    JSON.stringify(entries.map((entry) => Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))))
  return inOrder(some) === inOrder(others)
}

const written = (entries: readonly PlanEntry[]): PlanEntry[] =>
  entries.filter((entry) => Object.keys(entry).length > 0)

/** A section that holds nothing is none. One that holds what it held stays as it is: no letter is sealed anew for it. */
export const withSection = (plan: Plan, section: FilledSection): Plan => {
  const entries = written(section.entries)
  const known = plan.sections.find(({ id }) => id === section.id)
  if (isSame(known?.entries ?? [], entries)) return plan
  const others = plan.sections.filter(({ id }) => id !== section.id)
  return { ...plan, sections: entries.length === 0 ? others : [...others, { ...section, entries }] }
}

/** @param contacts who is shown this section from now on */
export const withShares = (plan: Plan, section: string, contacts: readonly string[]): Plan => {
  const everybody = [...new Set([...plan.shares.map(({ contact }) => contact), ...contacts])]
  const shares = everybody.map((contact) => {
    const before = plan.shares.find((share) => share.contact === contact)?.sections ?? []
    const rest = before.filter((id) => id !== section)
    return { contact, sections: contacts.includes(contact) ? [...rest, section] : rest }
  })
  return { ...plan, shares: shares.filter(({ sections }) => sections.length > 0) }
}

/**
 * What was changed on a page, and nothing else: whoever was taken off on another phone meanwhile is not shown the section again.
 * @param before who was picked when the page was drawn
 */
export const withPicked = (
  plan: Plan,
  section: string,
  { before, picked }: { before: readonly string[]; picked: readonly string[] },
): Plan => {
  const added = picked.filter((id) => !before.includes(id))
  const stay = sharedWith(plan, section).filter((id) => picked.includes(id) || !before.includes(id))
  return withShares(plan, section, [...new Set([...stay, ...added])])
}

/** Who has been removed is shown nothing, and takes up no room. */
export const forContacts = (plan: Plan, contacts: readonly string[]): Plan => ({
  ...plan,
  shares: plan.shares.filter(({ contact }) => contacts.includes(contact)),
})

export const sharedWith = (plan: Plan, section: string): string[] =>
  plan.shares.filter(({ sections }) => sections.includes(section)).map(({ contact }) => contact)

/** How much of the room is used, 0 to 1 and above. */
export const fullness = (plan: Plan): number =>
  new TextEncoder().encode(JSON.stringify(plan)).length / PLAN_JSON_MAX_BYTES

export const isEmpty = (plan: Plan): boolean => plan.sections.length === 0 && plan.shares.length === 0
