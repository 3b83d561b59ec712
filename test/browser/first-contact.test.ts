import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { tableOfSteps, walkToFirstContact } from './support/first-contact.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const page = await readFile(join(import.meta.dirname, '../../docs/first-contact.md'), 'utf8')

test.for([es, en])('the first contact is ready in 15 taps and two typed fields, in $language', async (texts, {
  phone,
}) => {
  const steps = await walkToFirstContact((await phone({ language: texts.language })).page, texts)
  const sum = (pick: (step: (typeof steps)[number]) => number) =>
    steps.reduce((total, step) => total + pick(step), 0)
  expect(sum(({ taps }) => taps)).toBeLessThanOrEqual(15)
  expect(sum(({ fields }) => fields)).toBeLessThanOrEqual(2)
  // It is written down as it was walked.
  expect(page).toContain(`\n${tableOfSteps(steps)}\n`)
  expect(await place.server.outbox()).toEqual([])
})

test('every picture that the page shows is there, and is small', async () => {
  const pictures = [...page.matchAll(/\]\((pictures\/[^)]+)\)/g)].map(([, path = '']) => path)
  expect(pictures.length).toBeGreaterThan(3)
  for (const path of pictures) {
    const bytes = await readFile(join(import.meta.dirname, '../../docs', path))
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.length).toBeLessThan(100_000)
  }
})
