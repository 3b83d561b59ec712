import { NEXT_STEPS_MAX, TICKS_MAX } from '../../protocol/steps.ts'

/**
 * Ticks that several people share (`protocol.md §7.14`): of each step the highest number holds, and odd is done. Pure.
 */
export type Counts = ReadonlyMap<string, number>
/** What one contact has said, and by which name. */
export type Said = { name: string | null; counts: Counts }
/** What is wanted here and not taken by the service yet: done, or not. Wanted, and not counted: what others do meanwhile takes nothing from it. */
export type Wishes = ReadonlyMap<string, boolean>

export const countsOf = (steps: Readonly<Record<string, number>>): Counts => new Map(Object.entries(steps))

export const united = (sets: readonly Counts[]): Counts => {
  const all = new Map<string, number>()
  for (const set of sets) for (const [step, count] of set) all.set(step, Math.max(count, all.get(step) ?? 0))
  return all
}

/**
 * After the last number there is none that could take it back. In earnest nobody comes there; who says it all the same must not make a step look
 * done for good. It is shared no more: it counts as open, and everybody ticks it for oneself.
 */
const isSpent = (count: number): boolean => count >= TICKS_MAX

const isOdd = (count: number): boolean => count % 2 === 1 && !isSpent(count)

export const isDone = (counts: Counts, step: string): boolean => isOdd(counts.get(step) ?? 0)

/** What is not so yet: it is sent, or, of a step that is shared no more, kept here. */
export const wanted = (wishes: Wishes, counts: Counts): Wishes =>
  new Map([...wishes].filter(([step, done]) => isDone(counts, step) !== done))

/** What is not so yet, and can be said. */
export const unmet = (wishes: Wishes, counts: Counts): Wishes =>
  new Map([...wanted(wishes, counts)].filter(([step]) => !isSpent(counts.get(step) ?? 0)))

/**
 * The next set of this contact.
 * @param mine what it has said before, which it goes on saying: whose number is the highest is who did it
 * @param all every set, its own among them
 */
export const nextSet = (mine: Counts, all: Counts, wishes: Wishes): Record<string, number> => {
  const next = new Map(mine)
  for (const step of unmet(wishes, all).keys()) next.set(step, (all.get(step) ?? 0) + 1)
  return Object.fromEntries([...next].slice(-NEXT_STEPS_MAX))
}

/** Who has ticked a step that is done: those who have said its highest number. */
export const doneBy = (step: string, sets: readonly Said[]): Said[] => {
  const highest = Math.max(0, ...sets.map(({ counts }) => counts.get(step) ?? 0))
  return !isOdd(highest) ? [] : sets.filter(({ counts }) => counts.get(step) === highest)
}
