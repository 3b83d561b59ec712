import { describe, expect, test } from 'vitest'
import { copyOf, FORGET_KEY, isForgetting } from '../../src/queue/forget-mark.ts'
import { dropSettled, endMark, markForgetting, type Places, sweep } from '../../src/queue/forgetting.ts'
import { queuedPresses, STORAGE_KEY } from '../../src/queue/press-queue.ts'
import { firstOf, type Storage } from '../../src/queue/storage.ts'
import { answerOf, type FakeStorage, fakeStorage, pressOf } from './fakes.ts'

/** What a phone that is set up keeps, by the names under which the client keeps it. */
const RECORDS = [
  'press',
  'owner',
  'document',
  'plan',
  'plan-draft',
  'edit',
  'handed',
  'checked',
  'empty-after',
]
const MORE = [
  'check-in',
  'move',
  'move-document',
  'move-plan',
  'successor',
  'say',
  'where',
  'draft',
  'numbers',
]

type Phone = { indexed: FakeStorage; local: FakeStorage; files: Set<string> }

const setUpPhone = async (presses = [pressOf(1, { state: 'received', answer: answerOf('open') })]) => {
  const phone: Phone = {
    indexed: fakeStorage(),
    local: fakeStorage(),
    files: new Set(['device-key', 'numbers', 'files-of-the-app']),
  }
  for (const key of [...RECORDS, ...MORE]) await phone.indexed.set(key, { of: key })
  for (const key of ['press', 'owner']) await phone.local.set(copyOf(key), { of: key })
  await phone.indexed.set(STORAGE_KEY, presses)
  await phone.indexed.set('language', 'es')
  return phone
}

const filesOf = ({ files }: Phone) => ({ delete: async (name: string) => files.delete(name) })
const placesOf = (phone: Phone): Places => ({
  storage: firstOf(phone.indexed, phone.local),
  copies: phone.local,
  files: filesOf(phone),
})

const keptOn = ({ indexed, local, files }: Phone): string[] =>
  [...indexed.values.keys(), ...local.values.keys(), ...files].sort()

/** From the nth step on nothing happens any more: the process is dead. */
const dyingAfter = (phone: Phone, steps: number): { places: Places; isDead: () => boolean } => {
  let left = steps
  const dead = new Promise<never>(() => undefined)
  const step = <T>(act: () => Promise<T>): Promise<T> => {
    left -= 1
    return left < 0 ? dead : act()
  }
  const mortal = (storage: Storage): Storage => ({
    get: (key) => step(() => storage.get(key)),
    set: (key, value) => step(() => storage.set(key, value)),
    update: (key, change) => step(() => storage.update(key, change)),
    delete: (key) => step(() => storage.delete(key)),
  })
  const [indexed, local] = [mortal(phone.indexed), mortal(phone.local)]
  const files = { delete: (name: string) => step(async () => phone.files.delete(name)) }
  return { places: { storage: firstOf(indexed, local), copies: local, files }, isDead: () => left < 0 }
}

const forget = async (places: Places): Promise<boolean> => {
  await markForgetting(places, false)
  const isGone = await sweep(places, true)
  if (isGone) await endMark(places)
  return isGone
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

describe('a phone that is emptied', () => {
  test('keeps nothing of the owner, and leaves the files of the app and the language', async () => {
    const phone = await setUpPhone()
    expect(await forget(placesOf(phone))).toBe(true)
    expect(keptOn(phone)).toEqual(['files-of-the-app', 'language'])
  })

  test('that dies between any two steps counts as empty from the first on, and is emptied by the next start', async () => {
    let deaths = 0
    for (let steps = 1; ; steps += 1) {
      const phone = await setUpPhone()
      const { places, isDead } = dyingAfter(phone, steps)
      let isOver = false
      void forget(places).then(() => {
        isOver = true
      })
      await turns(2_000)
      if (!isDead()) {
        expect(isOver).toBe(true)
        break
      }
      deaths += 1
      const now = placesOf(phone)
      const isLeft = phone.indexed.values.has('press') || phone.indexed.values.has('owner')
      if (isLeft) expect(await isForgetting(now.storage, now.copies)).toBe(true)
      expect(await forget(now)).toBe(true)
      expect(keptOn(phone)).toEqual(['files-of-the-app', 'language'])
    }
    expect(deaths).toBeGreaterThan(40)
  })

  test('says that something is left where a record, a copy or a file will not go, and takes the rest along', async () => {
    for (const stubborn of ['press', 'owner', 'presses', 'say']) {
      const phone = await setUpPhone()
      const { delete: remove } = phone.indexed
      phone.indexed.delete = (key) =>
        key === stubborn ? Promise.reject(new Error('will not go')) : remove(key)
      const places = placesOf(phone)
      expect(await forget(places)).toBe(false)
      expect(keptOn(phone).sort()).toEqual(
        ['files-of-the-app', 'language', stubborn, FORGET_KEY, copyOf(FORGET_KEY)].sort(),
      )
      expect(await isForgetting(places.storage, places.copies)).toBe(true)
      phone.indexed.delete = remove
      expect(await forget(places)).toBe(true)
      expect(keptOn(phone)).toEqual(['files-of-the-app', 'language'])
    }
    const phone = await setUpPhone()
    const places = placesOf(phone)
    const files = { delete: () => Promise.reject(new Error('will not go')) }
    expect(await forget({ ...places, files })).toBe(false)
    expect(keptOn(phone)).toContain('device-key')
    expect(keptOn(phone)).not.toContain('owner')
  })

  test('is marked as empty in the place that still takes something, whichever it is', async () => {
    for (const broken of ['indexed', 'local'] as const) {
      const phone = await setUpPhone()
      phone[broken].full = true
      const places = placesOf(phone)
      await markForgetting(places, false)
      expect(await isForgetting(places.storage, places.copies)).toBe(true)
    }
  })

  test('lets a press that waits go out, and keeps no other', async () => {
    const phone = await setUpPhone([
      pressOf(1),
      pressOf(2, { state: 'received', answer: answerOf('open') }),
      pressOf(3, { state: 'dead' }),
    ])
    const places = placesOf(phone)
    expect(await forget(places)).toBe(true)
    expect(await queuedPresses(places.storage)).toEqual([pressOf(1)])
    expect(await dropSettled(places.storage)).toBe(true)
    await places.storage.set(STORAGE_KEY, [pressOf(1, { state: 'received', answer: answerOf('open') })])
    expect(await dropSettled(places.storage)).toBe(false)
    expect(keptOn(phone)).toEqual(['files-of-the-app', 'language'])
  })

  test('of which another page writes something back meanwhile is not called empty', async () => {
    const phone = await setUpPhone()
    const { delete: remove } = phone.indexed
    phone.indexed.delete = async (key) => {
      await remove(key)
      if (key === 'where') await phone.indexed.set('press', { of: 'press' })
    }
    expect(await forget(placesOf(phone))).toBe(false)
  })
})
