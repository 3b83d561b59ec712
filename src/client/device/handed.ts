import * as z from 'zod/mini'
import { Id, Instant } from '../../protocol/fields.ts'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { recordKey, recordKeyOrNew } from './owner.ts'
import { phone } from './phone.ts'
import { openRecord, sealRecord } from './sealed.ts'

/**
 * Invitations that were handed over, until the vault knows of it: the messenger that opens may be the last that this page
 * sees, and there may be no line.
 */
const Handed = z.array(z.strictObject({ contact: Id, at: Instant })).check(z.maxLength(CONTACTS_MAX))
export type Handed = z.infer<typeof Handed>

const KEY = 'handed'

export const readHanded = async (): Promise<Handed> => {
  const key = await recordKey()
  return (key && openRecord(Handed, key, KEY, await (await phone()).get(KEY))) ?? []
}

export const writeHanded = async (handed: Handed): Promise<void> => {
  const key = await recordKeyOrNew()
  // What stays is only told to the vault once more.
  if (handed.length === 0) await (await phone()).delete(KEY).catch(() => undefined)
  else if (key !== null) await (await phone()).set(KEY, sealRecord(Handed, key, KEY, handed))
}

export const noteHanded = async (contact: string, at: number): Promise<void> => {
  const others = (await readHanded()).filter((one) => one.contact !== contact)
  await writeHanded([...others, { contact, at }].slice(-CONTACTS_MAX))
}

export const dropHanded = async (done: Handed): Promise<void> =>
  writeHanded((await readHanded()).filter((one) => !done.some(({ contact }) => contact === one.contact)))
