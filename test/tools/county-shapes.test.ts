import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { countyFiles } from '../../tools/county-shapes.ts'

const shipped = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../src/content/${name}.json`, import.meta.url), 'utf8'))

it('the counties and their shapes are those of the lines as they are now (npm run content:shapes)', async () => {
  const { counties, shapes } = await countyFiles()
  expect(shipped('counties')).toEqual(counties)
  expect(shipped('county-shapes')).toEqual(shapes)
})
