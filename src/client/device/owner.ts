import * as z from 'zod/mini'
import { phoneKeyOf } from '../../crypto/root.ts'
import { fromText } from '../../protocol/bytes.ts'
import { bytes, Id, integer, Secret } from '../../protocol/fields.ts'
import { GUARDED_ROOT_BYTES, GUARDS_MAX, VERSION_MAX } from '../../protocol/limits.ts'
import { deviceKey, deviceKeyOrNew } from './device-key.ts'
import { pinSet, unlocked } from './locked.ts'
import { type Read, readTwice, writeTwice } from './records.ts'
import { openRecord, sealRecord } from './sealed.ts'

/** What opens the vault: sealed under the device key, or, on a phone with a PIN, under what only the root gives. */
export const OwnerRecord = z.strictObject({
  v: z.literal(1),
  root: Secret,
  /** This phone's presser in the document; the press key of the press record is its. */
  presser: Id,
  /** While keys roll: the presser that a commit under way brings for this phone. */
  next: z.nullable(Id),
  /** Pressers that this phone was before; they go once the present one is written down here. */
  drop: z.array(Id).check(z.maxLength(8)),
  /** The highest vault version this phone has seen: an older one is refused. */
  version: integer(0, VERSION_MAX),
})
export type OwnerRecord = z.infer<typeof OwnerRecord>

/** What a phone holds of its guard (`protocol.md §7.13`): with PIN and share it opens the root, and alone nothing. */
export const Guard = z.strictObject({
  vault: Id,
  id: Id,
  device: Secret,
  /** In the order of the server's slots; of which PIN each is, nobody can tell, nor whether there are two. */
  sealed: z.tuple([bytes(GUARDED_ROOT_BYTES), bytes(GUARDED_ROOT_BYTES)]),
})
export type Guard = z.infer<typeof Guard>

/** Guard and record change together or not at all. `former`: guards that the service has still to forget. */
export const Envelope = z.strictObject({
  v: z.literal(1),
  guard: z.nullable(Guard),
  former: z.array(Id).check(z.maxLength(GUARDS_MAX)),
  sealed: z.string(),
})
export type Envelope = z.infer<typeof Envelope>

const NAME = 'owner'

export const readEnvelope = async (): Promise<Read<Envelope>> => {
  const found = await readTwice(NAME, Envelope)
  pinSet.value = found.kind === 'record' && found.record.guard !== null
  return found
}

const writeEnvelope = async (envelope: Envelope): Promise<void> => {
  await writeTwice(NAME, envelope)
  pinSet.value = envelope.guard !== null
}

export const sealOwner = (key: Uint8Array, record: OwnerRecord): string =>
  sealRecord(OwnerRecord, key, NAME, record)

/**
 * `locked`: it stands behind a PIN.
 * @param root where it is known already; else what the PIN has opened
 */
export const readOwner = async (
  root: Uint8Array | null = unlocked.value,
): Promise<Read<OwnerRecord> | { kind: 'locked' }> => {
  const found = await readEnvelope()
  if (found.kind !== 'record') return found
  const { guard, sealed } = found.record
  const key = guard === null ? await deviceKey() : root && phoneKeyOf(root)
  const record = key && openRecord(OwnerRecord, key, NAME, sealed)
  if (record !== null) return { kind: 'record', record }
  return { kind: guard === null ? 'unreadable' : 'locked' }
}

const isOf = (guarded: Envelope, key: Uint8Array): boolean =>
  guarded.guard !== null && openRecord(OwnerRecord, key, NAME, guarded.sealed) !== null

/**
 * A PIN stays where it guards this very root; the root of another vault comes without one.
 * @throws Error if the phone cannot store it
 */
export const writeOwner = async (record: OwnerRecord): Promise<void> => {
  const found = await readEnvelope()
  const phoneKey = phoneKeyOf(fromText(record.root))
  const before = found.kind === 'record' ? found.record : null
  if (before !== null && isOf(before, phoneKey)) {
    await writeEnvelope({ ...before, sealed: sealOwner(phoneKey, record) })
    return
  }
  const sealed = sealOwner(await deviceKeyOrNew(), record)
  const former = before?.guard === null ? before.former : []
  await writeEnvelope({ v: 1, guard: null, former, sealed })
}

/** A PIN is set, changed (`guard`) or taken away (null), in one step. */
export const writeGuarded = async (
  guard: Guard | null,
  former: readonly string[],
  record: OwnerRecord,
): Promise<void> => {
  const key = guard === null ? await deviceKeyOrNew() : phoneKeyOf(fromText(record.root))
  unlocked.value = guard === null ? null : fromText(record.root)
  await writeEnvelope({ v: 1, guard, former: [...former], sealed: sealOwner(key, record) })
}

export const writeFormer = async (former: readonly string[]): Promise<void> => {
  const found = await readEnvelope()
  if (found.kind === 'record') await writeEnvelope({ ...found.record, former: [...former] })
}

/** The key of drafts and the like, for now. Null while locked, and where nothing was ever sealed. */
export const recordKey = async (): Promise<Uint8Array | null> =>
  pinSet.value ? unlocked.value && phoneKeyOf(unlocked.value) : deviceKey()

/** As `recordKey`, to seal with. Null while locked. */
export const recordKeyOrNew = async (): Promise<Uint8Array | null> =>
  pinSet.value ? recordKey() : deviceKeyOrNew()
