import packed from './counties.json'
import file from './county-shapes.json'
import { type Place, placeOf } from './places.ts'
import { STATE_NAMES } from './state-names.ts'

/**
 * Which county a position lies in, worked out on the phone: the position is sent nowhere. Pure. Made by `npm run content:shapes`, exact where the lines
 * differ on the two sides of a border; of states where they do not, only the state is known.
 */

/** Degrees; `accuracy`: metres, as the phone says it. */
export type Position = { latitude: number; longitude: number; accuracy: number }

/**
 * `place`: where that is; null abroad and far out at sea. `near`: places so close that the phone cannot tell, or that the border is not known so
 * exactly. Their lines belong beside the others.
 */
export type Located = { place: Place | null; near: Place[] }

type Border = { left: number; right: number | null; points: [number, number][] }

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]))

/** Five bits a sign, the sixth says that more follow; the lowest bit is the number's sign. */
const unpack = (text: string): Border[] => {
  let at = 0
  const next = (): number => {
    let value = 0
    let shift = 0
    let digit: number
    do {
      digit = VALUES.get(text[at++] ?? '') ?? 0
      value += (digit & 31) << shift
      shift += 5
    } while (digit > 31)
    return value & 1 ? -(value + 1) / 2 : value / 2
  }
  const borders: Border[] = []
  let left = 0
  let [x, y] = [0, 0]
  while (at < text.length) {
    left += next()
    const across = next()
    const points: [number, number][] = []
    for (let count = next(); count > 0; count--) {
      x += next()
      y += next()
      points.push([x, y])
    }
    borders.push({ left, right: across === 0 ? null : left + across, points })
  }
  return borders
}

let unpacked: Border[] | null = null
const bordersOnce = (): Border[] => {
  unpacked ??= unpack(file.borders)
  return unpacked
}

/** How far the atlas' borders, and the coasts of these shapes, may be off. */
const BORDER_M = 400
const COAST_M = 5000
const METRES_A_DEGREE = 111_200

const stateOf = (fips: string): Place | null => {
  const state = Object.entries(packed).find(([, entry]) => entry.fips === fips)?.[0]
  return state !== undefined && Object.hasOwn(STATE_NAMES, state) ? { state, county: null } : null
}
const placeOfUnit = (unit: number): Place | null => {
  const fips = file.units[unit] ?? ''
  return fips.length === 2 ? stateOf(fips) : placeOf(fips)
}

export const locate = ({ latitude, longitude, accuracy }: Position): Located => {
  const [sx, sy] = file.scale as [number, number]
  const [tx, ty] = file.translate as [number, number]
  const x = (longitude - tx) / sx
  const y = (latitude - ty) / sy
  const metresX = sx * METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180)
  const metresY = sy * METRES_A_DEGREE
  /** A line straight north crosses the border of what the point lies in an odd number of times. */
  const isOdd = new Map<number, boolean>()
  const distance = new Map<number, number>()
  for (const { left, right, points } of bordersOnce()) {
    const units = right === null ? [left] : [left, right]
    let nearest = Infinity
    for (let index = 1; index < points.length; index++) {
      const [ax, ay] = points[index - 1] as [number, number]
      const [bx, by] = points[index] as [number, number]
      if (ax > x !== bx > x && ay + ((x - ax) / (bx - ax)) * (by - ay) > y) {
        for (const unit of units) isOdd.set(unit, !isOdd.get(unit))
      }
      const [ex, ey] = [(bx - ax) * metresX, (by - ay) * metresY]
      const [px, py] = [(x - ax) * metresX, (y - ay) * metresY]
      const length = ex * ex + ey * ey
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * ex + py * ey) / length))
      nearest = Math.min(nearest, Math.hypot(px - along * ex, py - along * ey))
    }
    for (const unit of units) distance.set(unit, Math.min(nearest, distance.get(unit) ?? Infinity))
  }
  const within = (metres: number): number[] =>
    [...distance]
      .filter(([, away]) => away <= metres)
      .sort((a, b) => a[1] - b[1])
      .map(([unit]) => unit)
  const inside = [...isOdd].find(([, odd]) => odd)?.[0] ?? within(COAST_M)[0]
  if (inside === undefined) return { place: null, near: [] }
  const near = within(BORDER_M + Math.max(0, accuracy)).filter((unit) => unit !== inside)
  return {
    place: placeOfUnit(inside),
    near: near.flatMap((unit) => placeOfUnit(unit) ?? []),
  }
}
