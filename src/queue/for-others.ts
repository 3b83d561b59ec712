import { STORAGE_KEY } from './press-queue.ts'
import type { Storage } from './storage.ts'

/**
 * Presses that somebody makes for another person: kept apart from the owner's own on the same phone, so that neither is shown, renewed or
 * let go as if it were the other.
 */
const PREFIX = 'others-'
export const OTHERS_KEY = PREFIX + STORAGE_KEY

export const forOthers = (storage: Storage): Storage => ({
  get: (key) => storage.get(PREFIX + key),
  set: (key, value) => storage.set(PREFIX + key, value),
  update: (key, change) => storage.update(PREFIX + key, change),
  delete: (key) => storage.delete(PREFIX + key),
})
