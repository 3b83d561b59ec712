import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line } from '../src/content/lines.ts'
import type { Place } from '../src/content/places.ts'
import { contentModule } from './content-files.ts'
import { type Atlas, type Geometry, packCounties, readAtlas } from './counties.ts'
import { ROOT } from './wrangler.ts'

/**
 * Makes `counties.json` and `county-shapes.json` from the Census Bureau's shapes, with only as much precision as the list of lines needs: where one
 * may call another line on the other side, a border keeps every point; elsewhere it is drawn with few. States without a county's line
 * are one shape each. To be run again when a line's region has changed: `npm run content:shapes`.
 */

type Point = [number, number]
/** A piece of border between two units; `right` is null at a coast. In the atlas' own grid. */
export type Border = { left: number; right: number | null; points: Point[] }

const COARSE_KM = 3
/** The atlas is not exact to a few hundred metres itself. */
const FINE_KM = 0.1
const ALASKA_KM = 15
/** The atlas' grid is four times as fine from south to north as from west to east; what is finer than the coarse way says nothing. */
const ROWS = 4

const absolute = (arc: readonly [number, number][]): Point[] => {
  let x = 0
  let y = 0
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x, y]
  })
}

const arcsOf = (geometry: Geometry): number[] => {
  const rings: number[][] = geometry.type === 'Polygon' ? geometry.arcs : geometry.arcs.flat()
  return rings.flat().map((arc) => (arc < 0 ? ~arc : arc))
}

/** Douglas and Peucker; `km` measures a step in the grid at that place. */
const simplify = (points: Point[], tolerance: number, km: (from: Point, to: Point) => Point): Point[] => {
  const [first, last] = [points[0], points.at(-1)]
  if (points.length < 3 || first === undefined || last === undefined) return points
  const [ex, ey] = km(first, last)
  const length = Math.hypot(ex, ey)
  let farthest = 0
  let split = 0
  for (const [index, point] of points.entries()) {
    const [px, py] = km(first, point)
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * ex + py * ey) / length ** 2))
    const distance = Math.hypot(px - along * ex, py - along * ey)
    if (distance > farthest) {
      farthest = distance
      split = index
    }
  }
  if (farthest <= tolerance) return [first, last]
  return [
    ...simplify(points.slice(0, split + 1), tolerance, km).slice(0, -1),
    ...simplify(points.slice(split), tolerance, km),
  ]
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Five bits a sign, the sixth says that more follow; the sign of the number is its lowest bit. */
const encode = (value: number): string => {
  let rest = value < 0 ? -value * 2 - 1 : value * 2
  let text = ''
  do {
    text += DIGITS[(rest & 31) | (rest > 31 ? 32 : 0)]
    rest >>>= 5
  } while (rest > 0)
  return text
}

/** See `unpack` in `src/content/county-at.ts`. */
const pack = (borders: readonly Border[]): string => {
  let before = 0
  let [x, y] = [0, 0]
  let text = ''
  for (const { left, right, points } of borders) {
    text += encode(left - before) + encode(right === null ? 0 : right - left) + encode(points.length)
    before = left
    for (const [px, py] of points) {
      text += encode(px - x) + encode(py - y)
      ;[x, y] = [px, py]
    }
  }
  return text
}

/**
 * @param answer what is offered in a place: where it is the same on both sides, a border need not be exact
 * @param place of a county's five digits
 */
export const makeShapes = (
  atlas: Atlas,
  place: (fips: string) => Place | null,
  answer: (place: Place) => string,
): { scale: Point; translate: Point; units: string[]; borders: string } => {
  const { scale, translate } = atlas.transform
  const counties = atlas.objects.counties.geometries.flatMap((geometry) => {
    const found = place(geometry.id)
    return found === null ? [] : [{ geometry, place: found, offered: answer(found) }]
  })
  const offeredIn = (state: string) =>
    new Set(counties.filter((county) => county.geometry.id.startsWith(state)).map(({ offered }) => offered))
  const states = [...new Set(counties.map(({ geometry }) => geometry.id.slice(0, 2)))]
  const whole = new Set(states.filter((state) => offeredIn(state).size === 1))
  const unitOf = (fips: string) => (whole.has(fips.slice(0, 2)) ? fips.slice(0, 2) : fips)
  const units = [...new Set(counties.map(({ geometry }) => unitOf(geometry.id)))].sort()
  const offered = new Map(counties.map((county) => [unitOf(county.geometry.id), county.offered]))

  const sides = new Map<number, string[]>()
  for (const { geometry } of counties) {
    for (const arc of arcsOf(geometry)) sides.set(arc, [...(sides.get(arc) ?? []), unitOf(geometry.id)])
  }
  const borders: Border[] = []
  for (const [index, arc] of atlas.arcs.entries()) {
    const [a, b] = (sides.get(index) ?? []).sort()
    if (a === undefined || a === b) continue
    const all = absolute(arc)
    const differs = b !== undefined && offered.get(a) !== offered.get(b)
    const tolerance = differs ? FINE_KM : a.startsWith('02') ? ALASKA_KM : COARSE_KM
    const km = ([x, y]: Point, [x2, y2]: Point): Point => {
      const latitude = (y * scale[1] + translate[1]) * (Math.PI / 180)
      return [(x2 - x) * scale[0] * 111.3 * Math.cos(latitude), (y2 - y) * scale[1] * 111.2]
    }
    const points = simplify(all, tolerance, km)
      .map(([x, y]): Point => [x, Math.round(y / ROWS)])
      .filter(([x, y], at, kept) => at === 0 || x !== kept[at - 1]?.[0] || y !== kept[at - 1]?.[1])
    // An island too small to be drawn is within reach of the coast beside it.
    if (points.length < 2 || (points.length === 2 && String(points[0]) === String(points[1]))) continue
    borders.push({ left: units.indexOf(a), right: b === undefined ? null : units.indexOf(b), points })
  }
  borders.sort((a, b) => a.left - b.left || (a.right ?? -1) - (b.right ?? -1))
  return { scale: [scale[0], scale[1] * ROWS], translate, units, borders: pack(borders) }
}

/**
 * Both files as they ought to be.
 * @param lines those of the host, where an overlay changes them
 */
export const countyFiles = async (
  lines?: readonly Line[],
): Promise<{ counties: unknown; shapes: unknown }> => {
  const atlas = await readAtlas()
  const states = JSON.parse(await readFile(join(ROOT, 'src/content/states.json'), 'utf8'))
  const { placeOf } = await contentModule<typeof import('../src/content/places.ts')>('places')
  const { linesFor } = await contentModule<typeof import('../src/content/lines.ts')>('lines')
  const answer = (place: Place) =>
    linesFor(place, lines)
      .map(({ id }) => id)
      .join()
  return { counties: packCounties(atlas, states), shapes: makeShapes(atlas, placeOf, answer) }
}

if (import.meta.main) {
  const { counties, shapes } = await countyFiles()
  const write = (name: string, data: unknown) =>
    writeFile(join(ROOT, 'src/content', `${name}.json`), `${JSON.stringify(data, null, 2)}\n`)
  await write('counties', counties)
  await write('county-shapes', shapes)
}
