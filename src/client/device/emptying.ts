import { phone } from './phone.ts'

/** Whether this phone empties itself after an alert. */
const KEY = 'empty-after'

export const readEmptying = async (): Promise<boolean> => (await (await phone()).get(KEY)) === true

/** @throws Error if the phone cannot store it */
export const writeEmptying = async (wanted: boolean): Promise<void> => {
  const storage = await phone()
  if (wanted) await storage.set(KEY, true)
  else await storage.delete(KEY)
}
