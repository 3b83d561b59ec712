import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './wrangler.ts'

/** The counties of the US Census Bureau (public domain), as the package `us-atlas` has them. */
export type Atlas = {
  transform: { scale: [number, number]; translate: [number, number] }
  arcs: [number, number][][]
  objects: { counties: { geometries: Geometry[] }; states: { geometries: Geometry[] } }
}
export type Geometry = { id: string; properties: { name: string } } & (
  | { type: 'Polygon'; arcs: number[][] }
  | { type: 'MultiPolygon'; arcs: number[][][] }
)

export const readAtlas = async (): Promise<Atlas> =>
  JSON.parse(await readFile(join(ROOT, 'node_modules/us-atlas/counties-10m.json'), 'utf8'))

/** `states.json` names them otherwise than the Census Bureau does. */
const CODE_OF: Record<string, string> = {
  'Commonwealth of the Northern Mariana Islands': 'MP',
  'United States Virgin Islands': 'VI',
}

/** What `counties.json` holds: see `unpack` in `src/content/places.ts`. */
export const packCounties = (
  atlas: Atlas,
  states: Record<string, { en: string }>,
): Record<string, { fips: string; counties: string }> => {
  const codes = Object.fromEntries(Object.entries(states).map(([code, { en }]) => [en, code]))
  const packed = atlas.objects.states.geometries.map(({ id, properties: { name } }) => {
    const code = CODE_OF[name] ?? codes[name]
    if (code === undefined) throw new Error(`states.json has no ${name}`)
    const counties = atlas.objects.counties.geometries
      .filter((county) => county.id.startsWith(id))
      .sort((a, b) => a.id.localeCompare(b.id))
    let expected = 1
    const entries = counties.map(({ id: fips, properties }) => {
      const number = Number(fips.slice(2))
      const prefix = number === expected ? '' : `=${fips.slice(2)}`
      expected = number + 2
      return prefix + properties.name
    })
    return [code, { fips: id, counties: entries.join('|') }] as const
  })
  return Object.fromEntries(packed.sort(([a], [b]) => a.localeCompare(b)))
}
