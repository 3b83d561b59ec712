import { phone } from './phone.ts'

/** Whether a press of this phone is followed by where it is. */
const NAME = 'where'

export const readWhere = async (): Promise<boolean> => (await (await phone()).get(NAME)) === true

/** @throws Error if the phone cannot store it */
export const writeWhere = async (wanted: boolean): Promise<void> => {
  const storage = await phone()
  if (wanted) await storage.set(NAME, true)
  else await storage.delete(NAME)
}
