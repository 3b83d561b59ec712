import { readFileSync } from 'node:fs'
import { feature } from 'topojson-client'
import { describe, expect, it } from 'vitest'
import { locate } from '../../src/content/county-at.ts'
import { linesFor, nearestLine } from '../../src/content/lines.ts'
import { type Place, placeOf } from '../../src/content/places.ts'

const atlas = JSON.parse(
  readFileSync(new URL('../../node_modules/us-atlas/counties-10m.json', import.meta.url), 'utf8'),
)
const counties = feature(atlas, atlas.objects.counties).features.map(({ id, geometry }) => ({
  id,
  polygons: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
}))

/** By the Census Bureau's own shapes, every point of them, ring by ring. */
const truth = (longitude: number, latitude: number): Place | null => {
  const crosses = ([ax, ay]: [number, number], [bx, by]: [number, number]) =>
    ay > latitude !== by > latitude && longitude < ((bx - ax) * (latitude - ay)) / (by - ay) + ax
  const found = counties.find(({ polygons }) =>
    polygons.some(
      (rings) =>
        rings.flatMap((ring) => ring.slice(1).map((to, index) => crosses(ring[index]!, to))).filter(Boolean)
          .length %
          2 ===
        1,
    ),
  )
  return found === undefined ? null : placeOf(found.id)
}

const at = (longitude: number, latitude: number, accuracy = 0) => locate({ longitude, latitude, accuracy })

/**
 * Five points on each side of a county's border, a kilometre or so from it. The border is looked for with the true shapes, along a line from the
 * middle of one county to the middle of the other.
 */
const besideBorder = (
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): [number, number][] => {
  const here = truth(ax, ay)
  let [inside, outside] = [0, 1]
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2
    const is = truth(ax + (bx - ax) * middle, ay + (by - ay) * middle)
    if (is?.county?.fips === here?.county?.fips) inside = middle
    else outside = middle
  }
  const kilometre = 1 / (Math.hypot((bx - ax) * 88, (by - ay) * 111) || 1)
  return [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5].map((steps) => {
    const share = inside + steps * 0.6 * kilometre
    return [ax + (bx - ax) * share, ay + (by - ay) * share]
  })
}

const BORDERS = [
  ['Santa Clara and San Mateo', [-122.14, 37.39], [-122.2, 37.45]],
  ['Santa Clara and Alameda', [-121.9, 37.4], [-121.98, 37.53]],
  ['Santa Clara and Santa Cruz', [-121.97, 37.23], [-121.99, 37.05]],
  ['San Mateo and San Francisco', [-122.45, 37.66], [-122.44, 37.76]],
  ['Los Angeles and Orange', [-118.1, 33.9], [-117.9, 33.8]],
  ['Kings and Queens in New York', [-73.95, 40.65], [-73.82, 40.72]],
  ['Maricopa and Pinal in Arizona', [-111.7, 33.3], [-111.5, 33.1]],
  ['Durham and Wake in North Carolina', [-78.9, 35.99], [-78.65, 35.8]],
  ['Oregon and Washington', [-122.6, 45.45], [-122.55, 45.75]],
  ['Illinois and Indiana', [-87.7, 41.5], [-87.3, 41.5]],
] as const

describe('the nearest line', () => {
  it.each(BORDERS)('is right at five points on each side of the border of %s', (_name, from, to) => {
    const points = besideBorder(from, to)
    const sides = points.map(([x, y]) => truth(x, y))
    expect(sides[4]?.county?.fips).not.toBe(sides[5]?.county?.fips)
    for (const [x, y] of points) {
      const { place } = at(x, y)
      expect([x, y, linesFor(place).map(({ id }) => id)]).toEqual([
        x,
        y,
        linesFor(truth(x, y)).map(({ id }) => id),
      ])
    }
  })

  it('is named of both sides where the phone cannot tell on which it is', () => {
    const [x, y] = besideBorder([-121.9, 37.4], [-121.98, 37.53])[4]!
    const { place, near } = at(x, y, 2000)
    expect([place, ...near].map((one) => nearestLine(one).id).sort()).toEqual([
      'ca-alameda',
      'ca-santa-clara',
    ])
    expect(at(-121.89, 37.33, 20).near).toEqual([])
  })

  it('is right all over California, but for what is close to a border', () => {
    let wrong = 0
    let checked = 0
    for (let x = -124; x < -114.5; x += 0.21) {
      for (let y = 32.6; y < 42; y += 0.17) {
        const real = truth(x, y)
        if (real?.state !== 'CA') continue
        checked++
        const { place, near } = at(x, y)
        if (![place, ...near].some((one) => nearestLine(one).id === nearestLine(real).id)) wrong++
      }
    }
    expect(checked).toBeGreaterThan(800)
    expect(wrong).toBe(0)
  })
})

describe('a position', () => {
  it.each([
    ['San José', -121.89, 37.33, 'Santa Clara'],
    ['Watsonville', -121.75, 36.92, 'Santa Cruz'],
    ['Brooklyn', -73.95, 40.65, 'Kings'],
    ['Phoenix', -112.07, 33.45, 'Maricopa'],
  ])('in %s lies in the county', (_name, x, y, county) => {
    expect(at(x, y).place?.county?.name).toBe(county)
  })

  it.each([
    ['Houston', -95.36, 29.76, 'TX'],
    ['Honolulu', -157.85, 21.31, 'HI'],
    ['Anchorage', -149.9, 61.2, 'AK'],
    ['San Juan', -66.1, 18.4, 'PR'],
    ['Washington', -77.03, 38.9, 'DC'],
    ['Chicago', -87.65, 41.87, 'IL'],
  ])('in %s lies in a state where counties make no difference', (_name, x, y, state) => {
    expect(at(x, y).place).toEqual({ state, county: null })
  })

  it('on a pier counts to the shore; abroad and at sea it is nowhere', () => {
    expect(at(-122.02, 36.955).place?.county?.name).toBe('Santa Cruz')
    expect(at(-99.13, 19.43).place).toBeNull()
    expect(at(-130, 35).place).toBeNull()
    expect(at(0, 0)).toEqual({ place: null, near: [] })
  })
})
