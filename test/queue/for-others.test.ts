import { expect, test } from 'vitest'
import { forOthers, OTHERS_KEY } from '../../src/queue/for-others.ts'
import {
  changePress,
  dropPress,
  queuedPresses,
  STORAGE_KEY,
  storePress,
} from '../../src/queue/press-queue.ts'
import { fakeStorage, pressOf } from './fakes.ts'

test('presses for another lie beside the owner’s own, and neither is seen, changed or dropped as the other', async () => {
  const storage = fakeStorage()
  const others = forOthers(storage)
  const press = pressOf(1)
  await storePress(storage, press)
  expect(await queuedPresses(others)).toEqual([])
  await storePress(others, { ...press, cancelled: true })
  expect(await queuedPresses(storage)).toEqual([press])
  await changePress(others, press.alert, (stored) => ({ ...stored, state: 'dead' }))
  expect(await queuedPresses(storage)).toEqual([press])
  await dropPress(storage, press.alert)
  expect(await queuedPresses(others)).toMatchObject([{ alert: press.alert, state: 'dead' }])
  expect(await storage.get(OTHERS_KEY)).toBeDefined()
  await others.delete(STORAGE_KEY)
  expect(await storage.get(OTHERS_KEY)).toBeUndefined()
})
