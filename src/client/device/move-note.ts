import * as z from 'zod/mini'
import { movingKeyOf } from '../../crypto/root.ts'
import { Id, line, Secret } from '../../protocol/fields.ts'
import { CONTACT_NAME_MAX_CHARS, CONTACTS_MAX, PRESSERS_MAX } from '../../protocol/limits.ts'
import { Plan } from '../../protocol/plan.ts'
import { VaultDocument } from '../../protocol/vault-document.ts'
import { moveKey } from './device-key.ts'
import { recordKey } from './owner.ts'
import { phone } from './phone.ts'
import { openRecord, sealRecord } from './sealed.ts'

/** How far this phone is on its way from one vault to another (`protocol.md §7.16`), written down before each step. */
const labels = z.array(line(CONTACT_NAME_MAX_CHARS)).check(z.maxLength(PRESSERS_MAX + CONTACTS_MAX))

/** What stays behind, so that the owner is told: labels of pressers, names of contacts. */
export const LeftBehind = z.strictObject({
  /** Printed cards and persons with a link: to be made and handed over anew. */
  cards: labels,
  persons: labels,
  /** The owner's other phones. */
  phones: labels,
  /** Check-ins had a presser of their own: what is armed with it ends. */
  checkIns: z.boolean(),
  /** Contacts who wanted no more messages: their addresses stay behind with their "no". */
  departed: labels,
  /** Her phones were told of presses that wait: that stays behind, too. */
  told: z.boolean(),
})
export type LeftBehind = z.infer<typeof LeftBehind>

/**
 * - `words`: the new words are on the screen; nothing has happened, and nothing will unless she goes on.
 * - `begun`: what moves is written down; the new vault may be there or not.
 * - `made`: it is there.
 * - `ended`: the old one is not there any more, and its root is forgotten here. The note stays until she has read what is left to do.
 *
 * Whether this phone has gone over is not said here: the owner's record says it.
 */
export const MoveNote = z.strictObject({
  v: z.literal(1),
  step: z.enum(['words', 'begun', 'made', 'ended']),
  /** Root of the vault that is left; null once it has ended. */
  from: z.nullable(Secret),
  root: Secret,
  /** This phone's presser in the new vault. */
  presser: Id,
  /** Null until it is begun. */
  left: z.nullable(LeftBehind),
})
export type MoveNote = z.infer<typeof MoveNote>

const Stored = z.strictObject({
  open: z.boolean(),
  sealed: z.array(z.string()).check(z.maxLength(2)),
})
const NAME = 'move'
const DOCUMENT = 'move-document'
const PLAN = 'move-plan'

/** @param key of this phone's records; null while it is locked */
export const readMove = async (key: Uint8Array | null): Promise<MoveNote | null> => {
  const stored = Stored.safeParse(await (await phone()).get(NAME))
  if (!stored.success || key === null) return null
  const moving = await moveKey.known()
  for (const by of moving === null ? [key] : [movingKeyOf(key, moving), key]) {
    const opened = stored.data.sealed.map((one) => openRecord(MoveNote, by, NAME, one))
    const note = opened.find((one) => one !== null)
    if (note !== undefined) return note
  }
  return null
}

export const readMoveNow = async (): Promise<MoveNote | null> => readMove(await recordKey())

const write = async (note: MoveNote, keys: readonly Uint8Array[]): Promise<void> => {
  const sealed = keys.map((key) => sealRecord(MoveNote, key, NAME, note))
  const open = note.step === 'begun' || note.step === 'made'
  await (await phone()).set(NAME, { open, sealed })
}

/**
 * Until the phone has gone over, under the move key too: the old phone key follows from the old words, which somebody has seen.
 * @param keys under each of which it opens: while the phone goes over, the old one and the new one
 */
export const writeMove = async (note: MoveNote, keys: readonly Uint8Array[]): Promise<void> => {
  const moving = note.step === 'words' ? await moveKey.orNew() : await moveKey.known()
  await write(note, moving === null ? keys : keys.map((key) => movingKeyOf(key, moving)))
}

/**
 * Once the phone has gone over: what its logs still hold of the move opens by nothing any more. May be done twice.
 * @param key of this phone's records, now
 */
export const writeMoved = async (note: MoveNote, key: Uint8Array): Promise<void> => {
  await write(note, [key])
  // What will not be erased now is tried again at the next opening, and keeps nothing from going on.
  await moveKey.erase().catch(() => undefined)
}

export const dropMove = async (): Promise<void> => {
  const storage = await phone()
  for (const name of [DOCUMENT, PLAN, NAME]) await storage.delete(name)
  await moveKey.erase().catch(() => undefined)
}

/** What moves, until the new vault has it. */
export const writeMoving = async (
  document: VaultDocument,
  plan: Plan | null,
  key: Uint8Array,
): Promise<void> => {
  const storage = await phone()
  const moving = movingKeyOf(key, await moveKey.orNew())
  await storage.set(DOCUMENT, sealRecord(VaultDocument, moving, DOCUMENT, document))
  if (plan === null) await storage.delete(PLAN)
  else await storage.set(PLAN, sealRecord(Plan, moving, PLAN, plan))
}

export const readMoving = async (
  key: Uint8Array,
): Promise<{ document: VaultDocument; plan: Plan | null } | null> => {
  const storage = await phone()
  const known = await moveKey.known()
  if (known === null) return null
  const moving = movingKeyOf(key, known)
  const document = openRecord(VaultDocument, moving, DOCUMENT, await storage.get(DOCUMENT))
  const plan = openRecord(Plan, moving, PLAN, await storage.get(PLAN))
  return document === null ? null : { document, plan }
}

export const dropMoving = async (): Promise<void> => {
  const storage = await phone()
  for (const name of [DOCUMENT, PLAN]) await storage.delete(name)
}
