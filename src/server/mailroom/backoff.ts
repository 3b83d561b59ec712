/** How long to wait before a batch is tried again. Pure. */
const FIRST_MS = 1_000
const MAX_MS = 300_000

/**
 * Doubles from 1 s to 5 min, with up to half of it taken off at random, so that many do not come back together. What the
 * provider asked for is never undercut.
 * @param attempts so far, from 1
 * @param afterMs what the provider asked for, or null
 * @param random 0 ≤ random < 1
 */
export const backoffMs = (attempts: number, afterMs: number | null, random: number): number => {
  const own = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 10)) * (1 - random / 2)
  return Math.ceil(afterMs === null ? own : afterMs + (own * random) / 2)
}
