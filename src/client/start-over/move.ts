import { vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { flushOnce, queuedPresses } from '../../queue/press-queue.ts'
import { moveKey } from '../device/device-key.ts'
import { exclusively } from '../device/lock.ts'
import { dropSuccessor } from '../device/move.ts'
import {
  dropMove,
  dropMoving,
  type MoveNote,
  readMoveNow,
  readMoving,
  writeMove,
  writeMoved,
} from '../device/move-note.ts'
import { type Guard, readEnvelope, readOwner, recordKey } from '../device/owner.ts'
import { phone } from '../device/phone.ts'
import { press } from '../device/records.ts'
import { sendCommit } from '../vault/change.ts'
import { type NewPin, newGuard } from '../vault/pin.ts'
import { sealCommit } from '../vault/seal-commit.ts'
import {
  credentialsOf,
  fail,
  fetchAlerts,
  fetchVault,
  type Outcome,
  type Trouble,
  tellOwner,
  troubleOf,
} from '../vault/session.ts'
import { stretch } from '../vault/stretch.ts'
import { type Fetched, goOver, settleOver } from './go-over.ts'

/**
 * Takes this phone from the old vault to the new one (`protocol.md §7.16`), from wherever it stands: makes the new vault, sets its PIN, goes over,
 * ends the old vault. Every step may be repeated, and is written down before the next; whoever dies in between goes on at the next opening. At every moment the
 * button presses a vault that is there.
 */

/** `ended`: all is done. `needs-pin`: the new vault is there, and this phone waits for a new PIN. `nothing`: there is nothing to go on with. */
export type Reached = 'ended' | 'needs-pin' | 'nothing'
type Progress = (done: number) => void

const reached = (value: Reached): Outcome<Reached> => ({ ok: true, value })

/** A press of this phone in the last minute may still count, whatever it was told last. */
const COUNTS_FOR_MS = 60_000

/** @param pin the new one, where this phone has one; null: not asked yet */
export const goOn = (pin: NewPin | null, onProgress: Progress = () => undefined): Promise<Outcome<Reached>> =>
  exclusively('roll', () => exclusively('pin', () => go(pin, onProgress)))

const go = async (pin: NewPin | null, onProgress: Progress): Promise<Outcome<Reached>> => {
  const key = await recordKey()
  const note = await readMoveNow()
  if (key === null || note === null || note.step === 'words') return reached('nothing')
  if (note.step === 'ended' || note.from === null) return reached('ended')
  const from = fromText(note.from)
  if (await isElsewhere(note)) {
    await dropMove()
    await dropSuccessor()
    return reached('nothing')
  }
  if (!(await hasGoneOver(note))) {
    const made = await make(note, from, key, onProgress)
    if (!made.ok) return made
    if (pin !== null) {
      // Before a guard is made that nobody would use: the new vault holds so many and no more.
      const before = await isFree(from)
      if (!before.ok) return before
    }
    const guard = await guardFor(note, pin, onProgress)
    if (!guard.ok) return guard
    if (guard.value === 'needs-pin') return reached('needs-pin')
    const free = await isFree(from)
    if (!free.ok) return free
    const keys = { guard: guard.value, key, known: free.value }
    if (!(await goOver({ ...note, step: 'made' }, made.value, keys))) return openAlert
  } else if (press.value?.vault !== toText(vaultIdOf(fromText(note.root)))) {
    const there = await fetchVault(fromText(note.root), 0)
    if (!there.ok) return there
    await settleOver(note, there.value)
  } else if ((await moveKey.known()) !== null) await writeMoved(note, key)
  return endOld(note, from)
}

/** Whether this phone has gone over: the owner's record says so, also while it is locked. */
export const hasGoneOver = async ({ root }: MoveNote): Promise<boolean> => {
  const owner = await readOwner(fromText(root))
  return owner.kind === 'record' && owner.record.root === root
}

/** Other words have brought another vault here meanwhile. */
const isElsewhere = async ({ from, root }: MoveNote): Promise<boolean> => {
  const owner = await readOwner()
  return owner.kind === 'record' && owner.record.root !== from && owner.record.root !== root
}

const make = async (
  note: MoveNote,
  from: Uint8Array,
  key: Uint8Array,
  onProgress: Progress,
): Promise<Outcome<Fetched>> => {
  const root = fromText(note.root)
  if (note.step === 'made') return fetchVault(root, 0)
  const moving = await readMoving(key)
  if (moving === null) return fail('unreadable')
  const ticket = { kind: 'moved', ...credentialsOf(from) } as const
  const plans = { before: null, after: moving.plan }
  const sealed = await sealCommit(
    ...([root, null, 0, moving.document, stretch, onProgress, ticket, false, plans] as const),
  )
  const reply = await sendCommit(sealed.request)
  // Under a root that nobody else knows there is only what an earlier try has left.
  const isThere = reply.kind === 'refusal' && reply.refusal.error === 'conflict'
  if (reply.kind !== 'answer' && !isThere) return troubleOf(reply)
  const there: Outcome<Fetched> = isThere
    ? await fetchVault(root, 0)
    : { ok: true, value: { version: 1, document: sealed.document, sealed: sealed.request.document } }
  if (!there.ok) return there
  await writeMove({ ...note, step: 'made' }, [key])
  await dropMoving()
  return there
}

/** Null where this phone has no PIN, and is to have none. */
const guardFor = async (
  { root }: MoveNote,
  pin: NewPin | null,
  onProgress: Progress,
): Promise<Outcome<Guard | null | 'needs-pin'>> => {
  const envelope = await readEnvelope()
  const hasPin = envelope.kind === 'record' && envelope.record.guard !== null
  if (pin !== null) return newGuard(fromText(root), pin, onProgress)
  return { ok: true, value: hasPin ? 'needs-pin' : null }
}

const openAlert: { ok: false } & Trouble = { ok: false, trouble: 'refused', code: 'open-alert' }

/**
 * What was pressed under the old keys is handed over first, and its alert is over: its all-clear needs them.
 * @returns the presses that this was asked of, by their alerts
 */
const isFree = async (from: Uint8Array): Promise<Outcome<readonly string[]>> => {
  const storage = await phone()
  await flushOnce(storage, Date.now)
  const vault = toText(vaultIdOf(from))
  const mine = (await queuedPresses(storage)).filter((one) => one.vault === vault)
  if (mine.some(({ state }) => state === 'waiting')) return fail('no-line')
  const now = Date.now()
  const counts = mine.some(
    ({ practice, heldAt, answer }) =>
      !practice && answer?.state === 'counting' && Math.abs(now - heldAt) < COUNTS_FOR_MS,
  )
  if (counts) return openAlert
  const known: Outcome<readonly string[]> = { ok: true, value: mine.map(({ alert }) => alert) }
  const alerts = await fetchAlerts(from)
  if (alerts.ok) return alerts.value.some(({ state }) => state === 'open') ? openAlert : known
  return isGone(alerts) ? known : alerts
}

/** Somebody has ended or deleted it already: whoever knows the old words can. */
const isGone = (trouble: Trouble): boolean => trouble.trouble === 'refused' && trouble.code === 'unknown'

const endOld = async (note: MoveNote, from: Uint8Array): Promise<Outcome<Reached>> => {
  const told = await tellOwner(ROUTES.end, from)
  if (!told.ok && !isGone(told)) return told
  const key = await recordKey()
  // Locked meanwhile: the next opening asks once more, and is told that it is unknown.
  if (key !== null) await writeMoved({ ...note, step: 'ended', from: null }, key)
  return reached('ended')
}

/** The all-clear for what was pressed under the old keys, from a phone that has gone over. */
export const clearOld = async (): Promise<Outcome<null>> => {
  const note = await readMoveNow()
  if (note === null || note.from === null) return fail('none')
  const from = fromText(note.from)
  const alerts = await fetchAlerts(from)
  if (!alerts.ok) return isGone(alerts) ? { ok: true, value: null } : alerts
  for (const { alert, state } of alerts.value) {
    if (state !== 'open') continue
    const told = await tellOwner(ROUTES.clear, from, { alert, key: null })
    if (!told.ok) return told
  }
  return { ok: true, value: null }
}
