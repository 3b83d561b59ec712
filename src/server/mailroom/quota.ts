/** How much of the day's and the month's quota is used, by days and months of UTC. Pure. */

/** Codes and drills stop here, so that what is left is there for alerts. */
const REST_SHARE = 0.6
/** Of Resend's free plan, the only one whose answers count the day. */
const FREE = { day: 100, month: 3_000 }

export type Quota = { day: number | null; month: number | null }
/** Messages that were accepted, and whether the provider itself counts the day. */
export type Used = { day: number; month: number; countsDay: boolean }

export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)
export const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7)

/**
 * How many messages that are no alerts may still go; Infinity where neither host nor provider names a limit.
 * @param quota that the host has set
 */
export const restOf = (quota: Quota, used: Used): number => {
  const day = quota.day ?? (used.countsDay ? FREE.day : null)
  const month = quota.month ?? (used.countsDay ? FREE.month : null)
  const left = (max: number | null, sofar: number): number =>
    max === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor(max * REST_SHARE) - sofar)
  return Math.min(left(day, used.day), left(month, used.month))
}

/** When the next day begins: then there may be room again. */
export const nextDayAt = (now: number): number => (Math.floor(now / 86_400_000) + 1) * 86_400_000
