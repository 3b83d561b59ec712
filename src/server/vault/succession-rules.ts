/**
 * Whether a vault lets another one in in its place (`protocol.md §7.16`), so that no limit of new vaults keeps a family from starting over.
 * Pure: no I/O, no clock.
 */

/** `moves`: when the vaults before this one were left for the next, as far as it still counts. `successor`: the one that it let in. */
export type Succession = { moves: readonly number[]; successor: string | null; passedAt: number | null }

export const NO_SUCCESSION: Succession = { moves: [], successor: null, passedAt: null }

/** A family that came in through the doors moves so often without going through them again. */
export const MOVES_MAX = 3
export const MOVES_WITHIN_MS = 90 * 86_400_000

/** What counts at that time. */
const recent = (moves: readonly number[], now: number): number[] =>
  moves.filter((at) => at > now - MOVES_WITHIN_MS)

/** One successor each, and the same one again for nothing. @returns null where the doors decide */
export const passTo = (before: Succession, successor: string, now: number): Succession | null => {
  if (before.successor !== null) return before.successor === successor ? before : null
  if (recent(before.moves, now).length >= MOVES_MAX) return null
  return { moves: recent(before.moves, now), successor, passedAt: now }
}

/** What the one that was let in is told. */
export const movesOf = ({ moves, passedAt }: Succession): number[] =>
  passedAt === null ? [...moves] : [...moves, passedAt]
