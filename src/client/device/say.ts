import * as z from 'zod/mini'
import { Id, Key } from '../../protocol/fields.ts'
import { phone } from './phone.ts'

/**
 * What this phone adds to a press of its own with, whether or not a PIN guards the rest: it writes, and reads nothing. P is not kept:
 * presser token and cover key follow from it, and open nothing of the family. `key` is the press key of the same presser: keys that have rolled
 * may have left the record of another.
 */
export const SayRecord = z.strictObject({
  v: z.literal(1),
  vault: Id,
  presser: Id,
  key: Key,
  token: Key,
  cover: Key,
})
export type SayRecord = z.infer<typeof SayRecord>

const NAME = 'say'

export const readSay = async (): Promise<SayRecord | null> => {
  const parsed = SayRecord.safeParse(await (await phone()).get(NAME))
  return parsed.success ? parsed.data : null
}

export const writeSay = async (record: SayRecord): Promise<void> => (await phone()).set(NAME, record)
