import { afterEach, expect, test } from 'vitest'
import type { SectionDraft } from '../../src/client/device/draft.ts'
import { pinSet, unlocked } from '../../src/client/device/locked.ts'
import { keepDrafts, keepLeft, readDrafts } from '../../src/client/plan/kept-drafts.ts'
import { random } from '../../src/client/vault/random.ts'

const ROOT = random(16)
const MONEY: SectionDraft = { id: 'money', entries: [{ pets: 'Canela' }], before: null }

afterEach(() => {
  pinSet.value = false
  unlocked.value = null
})

test('what was typed goes once it is stored', async () => {
  await keepDrafts(ROOT, [MONEY])
  await keepLeft(ROOT, () => [])
  expect(await readDrafts(ROOT)).toEqual([])
})

test('what was typed stays where the app is locked while it is being stored: nobody can tell what of it is left', async () => {
  await keepDrafts(ROOT, [MONEY])
  pinSet.value = true
  await keepLeft(ROOT, () => [])
  pinSet.value = false
  expect(await readDrafts(ROOT)).toEqual([MONEY])
})

test('what was typed into another vault is dropped', async () => {
  const other = random(16)
  await keepDrafts(other, [MONEY])
  await keepLeft(ROOT, (kept) => [...kept])
  expect(await readDrafts(other)).toEqual([])
})
