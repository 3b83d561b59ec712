import type { Rate } from '../channels/channel.ts'

/**
 * How fast requests may begin: what the provider's headers say, without running into its limit first. Pure. Kept in memory: a new object
 * begins with an empty window, and is told by the provider if that was too fast.
 */
/** The provider's window, and a little for the way there. */
const WINDOW_MS = 1_000 + 50
/** No answer comes later than this. */
const KEPT_MS = 25_000

export type Pace = {
  /** Null: no limit. */
  perSecond: number | null
  /** When the last requests began, in order. */
  begun: readonly number[]
  /** Requests of others with the same account, as far as the provider lets see, until `othersUntil`. */
  others: number
  othersUntil: number
}

export const paceOf = (perSecond: number | null): Pace => ({
  perSecond,
  begun: [],
  others: 0,
  othersUntil: 0,
})

/** Requests of the window that ends at `at`. */
const upTo = ({ begun }: Pace, at: number): number[] =>
  begun.filter((one) => one > at - WINDOW_MS && one <= at)

/** When the next request may begin; `now` or later. */
export const nextBeginAt = (pace: Pace, now: number): number => {
  if (pace.perSecond === null) return now
  const free = pace.perSecond - (now < pace.othersUntil ? pace.others : 0)
  if (free <= 0) return pace.othersUntil
  const own = upTo(pace, now)
  const leaving = own[own.length - free]
  return leaving === undefined ? now : leaving + WINDOW_MS
}

export const begin = (pace: Pace, now: number): Pace => ({
  ...pace,
  begun: [...pace.begun.filter((at) => at > now - KEPT_MS), now],
})

/**
 * Takes in the headers of the answer to the request that began at `begunAt`. What they count and this object did not begin was begun
 * by others.
 */
export const hearRate = (pace: Pace, { limit, remaining, resetMs }: Rate, begunAt: number): Pace => {
  if (pace.perSecond === null) return pace
  const perSecond = limit !== null && limit >= 1 ? limit : pace.perSecond
  if (remaining === null || resetMs === null) return { ...pace, perSecond }
  const others = Math.max(0, perSecond - remaining - upTo(pace, begunAt).length)
  return { ...pace, perSecond, others, othersUntil: others > 0 ? begunAt + resetMs : 0 }
}
