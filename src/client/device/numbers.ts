import * as z from 'zod/mini'
import { Id } from '../../protocol/fields.ts'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { within } from '../../queue/within.ts'
import { exclusively } from './lock.ts'
import { phone } from './phone.ts'

/**
 * Numbers that the owner wants to text and call where nothing can be sent. On this phone only, no names, and in clear: she is shown them
 * without a PIN, so she is asked for each. In a file of its own, in the Cache API, which the browser deletes when it is told to; where there is none,
 * with the rest.
 */
const PLACE = 'numbers'
const ADDRESS = '/numbers'

const Dialled = z.string().check(z.regex(/^\+?[0-9]{5,15}$/))
const KeptNumbers = z.array(z.strictObject({ contact: Id, number: Dialled })).check(z.maxLength(CONTACTS_MAX))
export type KeptNumber = z.infer<typeof KeptNumbers>[number]

/** As it is dialled from this phone, however it was typed; null for what cannot be a number. */
export const dialled = (typed: string): string | null => {
  if (!/^\s*\+?[0-9 ()./-]+$/.test(typed)) return null
  const parsed = Dialled.safeParse(typed.replace(/[^+0-9]/g, ''))
  return parsed.success ? parsed.data : null
}

const hasCaches = (): boolean => typeof caches !== 'undefined'

/** @throws Error where the phone does not say what it keeps: then nothing is written over it */
const read = async (): Promise<readonly KeptNumber[]> => {
  const response = hasCaches() ? await within(caches.match(ADDRESS, { cacheName: PLACE })) : undefined
  const parsed = KeptNumbers.safeParse((await response?.json()) ?? (await (await phone()).get(PLACE)))
  return parsed.success ? parsed.data : []
}

/** Never fails: what cannot be read is not offered. */
export const readNumbers = (): Promise<readonly KeptNumber[]> => read().catch(() => [])

const write = async (numbers: readonly KeptNumber[]): Promise<void> => {
  if (numbers.length === 0) return forgetNumbers()
  if (hasCaches()) await (await caches.open(PLACE)).put(ADDRESS, new Response(JSON.stringify(numbers)))
  else await (await phone()).set(PLACE, numbers)
}

/**
 * @param number null: this contact's is forgotten
 * @returns false if the phone could not keep it
 */
export const keepNumber = (contact: string, number: string | null): Promise<boolean> =>
  exclusively('numbers', async () => {
    try {
      const others = (await read()).filter((one) => one.contact !== contact)
      await write(number === null ? others : [...others, { contact, number }])
      return true
    } catch {
      return false
    }
  })

/** Contacts who have other ids from now on, and are the same people. May be done twice. */
export const renameNumbers = (ids: ReadonlyMap<string, string>): Promise<void> =>
  exclusively('numbers', async () => {
    const kept = await read()
    if (!kept.some(({ contact }) => ids.has(contact))) return
    await write(kept.map(({ contact, number }) => ({ contact: ids.get(contact) ?? contact, number })))
  }).catch(() => undefined)

/** Of who is no contact any more, none is kept. */
export const keepNumbersOf = async (contacts: readonly string[]): Promise<void> => {
  for (const { contact } of await readNumbers())
    if (!contacts.includes(contact)) await keepNumber(contact, null)
}

const forgetNumbers = async (): Promise<void> => {
  if (hasCaches()) await within(caches.delete(PLACE))
  await (await phone()).delete(PLACE)
}
