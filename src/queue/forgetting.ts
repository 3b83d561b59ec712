import { copyOf, FORGET_KEY } from './forget-mark.ts'
import { isWaiting, parsePress, queuedPresses, STORAGE_KEY } from './press-queue.ts'
import type { Storage } from './storage.ts'
import { within } from './within.ts'

/**
 * Erases what the owner's app keeps on a phone, and says whether it is gone. Each step may be done twice: whoever dies in between has written
 * down first that all of it is to go (`forget-mark.ts`). In the page and in the service worker, which sees IndexedDB and files only.
 */
export type Places = {
  storage: Storage
  /** Where records are kept a second time; null where there is one place only. */
  copies: Storage | null
  /** The Cache API, where there is one. */
  files: Pick<CacheStorage, 'delete'> | null
}

const RECORDS = [
  'owner',
  'press',
  'document',
  'draft',
  'plan',
  'plan-draft',
  'edit',
  'handed',
  'checked',
  'empty-after',
  'check-in',
  'move',
  'move-document',
  'move-plan',
  'successor',
  'say',
  'where',
] as const
/** Files of their own in the Cache API; where there is none, records of the same names. */
const KEY_FILE = 'device-key'
const MOVE_FILE = 'move-key'
const NUMBERS_FILE = 'numbers'

/** @param isTwice also where nothing shows that records are kept twice: a part of the storage is out of sight */
export const markForgetting = async ({ storage, copies }: Places, isTwice: boolean): Promise<void> => {
  const second = copies ?? (isTwice ? storage : null)
  await Promise.allSettled([second?.set(copyOf(FORGET_KEY), true), storage.set(FORGET_KEY, true)])
}

/** @throws Error where it could not be taken away: the next start looks once more, and finds nothing left */
export const endMark = async ({ storage, copies }: Places): Promise<void> => {
  await storage.delete(FORGET_KEY)
  await (copies ?? storage).delete(copyOf(FORGET_KEY))
}

const dropRecord = async ({ storage, copies }: Places, key: string): Promise<void> => {
  await Promise.all([storage.delete(key), (copies ?? storage).delete(copyOf(key))])
}

const dropFile = async (places: Places, name: string): Promise<void> => {
  await Promise.all([places.files && within(places.files.delete(name)), dropRecord(places, name)])
}

/**
 * Lets go of presses that have nothing to say any more.
 * @returns whether one still waits
 */
export const dropSettled = async (storage: Storage): Promise<boolean> => {
  const stored = await storage.get(STORAGE_KEY)
  if (stored === undefined) return false
  const isLeft = (await queuedPresses(storage)).some(isWaiting)
  if (!isLeft) await storage.delete(STORAGE_KEY)
  else
    await storage.update(STORAGE_KEY, (entries) =>
      (Array.isArray(entries) ? entries : []).filter((entry) => {
        const press = parsePress(entry)
        return press !== null && isWaiting(press)
      }),
    )
  return isLeft
}

/**
 * First what opens the rest.
 * @param keepsWaiting a press that waits stays: it still goes out
 * @returns whether all of it is gone: nothing has failed, and nothing can be read
 */
export const sweep = async (places: Places, keepsWaiting: boolean): Promise<boolean> => {
  const { storage } = places
  const opens = await Promise.allSettled([
    dropFile(places, KEY_FILE),
    dropFile(places, MOVE_FILE),
    dropRecord(places, 'owner'),
  ])
  let waits = false
  const dropPresses = async (): Promise<void> => {
    if (keepsWaiting) waits = await dropSettled(storage)
    else await storage.delete(STORAGE_KEY)
  }
  const rest = await Promise.allSettled([
    dropFile(places, NUMBERS_FILE),
    ...RECORDS.map((key) => dropRecord(places, key)),
    dropPresses(),
  ])
  if ([...opens, ...rest].some(({ status }) => status === 'rejected')) return false
  // Another page may have written something back meanwhile.
  const all = [KEY_FILE, MOVE_FILE, NUMBERS_FILE, ...RECORDS, ...(waits ? [] : [STORAGE_KEY])]
  const found = await Promise.all(all.map((key) => storage.get(key)))
  return found.every((value) => value === undefined)
}
