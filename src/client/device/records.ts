import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { HotlineId, Id, integer, Key, Language, Secret, Version } from '../../protocol/fields.ts'
import { CONTACTS_MAX, VERSION_MAX } from '../../protocol/limits.ts'
import { copies, isComplete, phone } from './phone.ts'

/**
 * What this phone keeps, in two records, so that the first alone is enough to press, and stays when the second is one
 * day kept behind a PIN.
 */

const count = integer(0, CONTACTS_MAX)

/** All that a press needs, and what the button's page shows. No name, no address, nothing that reads. */
export const PressRecord = z.strictObject({
  v: z.literal(1),
  vault: Id,
  /** The press key of this phone. */
  key: Key,
  hotline: HotlineId,
  contacts: count,
  /** How many of them stand where: `Counts` of vault/standing.ts. */
  people: z.strictObject({
    written: count,
    invited: count,
    accepted: count,
    toClear: count,
    left: count,
    doubtful: count,
  }),
  practised: z.boolean(),
  wordsConfirmed: z.boolean(),
  /** The vault no longer knows this phone (it was set up again elsewhere): its press would reach nobody. */
  revoked: z.boolean(),
})
export type PressRecord = z.infer<typeof PressRecord>

/** What opens the vault. Without the PIN of a later version it lies open on an unlocked phone; README says so. */
export const OwnerRecord = z.strictObject({
  v: z.literal(1),
  root: Secret,
  /** This phone's presser in the document; the press key of the other record is its. */
  presser: Id,
  /** While keys roll: the presser that a commit under way brings for this phone. */
  next: z.nullable(Id),
  /** Pressers that this phone was before; they go once the present one is written down here. */
  drop: z.array(Id).check(z.maxLength(8)),
  /** The highest vault version this phone has seen: an older one is refused. */
  version: integer(0, VERSION_MAX),
})
export type OwnerRecord = z.infer<typeof OwnerRecord>

/** The sealed vault document as it was last seen, to read it without a line; and the sealed plan. */
export const SealedCache = z.strictObject({ v: z.literal(1), version: Version, sealed: z.string() })
export type SealedCache = z.infer<typeof SealedCache>

/** `unreadable`: something is stored and does not fit; it is left as it is, and the person is told. */
export type Read<T> = { kind: 'none' } | { kind: 'unreadable' } | { kind: 'record'; record: T }

type Parser<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

/** A browser that loses its IndexedDB (an update, Lockdown Mode) must still show the button: these are kept twice. */
const copyOf = (key: string): string => `copy-${key}`

const write = async (key: 'press' | 'owner', record: object): Promise<void> => {
  await (await phone()).set(key, record)
  await (await copies())?.set(copyOf(key), record).catch(() => undefined)
}

const stored = async (key: string): Promise<unknown> => {
  const storage = await phone()
  return (await storage.get(key)) ?? (await ((await copies()) ?? storage).get(copyOf(key)))
}

const read = async <T>(key: string, schema: Parser<T>): Promise<Read<T>> => {
  const found = await stored(key)
  if (found === undefined || found === null)
    return (await isComplete()) ? { kind: 'none' } : { kind: 'unreadable' }
  const parsed = schema.safeParse(found)
  return parsed.success ? { kind: 'record', record: parsed.data } : { kind: 'unreadable' }
}

export const readPress = (): Promise<Read<PressRecord>> => read('press', PressRecord)
export const readOwner = (): Promise<Read<OwnerRecord>> => read('owner', OwnerRecord)
export const readCache = (): Promise<Read<SealedCache>> => read('document', SealedCache)

export const readPlanCache = (): Promise<Read<SealedCache>> => read('plan', SealedCache)

export const press = signal<PressRecord | null>(null)

export const writePress = async (record: PressRecord): Promise<void> => {
  await write('press', record)
  press.value = record
}

/** @throws Error if the phone cannot store it */
export const writeOwner = async (record: OwnerRecord): Promise<void> => write('owner', record)
export const writeCache = async (cache: SealedCache): Promise<void> => (await phone()).set('document', cache)
export const writePlanCache = async (cache: SealedCache): Promise<void> => (await phone()).set('plan', cache)

/** The language that was picked on this phone, if one was. */
export const readLanguage = async (): Promise<Language | null> => {
  const parsed = Language.safeParse(await (await phone()).get('language'))
  return parsed.success ? parsed.data : null
}
export const writeLanguage = async (language: Language): Promise<void> =>
  (await phone()).set('language', language)

/** Empties this phone of everything the app keeps on it. */
export const forgetAll = async (): Promise<void> => {
  const storage = await phone()
  const second = await copies()
  for (const key of [
    'press',
    'owner',
    'document',
    'draft',
    'plan',
    'plan-draft',
    'presses',
    'edit',
    'handed',
    'checked',
    'empty-after',
    'check-in',
  ]) {
    await storage.delete(key)
    await (second ?? storage).delete(copyOf(key))
  }
  press.value = null
}
