import { DoneAnswer } from '../../protocol/done.ts'
import { GuardTryAnswer } from '../../protocol/guard.ts'
import { GUARDS_MAX, PIN_WAITS_MS } from '../../protocol/limits.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { eraseDeviceKey } from '../device/device-key.ts'
import { readPlanDraft, writePlanDraft } from '../device/draft.ts'
import { readHanded, writeHanded } from '../device/handed.ts'
import { exclusively } from '../device/lock.ts'
import { unlocked } from '../device/locked.ts'
import { readMove, readMoving, writeMove, writeMoving } from '../device/move-note.ts'
import {
  type Guard,
  readEnvelope,
  readOwner,
  recordKey,
  recordKeyOrNew,
  writeFormer,
  writeGuarded,
} from '../device/owner.ts'
import { phone } from '../device/phone.ts'
import { type Made, makeGuard, opensBy, stretchPin, tryRequestOf } from './guard-slots.ts'
import { credentialsOf, fail, type Outcome, troubleOf, vault } from './session.ts'
import { stretch } from './stretch.ts'

/**
 * Sets, tries and takes away the PIN of this phone (`protocol.md §7.13`). Every step is written down before the next: a phone that dies in
 * between has the old PIN or the new one, and knows which guards the service has still to forget.
 */

/** A share that was just written may not be everywhere yet. */
const TRIES = 5
const PAUSE_MS = 1_000

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** `gone`: no PIN opens anything here any more. `odd`: what came opens nothing, so the service is at fault, or lies. */
export type Tried =
  | { kind: 'root'; root: Uint8Array }
  | { kind: 'nothing' }
  | { kind: 'gone' | 'odd' | 'no-line' | 'later' }
  /** `triesLeft` null: more than five. */
  | { kind: 'wrong'; waitMs: number; triesLeft: number | null }
  | { kind: 'wait'; waitMs: number }

/** While it costs nothing yet, nobody is made to count. */
const worthSaying = (triesLeft: number | undefined): number | null =>
  triesLeft === undefined || triesLeft > PIN_WAITS_MS.length ? null : triesLeft

const askFor = async (guard: Guard, stretched: Uint8Array): Promise<Tried> => {
  const reply = await ask(ROUTES.guardTry, JSON.stringify(tryRequestOf(guard, stretched)), GuardTryAnswer)
  if (reply.kind === 'none') return { kind: 'no-line' }
  if (reply.kind === 'answer') {
    const opens = opensBy(guard, stretched, reply.answer.share)
    if (opens === null) return { kind: 'odd' }
    return opens === 'nothing' ? { kind: 'nothing' } : { kind: 'root', root: opens }
  }
  const { error, waitMs = 0, triesLeft } = reply.refusal
  switch (error) {
    case 'unknown':
      return { kind: 'gone' }
    case 'wrong-pin':
      return { kind: 'wrong', waitMs, triesLeft: worthSaying(triesLeft) }
    case 'wait':
      return { kind: 'wait', waitMs }
    default:
      return { kind: 'later' }
  }
}

/** The service cannot tell which PIN was right; that it was this one, the owner token says. Not waited for: it is said again at the next unlock. */
const sayOpened = (root: Uint8Array, guard: Guard): void => {
  const body = JSON.stringify({ ...credentialsOf(root), guard: guard.id })
  void ask(ROUTES.guardOpened, body, DoneAnswer, { keepalive: true })
}

/** Tries a PIN, and opens nothing. */
export const tryPin = async (pin: string, onProgress: (done: number) => void): Promise<Tried> => {
  const found = await readEnvelope()
  const guard = found.kind === 'record' ? found.record.guard : null
  if (guard === null) return { kind: 'gone' }
  const tried = await askFor(guard, await stretchPin(guard, pin, stretch, onProgress))
  if (tried.kind === 'root') sayOpened(tried.root, guard)
  return tried
}

/** Opens the app for as long as it is in the foreground. */
export const openWith = (root: Uint8Array): void => {
  unlocked.value = root
}

/** A commit under way writes the same record: what it has written must not be taken back. */
const noteFormer = (former: readonly string[]): Promise<void> =>
  exclusively('vault', () => writeFormer(former))

const settleFormer = async (root: Uint8Array): Promise<void> => {
  const found = await readEnvelope()
  if (found.kind !== 'record') return
  const left: string[] = []
  for (const guard of found.record.former) {
    if (guard === found.record.guard?.id) continue
    const body = JSON.stringify({ ...credentialsOf(root), guard })
    if ((await ask(ROUTES.guardRemove, body, DoneAnswer)).kind !== 'answer') left.push(guard)
  }
  if (left.length < found.record.former.length) await noteFormer(left)
}

/**
 * There is room for one more that the service has to forget: none is let go of before it has been told, or it would keep that share for ever.
 * @returns false where it cannot be told now
 */
const hasRoom = async (root: Uint8Array): Promise<boolean> => {
  const isFull = async (): Promise<boolean> => {
    const found = await readEnvelope()
    return found.kind === 'record' && found.record.former.length >= GUARDS_MAX
  }
  if (!(await isFull())) return true
  await settleFormer(root)
  return !(await isFull())
}

