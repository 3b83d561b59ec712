/** Who is let in beside those who are in already (`protocol.md §7.6`). Pure: no I/O, no clock. */

/** A new vault that counts until then. */
export type Entry = { vault: string; until: number }

/** `fresh`: it counts from now on, and did not before. */
export type Verdict = { kind: 'in'; fresh: boolean } | { kind: 'full'; waitMs: number }

/**
 * A vault that counts already is let in again for nothing: its commit is repeated because an answer was lost.
 * @param entries in any order
 */
export const judge = (entries: readonly Entry[], vault: string, max: number, now: number): Verdict => {
  const inside = entries.filter(({ until }) => until > now)
  if (inside.some((entry) => entry.vault === vault)) return { kind: 'in', fresh: false }
  const untils = inside.map(({ until }) => until).sort((a, b) => a - b)
  const leaving = untils[inside.length - max]
  return leaving === undefined ? { kind: 'in', fresh: true } : { kind: 'full', waitMs: leaving - now }
}
