import type { Storage } from './storage.ts'

/**
 * What stands on a phone while it is being emptied, and until all is gone: nothing that is still there counts any more, whoever reads it, and
 * each start of the app erases on before it shows anything. Kept twice, as what a press needs is.
 */
export const FORGET_KEY = 'forget'

/** A browser that loses its IndexedDB (an update, Lockdown Mode) must still show the button: some records are kept twice. */
export const copyOf = (key: string): string => `copy-${key}`

/** @param copies where records are kept a second time; null where there is one place only */
export const isForgetting = async (storage: Storage, copies: Storage | null): Promise<boolean> =>
  (await storage.get(FORGET_KEY)) !== undefined ||
  (await (copies ?? storage).get(copyOf(FORGET_KEY))) !== undefined