/** What an earlier change has left half done. Never throws. */
export const settlePin = (): Promise<void> =>
  exclusively('pin', async () => {
    const found = await readEnvelope()
    if (found.kind !== 'record') return
    // It opens what was sealed before there was a PIN.
    if (found.record.guard !== null) await eraseDeviceKey()
    const owner = await readOwner()
    const root = unlocked.value ?? (owner.kind === 'record' ? vault.value?.root : undefined)
    if (root !== undefined) await settleFormer(root)
  }).catch(() => undefined)

/** That the share is given out, before what opens the vault without it is erased. */
const verify = async (guard: Guard, pin: string): Promise<Tried> => {
  const stretched = await stretchPin(guard, pin, stretch, () => undefined)
  for (let tries = 1; ; tries += 1) {
    const tried = await askFor(guard, stretched)
    if ((tried.kind !== 'later' && tried.kind !== 'no-line') || tries === TRIES) return tried
    await later(PAUSE_MS)
  }
}

/** The service has the guard, and has given its share out once. */
const establish = async (root: Uint8Array, made: Made, pin: string): Promise<Outcome<null>> => {
  const { token } = credentialsOf(root)
  const reply = await ask(ROUTES.guardSet, JSON.stringify({ ...made.request, token }), DoneAnswer)
  if (reply.kind !== 'answer') return troubleOf(reply)
  const tried = await verify(made.guard, pin)
  if (tried.kind === 'no-line') return fail('no-line')
  return tried.kind === 'root'
    ? { ok: true, value: null }
    : { ok: false, trouble: 'refused', code: 'try-again' }
}

/** The guard of a vault that this phone has not gone over to yet (`protocol.md §7.16`). The phone is as it was. */
export const newGuard = async (
  root: Uint8Array,
  { pin, duress }: NewPin,
  onProgress: (done: number) => void,
): Promise<Outcome<Guard>> => {
  const made = await makeGuard(root, pin, duress, stretch, onProgress)
  let there = await establish(root, made, pin)
  if (!there.ok && there.trouble === 'refused' && there.code === 'full') {
    // What earlier tries have left: no phone has gone over with one of them.
    await ask(ROUTES.guardRemove, JSON.stringify({ ...credentialsOf(root), guard: null }), DoneAnswer)
    there = await establish(root, made, pin)
  }
  return there.ok ? { ok: true, value: made.guard } : there
}

/** `duress` null: no second PIN. */
export type NewPin = { pin: string; duress: string | null }

/** @param duress null: no second PIN */
export const setPin = (
  pin: string,
  duress: string | null,
  onProgress: (done: number) => void,
): Promise<Outcome<null>> =>
  exclusively('pin', async () => {
    const opened = vault.value
    if (opened !== null && !(await hasRoom(opened.root))) return fail('no-line')
    const found = await readEnvelope()
    if (opened === null || found.kind !== 'record') return fail('none')
    const made = await makeGuard(opened.root, pin, duress, stretch, onProgress)
    const before = found.record.guard === null ? [] : [found.record.guard.id]
    // If this phone dies before it has written the new guard down, the service is told to forget it.
    await noteFormer([...found.record.former, made.guard.id])
    const there = await establish(opened.root, made, pin)
    if (!there.ok) return there
    const begun = await readBegun()
    // A commit under way writes the same record.
    const isWritten = await exclusively('vault', async () => {
      const owner = await readOwner(opened.root)
      if (owner.kind !== 'record') return false
      await writeGuarded(made.guard, [...found.record.former, ...before], owner.record)
      return true
    })
    if (!isWritten) return fail('unreadable')
    await reseal(begun)
    // If it could not be erased: each opening tries again.
    await eraseDeviceKey().catch(() => undefined)
    await settleFormer(opened.root)
    return { ok: true, value: null }
  })

export const removePin = (): Promise<Outcome<null>> =>
  exclusively('pin', async () => {
    const opened = vault.value
    if (opened !== null && !(await hasRoom(opened.root))) return fail('no-line')
    const found = await readEnvelope()
    if (opened === null || found.kind !== 'record' || found.record.guard === null) return fail('none')
    const { guard, former } = found.record
    const begun = await readBegun()
    const isWritten = await exclusively('vault', async () => {
      const owner = await readOwner(opened.root)
      if (owner.kind !== 'record') return false
      await writeGuarded(null, [...former, guard.id], owner.record)
      return true
    })
    if (!isWritten) return fail('unreadable')
    await reseal(begun)
    await settleFormer(opened.root)
    return { ok: true, value: null }
  })

/** What was begun and not finished is sealed under a key that is about to go: what took long is sealed anew, the rest is dropped. */
const readBegun = async () => {
  const key = await recordKey()
  const moving = key === null ? null : await readMoving(key)
  return { handed: await readHanded(), plan: await readPlanDraft(), move: await readMove(key), moving }
}

const reseal = async ({
  handed,
  plan,
  move,
  moving,
}: Awaited<ReturnType<typeof readBegun>>): Promise<void> => {
  await writeHanded(handed)
  const storage = await phone()
  // Nothing opens them any more.
  await Promise.allSettled(['draft', 'edit', 'plan-draft'].map((draft) => storage.delete(draft)))
  if (plan !== null) await writePlanDraft(plan)
  const key = await recordKeyOrNew()
  if (key === null) return
  if (moving !== null) await writeMoving(moving.document, moving.plan, key)
  if (move !== null) await writeMove(move, [key])
}
