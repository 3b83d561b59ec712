import { type Opened, openStorage, type Storage } from '../../queue/storage.ts'

/** The one storage of this page; opened once. */
let opened: Promise<Opened> | undefined
const open = (): Promise<Opened> => {
  opened ??= openStorage()
  return opened
}

/** Once more, from the start: one that has not answered may be slow, and not broken. */
export const openAgain = (): void => {
  opened = undefined
}

export const phone = async (): Promise<Storage> => (await open()).storage

/** Where the few records that a press needs are kept a second time, beside the storage; null: nowhere. */
export const copies = async (): Promise<Storage | null> => (await open()).copies

/** False: a part of the storage does not answer now. That nothing was found there means nothing. */
export const isComplete = async (): Promise<boolean> => (await open()).complete

/** False where nothing outlives this page (a private window with all storage shut): set-up must not begin there. */
export const canKeep = async (): Promise<boolean> => (await open()).lasting

/** Asks the browser not to clear it away when space runs short. Chromium decides without a question. */
export const askToPersist = async (): Promise<void> => {
  try {
    await globalThis.navigator.storage?.persist?.()
  } catch {
    // Not every browser has it; the readiness light does not depend on it.
  }
}
