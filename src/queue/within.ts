const ANSWER_MAX_MS = 3_000

export const TIMED_OUT = 'storage timed out'

/** A storage (IndexedDB, Cache API) that neither answers nor fails, seen in Safari after an update, counts as failed. */
export const within = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(TIMED_OUT)), ANSWER_MAX_MS)),
  ])
