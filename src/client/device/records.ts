import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { HotlineId, Id, integer, Key, Language, Version } from '../../protocol/fields.ts'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { copyOf, isForgetting } from '../../queue/forget-mark.ts'
import { copies, isComplete, phone } from './phone.ts'

/**
 * What this phone keeps so that it can press, whether or not a PIN guards the rest (`owner.ts`).
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

/** The sealed vault document as it was last seen, to read it without a line; and the sealed plan. */
export const SealedCache = z.strictObject({ v: z.literal(1), version: Version, sealed: z.string() })
export type SealedCache = z.infer<typeof SealedCache>

/** `unreadable`: something is stored and does not fit; it is left as it is, and the person is told. */
export type Read<T> = { kind: 'none' } | { kind: 'unreadable' } | { kind: 'record'; record: T }

type Parser<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

/** Whether all that is here was to be erased, and may not all be gone yet. */
export const isEmptying = async (): Promise<boolean> => isForgetting(await phone(), await copies())

/** @throws Error if the phone cannot store it, or still holds what it was to forget */
export const writeTwice = async (key: 'press' | 'owner', record: object): Promise<void> => {
  if (await isEmptying()) await (await import('./forget.ts')).makeRoom()
  await (await phone()).set(key, record)
  await (await copies())?.set(copyOf(key), record).catch(() => undefined)
}

const stored = async (key: string): Promise<unknown> => {
  const storage = await phone()
  return (await storage.get(key)) ?? (await ((await copies()) ?? storage).get(copyOf(key)))
}

export const readTwice = async <T>(key: string, schema: Parser<T>): Promise<Read<T>> => {
  if (await isEmptying()) return { kind: 'none' }
  const found = await stored(key)
  if (found === undefined || found === null)
    return (await isComplete()) ? { kind: 'none' } : { kind: 'unreadable' }
  const parsed = schema.safeParse(found)
  return parsed.success ? { kind: 'record', record: parsed.data } : { kind: 'unreadable' }
}

export const readPress = (): Promise<Read<PressRecord>> => readTwice('press', PressRecord)
export const readCache = (): Promise<Read<SealedCache>> => readTwice('document', SealedCache)

/** Whether there is a vault somewhere, and whether a PIN guards it here; `owner.ts` opens what is stored. */
export const readOwnerKind = async (): Promise<{ isThere: boolean; hasPin: boolean }> => {
  const found = await readTwice('owner', Envelope)
  const hasPin = found.kind === 'record' && (found.record.guard ?? null) !== null
  return { isThere: found.kind !== 'none', hasPin }
}
const Envelope = z.looseObject({ guard: z.unknown() })

export const readPlanCache = (): Promise<Read<SealedCache>> => readTwice('plan', SealedCache)

export const press = signal<PressRecord | null>(null)

export const writePress = async (record: PressRecord): Promise<void> => {
  await writeTwice('press', record)
  press.value = record
}

export const writeCache = async (cache: SealedCache): Promise<void> => (await phone()).set('document', cache)
export const writePlanCache = async (cache: SealedCache): Promise<void> => (await phone()).set('plan', cache)

/** The language that was picked on this phone, if one was. */
export const readLanguage = async (): Promise<Language | null> => {
  const parsed = Language.safeParse(await (await phone()).get('language'))
  return parsed.success ? parsed.data : null
}
export const writeLanguage = async (language: Language): Promise<void> =>
  (await phone()).set('language', language)
