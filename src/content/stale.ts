const STALE_DAYS = 180
const DAY_MS = 86_400_000

/** @param now ms since 1970 */
export const isStale = (checked: string | null, now: number): boolean =>
  checked === null || now - Date.parse(checked) > STALE_DAYS * DAY_MS
