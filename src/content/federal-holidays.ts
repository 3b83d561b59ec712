/** The federal holidays of the United States (5 U.S.C. § 6103), as offices keep them. Pure. */

const DAY_MS = 86_400_000

/** [month from 0, weekday from Sunday 0, which of the month]; -1: the last. */
const MOVING = [
  [0, 1, 3],
  [1, 1, 3],
  [4, 1, -1],
  [8, 1, 1],
  [9, 1, 2],
  [10, 4, 4],
] as const
const FIXED = [
  [0, 1],
  [5, 19],
  [6, 4],
  [10, 11],
  [11, 25],
] as const

const isFixed = (day: Date): boolean =>
  FIXED.some(([month, date]) => day.getUTCMonth() === month && day.getUTCDate() === date)

/** One that falls on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. */
const isKeptFor = (day: Date): boolean => {
  const shift = { 1: -DAY_MS, 5: DAY_MS }[day.getUTCDay()]
  return shift !== undefined && isFixed(new Date(day.getTime() + shift))
}

const isMoving = (day: Date): boolean =>
  MOVING.some(([month, weekday, which]) => {
    if (day.getUTCMonth() !== month || day.getUTCDay() !== weekday) return false
    const date = day.getUTCDate()
    return which === -1 ? date > 24 : Math.ceil(date / 7) === which
  })

/** @param day midnight in UTC of the day by the calendar on the wall */
export const isFederalHoliday = (day: Date): boolean => isFixed(day) || isKeptFor(day) || isMoving(day)
