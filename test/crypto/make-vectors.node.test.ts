import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { makeVectors } from './make-vectors/make.ts'

const VECTORS = new URL('../vectors/', import.meta.url)

it('makes the same vectors again, byte for byte, and no others are there', async () => {
  const made = makeVectors()
  const names = (await readdir(VECTORS)).filter((name) => name.endsWith('.json'))
  expect(names.sort()).toEqual(Object.keys(made).sort())
  for (const name of names) expect(await readFile(new URL(name, VECTORS), 'utf8')).toBe(made[name])
}, 120_000)
