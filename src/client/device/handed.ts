import * as z from 'zod/mini'
import { Id, Instant } from '../../protocol/fields.ts'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { phone } from './phone.ts'

/**
 * Invitations that were handed over, until the vault knows of it: the messenger that opens may be the last that this page
 * sees, and there may be no line.
 */
const Handed = z.array(z.strictObject({ contact: Id, at: Instant })).check(z.maxLength(CONTACTS_MAX))
export type Handed = z.infer<typeof Handed>

const KEY = 'handed'

export const readHanded = async (): Promise<Handed> => {
  const parsed = Handed.safeParse(await (await phone()).get(KEY))
  return parsed.success ? parsed.data : []
}

const write = async (handed: Handed): Promise<void> =>
  handed.length === 0 ? (await phone()).delete(KEY) : (await phone()).set(KEY, handed)

export const noteHanded = async (contact: string, at: number): Promise<void> => {
  const others = (await readHanded()).filter((one) => one.contact !== contact)
  await write([...others, { contact, at }].slice(-CONTACTS_MAX))
}

export const dropHanded = async (done: Handed): Promise<void> =>
  write((await readHanded()).filter((one) => !done.some(({ contact }) => contact === one.contact)))
