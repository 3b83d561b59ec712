/** Limits in sliding windows. Pure: no I/O, no clock. */

/** At most `max` events within `ms`. */
export type Window = { max: number; ms: number }

/**
 * @param times of the events so far, in any order
 * @returns ms until one more fits into every window; 0: it does now
 */
export const waitMs = (times: readonly number[], windows: readonly Window[], now: number): number => {
  const waits = windows.map(({ max, ms }) => {
    const inside = times.filter((at) => at > now - ms).sort((a, b) => a - b)
    const leaving = inside[inside.length - max]
    return leaving === undefined ? 0 : leaving + ms - now
  })
  return Math.max(0, ...waits)
}
