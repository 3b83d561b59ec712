import {
  createStore,
  del as idbDelete,
  get as idbGet,
  set as idbSet,
  update as idbUpdate,
  type UseStore,
} from 'idb-keyval'
import { unite } from './unite.ts'
import { TIMED_OUT, within } from './within.ts'

/**
 * What this phone keeps, as a small key-value store: IndexedDB if it opens, else localStorage (iOS Lockdown Mode has no
 * IndexedDB; a service worker has no localStorage, so a press that is there alone goes out from an open page only). Values are JSON. Knows nothing of what it stores.
 */
export type Storage = {
  /** @returns the value as it was stored, unchecked, or undefined */
  get(key: string): Promise<unknown>
  /** @throws Error if the value could not be stored anywhere */
  set(key: string, value: unknown): Promise<void>
  /** Reads and writes in one step. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>
  /** @throws Error if it may still be there */
  delete(key: string): Promise<void>
}

const PREFIX = 'amparo/'

const indexedStorage = (store: UseStore): Storage => ({
  get: (key) => within(idbGet(key, store)),
  set: (key, value) => within(idbSet(key, value, store)),
  update: (key, change) => within(idbUpdate(key, change, store)),
  delete: (key) => within(idbDelete(key, store)),
})

const parse = (text: string | null): unknown => {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const localStorageOf = (area: globalThis.Storage): Storage => {
  const read = (key: string) => parse(area.getItem(PREFIX + key))
  const write = (key: string, value: unknown) => area.setItem(PREFIX + key, JSON.stringify(value))
  return {
    get: async (key) => read(key),
    set: async (key, value) => write(key, value),
    // Nothing is awaited between reading and writing: another tab would write in between, and be overwritten.
    update: async (key, change) => write(key, change(read(key))),
    delete: async (key) => area.removeItem(PREFIX + key),
  }
}

/** What two stores hold together under one key, where both hold something. */
export type Unite = (key: string, older: unknown, newer: unknown) => unknown

/**
 * Writes to the first that takes it, so that a full or broken one loses nothing. What the second holds was written when the first
 * failed, and is gone as soon as the first works again: so it is the newer. What was in the first at that time may have been out of
 * sight then: `unite` says what both are together.
 */
export const firstOf = (first: Storage, second: Storage, unite: Unite = (_, __, newer) => newer): Storage => {
  const together = (key: string, older: unknown, newer: unknown): unknown => {
    if (newer === undefined) return older
    return older === undefined ? newer : unite(key, older, newer)
  }
  const get = async (key: string) => {
    const newer = await second.get(key)
    return together(key, await first.get(key).catch(() => undefined), newer)
  }
  /** Only what has been taken over: another page may have written to it meanwhile. */
  const drop = async (key: string, taken: unknown): Promise<void> => {
    if (JSON.stringify(await second.get(key)) === JSON.stringify(taken)) await second.delete(key)
  }
  return {
    get,
    set: async (key, value) => {
      try {
        await first.set(key, value)
      } catch {
        await second.set(key, value)
        return
      }
      await second.delete(key)
    },
    update: async (key, change) => {
      const newer = await second.get(key)
      try {
        await first.update(key, (old) => change(together(key, old, newer)))
      } catch {
        await second.set(key, change(await get(key)))
        return
      }
      await drop(key, newer)
    },
    // What could not be deleted in the first is seen again as soon as it answers: that must be known.
    delete: async (key) => {
      await second.delete(key)
      await first.delete(key)
    },
  }
}

const memoryStorage = (): Storage => {
  const values = new Map<string, unknown>()
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    update: async (key, change) => void values.set(key, change(values.get(key))),
    delete: async (key) => void values.delete(key),
  }
}

export type Opened = {
  storage: Storage
  /** Where copies of what must never be missed are kept beside it; null where there is no second place. */
  copies: Storage | null
  /** Whether what is stored outlives this page. */
  lasting: boolean
  /** False: there is an IndexedDB, and it did not open. What it holds is not seen now, and nothing found means nothing. */
  complete: boolean
}

const openLocal = (): Storage | null => {
  try {
    const area = globalThis.localStorage
    area.setItem(`${PREFIX}probe`, '1')
    area.removeItem(`${PREFIX}probe`)
    return localStorageOf(area)
  } catch {
    return null
  }
}

const openIndexed = async (): Promise<Storage> => {
  const store = createStore('amparo', 'phone')
  await within(idbGet('probe', store))
  return indexedStorage(store)
}

export const openStorage = async (): Promise<Opened> => {
  const local = openLocal()
  try {
    const indexed = await openIndexed()
    return {
      storage: local === null ? indexed : firstOf(indexed, local, unite),
      copies: local,
      lasting: true,
      complete: true,
    }
  } catch (error) {
    const hangs = error instanceof Error && error.message === TIMED_OUT
    return {
      storage: local ?? memoryStorage(),
      copies: null,
      lasting: local !== null,
      complete: !hangs,
    }
  }
}
