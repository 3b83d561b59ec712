import {
  createStore,
  del as idbDelete,
  get as idbGet,
  set as idbSet,
  update as idbUpdate,
  type UseStore,
} from 'idb-keyval'

/**
 * What this phone keeps, as a small key-value store: IndexedDB if it opens, else localStorage (iOS Lockdown Mode has no
 * IndexedDB; a service worker has no localStorage). Values are JSON. Knows nothing of what it stores.
 */
export type Storage = {
  /** @returns the value as it was stored, unchecked, or undefined */
  get(key: string): Promise<unknown>
  /** @throws Error if the value could not be stored anywhere */
  set(key: string, value: unknown): Promise<void>
  /** Reads and writes in one step. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>
  delete(key: string): Promise<void>
}

const PREFIX = 'amparo/'
/** An IndexedDB that neither answers nor fails (seen in Safari after an update) counts as failed. */
const ANSWER_MAX_MS = 3_000
const TIMED_OUT = 'storage timed out'

const within = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(TIMED_OUT)), ANSWER_MAX_MS)),
  ])

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
  const get = async (key: string) => parse(area.getItem(PREFIX + key))
  const set = async (key: string, value: unknown) => area.setItem(PREFIX + key, JSON.stringify(value))
  return {
    get,
    set,
    update: async (key, change) => set(key, change(await get(key))),
    delete: async (key) => area.removeItem(PREFIX + key),
  }
}

/**
 * Writes to the first that takes it, so that a full or broken one loses nothing. What the second holds was written when the first
 * failed, and is gone as soon as the first works again: so it is the newer, and is read before the first.
 */
export const firstOf = (first: Storage, second: Storage): Storage => {
  const get = async (key: string) => {
    const newer = await second.get(key)
    return newer === undefined ? first.get(key).catch(() => undefined) : newer
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
        await first.update(key, (old) => change(newer === undefined ? old : newer))
      } catch {
        await second.set(key, change(await get(key)))
        return
      }
      await second.delete(key)
    },
    delete: async (key) => {
      await Promise.all([first.delete(key).catch(() => undefined), second.delete(key)])
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
      storage: local === null ? indexed : firstOf(indexed, local),
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
