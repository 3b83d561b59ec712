import { copyOf, FORGET_KEY } from '../../queue/forget-mark.ts'
import { dropSettled, endMark, markForgetting, type Places, sweep } from '../../queue/forgetting.ts'
import { STEPS_HERE } from '../next-steps/here.ts'
import { checked } from './checked.ts'
import { dropDeviceKey, moveKey } from './device-key.ts'
import { exclusively } from './lock.ts'
import { noteForgetting, pinSet, unlocked } from './locked.ts'
import { copies, isComplete, phone } from './phone.ts'
import { isEmptying, press } from './records.ts'
import { stopPushes } from './stop-pushes.ts'

/**
 * - `gone`: nothing is left.
 * - `out-of-sight`: a part of the storage does not open now, and may hold something.
 * - `left`: the phone did not erase all of it.
 *
 * Of what may be left nothing is read any more, and each start of the app erases on.
 */
export type Forgotten = 'gone' | 'out-of-sight' | 'left'

const WRITING_MAX_MS = 1_000
const AGAIN_MS = 300
/** A storage that hangs is not waited for twice. */
const QUICK_MS = 1_500
const CLEAR_UP_MS = 30_000

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const placesOf = async (): Promise<Places> => ({
  storage: await phone(),
  copies: await copies(),
  files: typeof caches === 'undefined' ? null : caches,
})

/** Records are kept twice only where there is an IndexedDB: one that was there, and is not now. */
const isPartHidden = async ({ storage, copies: second }: Places): Promise<boolean> => {
  if (!(await isComplete())) return true
  if (second !== null) return false
  const found = await Promise.all(['press', 'owner', FORGET_KEY].map((key) => storage.get(copyOf(key))))
  return found.some((value) => value !== undefined)
}

const forgetSteps = (): void => {
  try {
    globalThis.localStorage.removeItem(STEPS_HERE)
  } catch {
    // A browser that keeps nothing there.
  }
}

const attempt = async (keepsWaiting: boolean): Promise<Forgotten> => {
  const places = await placesOf()
  const isHidden = await isPartHidden(places)
  forgetSteps()
  await stopPushes()
  if (!(await sweep(places, keepsWaiting))) return 'left'
  if (isHidden) return 'out-of-sight'
  await endMark(places)
  return 'gone'
}

/** The first step, from which on all of it counts as gone. May be done twice. */
const beginForgetting = async (): Promise<void> => {
  noteForgetting()
  const places = await placesOf()
  await markForgetting(places, await isPartHidden(places))
}

/**
 * Empties this phone of everything that the owner's app keeps on it. What cannot be erased now is erased at the next start, before anything
 * is shown.
 * @param flush where a press that waits is to go out all the same: what sends it. Who takes the phone away meanwhile has one that is empty at
 * the next start.
 */
export const forgetAll = async (flush: (() => Promise<void>) | null = null): Promise<Forgotten> => {
  await beginForgetting()
  await flush?.().catch(() => undefined)
  // Whoever writes in this moment is let finish; whoever waits for an answer writes nothing any more.
  await Promise.race([exclusively('vault', async () => undefined), later(WRITING_MAX_MS)])
  const tryOnce = (): Promise<Forgotten> => attempt(flush !== null).catch((): Forgotten => 'left')
  const startedAt = performance.now()
  let done = await tryOnce()
  if (done === 'left' && performance.now() - startedAt < QUICK_MS) {
    await later(AGAIN_MS)
    done = await tryOnce()
  }
  dropDeviceKey()
  moveKey.drop()
  unlocked.value = null
  pinSet.value = false
  checked.value = null
  press.value = null
  return done
}

/** At a start that finds it unfinished. */
export const goOnForgetting = async (): Promise<Forgotten> => {
  if (!(await isEmptying())) return 'gone'
  return attempt(true)
}

/**
 * Whether something new can be kept here.
 * @throws Error where what was to be forgotten can still be read: it would come back
 */
export const checkRoom = async (): Promise<void> => {
  if ((await goOnForgetting()) === 'left') throw new Error('what was to be erased is still there')
}

/**
 * In the moment in which something new is kept here: it stands over what may still be out of sight.
 * @throws Error as `checkRoom` does
 */
export const makeRoom = async (): Promise<void> => {
  await checkRoom()
  await endMark(await placesOf())
}

/** For as long as nothing is set up here: erases on, and lets a press go once it is out. */
export const clearUp = async (): Promise<void> => {
  while (press.value === null) {
    const isGone = (await goOnForgetting().catch(() => 'left')) === 'gone'
    const waits = await dropSettled(await phone()).catch(() => true)
    if (isGone && !waits) return
    await later(CLEAR_UP_MS)
  }
}
