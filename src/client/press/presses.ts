import { computed, signal } from '@preact/signals'
import {
  askStatus,
  changePress,
  dropPress,
  flushOnce,
  isWaiting,
  merge,
  type QueuedPress,
  queuedPresses,
  renewed,
  STORAGE_KEY,
  sendPress,
} from '../../queue/press-queue.ts'
import { phone } from '../device/phone.ts'
import { press as record } from '../device/records.ts'
import { later, newPress, storeInTime, wakeServiceWorker } from './hold.ts'
import { lookAgain } from './looking.ts'

/** The press on the screen, and what this page does about it. What is true of it is in the queue; this is its picture. */
export const shown = signal<QueuedPress | null>(null)
/** When the last answer came, by this phone's clock: the countdown runs from there. */
export const answeredAt = signal(0)
/** False: this phone could not store the press, so the page must stay open until it is received. */
export const kept = signal(true)

/** The share and the call matter most in the first hours; after a day the alert has closed anyway. */
const SHOW_FOR_MS = 86_400_000

const show = (press: QueuedPress): void => {
  const before = shown.value
  if (before !== null && before.alert === press.alert && press.answer !== before.answer)
    answeredAt.value = Date.now()
  if (before === null || before.alert !== press.alert) answeredAt.value = Date.now()
  shown.value = press
}

/**
 * Takes in what is known after a try, on the screen at once and on the phone behind it. A try that brought no answer changes
 * nothing.
 */
const take = (sent: QueuedPress): void => {
  if (sent.state === 'waiting') return
  const now = shown.value
  if (now !== null && now.alert === sent.alert) show(merge(now, sent))
  void phone()
    .then((storage) => changePress(storage, sent.alert, (stored) => merge(stored, sent)))
    .catch(() => {
      // The screen has it; the stored press stays as it was and is only sent again, which does no harm.
    })
}

/** Never waits for the phone's storage before the first try. */
const send = async (press: QueuedPress): Promise<void> => {
  const sent = await sendPress(press, Date.now())
  if (sent.state !== 'dead') return take(sent)
  const again = await renewed(await phone(), press).catch(() => null)
  take(again === null ? sent : await sendPress(again, Date.now()))
}

const wake = (): Promise<void> => wakeServiceWorker((container) => container.ready)

/**
 * The end of a hold: the press is stored, then the screen changes, then it is sent, at once.
 * @returns false if nothing is set up on this phone
 */
export const startPress = async (practice: boolean): Promise<boolean> => {
  const mine = record.value
  if (mine === null) return false
  const press = newPress({ ...mine, practice })
  // Until the store has said so, nothing is kept: one that hangs must not be taken for one that worked.
  kept.value = false
  await storeInTime(phone(), press, (done) => {
    kept.value = done
  })
  show(press)
  void wake()
  void send(press)
  return true
}

/** Takes the press back: on this phone at once, on the server as soon as it hears of it. */
export const cancelPress = async (): Promise<void> => {
  const press = shown.value
  if (press === null) return
  const cancelled: QueuedPress = { ...press, cancelled: true, state: 'waiting' }
  show(cancelled)
  await storeInTime(phone(), cancelled, () => undefined)
  void wake()
  await send(cancelled)
}

const isLive = (press: QueuedPress): boolean =>
  isWaiting(press) || press.answer?.state === 'counting' || press.answer?.state === 'open'

/** A press that still runs while the screen shows the button again. */
export const running = signal<QueuedPress | null>(null)

/** Back to the button. What still runs can be looked at from there, and does not hold up another press. */
export const leavePress = async (): Promise<void> => {
  const press = shown.value
  if (press === null) return
  if (!press.practice && isLive(press)) running.value = press
  else if (running.value?.alert === press.alert) running.value = null
  shown.value = null
  if (isLive(press)) return
  const storage = await phone()
  try {
    await dropPress(storage, press.alert)
    // After a duress PIN not even an empty list is left.
    if (record.value === null && (await queuedPresses(storage)).length === 0)
      await storage.delete(STORAGE_KEY)
  } finally {
    // Nor anything of what was on this page in its memory.
    if (record.value === null) globalThis.location.replace('/')
  }
}

export const returnToPress = (): void => {
  if (running.value !== null) show(running.value)
}

/**
 * By a clock that was wrong at the hold, an alert that runs can look long over: the service knows. Only the newest is asked about.
 */
const findRunning = async (presses: readonly QueuedPress[]): Promise<void> => {
  const newest = presses.filter((press) => !press.practice && press.answer?.state === 'open').pop()
  if (newest === undefined) return
  const now = await askStatus(newest)
  if (now === newest) return
  await changePress(await phone(), now.alert, (stored) => merge(stored, now)).catch(() => undefined)
  if (now.answer?.state === 'open' && shown.value === null) running.value ??= now
}

/**
 * On load: a press that waits or runs is on the screen again, and one that did not go out, which may have been found out while no
 * page was open.
 */
export const resumePress = async (): Promise<void> => {
  const presses = await queuedPresses(await phone())
  const isRecent = (press: QueuedPress): boolean => Date.now() - press.heldAt < SHOW_FOR_MS
  const open = presses
    .filter((press) => !press.practice && press.answer?.state === 'open' && isRecent(press))
    .pop()
  running.value = open ?? null
  if (open === undefined) void findRunning(presses)
  const live = presses
    .filter((press) => press.state === 'dead' || isWaiting(press) || (isLive(press) && isRecent(press)))
    .pop()
  if (live !== undefined) show(live)
}

/** How the press on the screen stands now, also where nothing more was expected of it. */
export const askAgain = async (): Promise<void> => {
  if (shown.value?.state === 'received') take(await askStatus(shown.value))
}

/** The longest that a look waits for the other presses on the phone: the one on the screen comes first. */
const OTHERS_WAIT_MS = 35_000

const flushOthers = async (): Promise<void> => {
  const storage = await phone()
  if ((await queuedPresses(storage)).some(isWaiting)) await flushOnce(storage, Date.now)
}

/** What the service worker has done with the press on the screen while this page was not looking. */
const catchUp = async (alert: string): Promise<void> => {
  const stored = (await queuedPresses(await phone())).find((press) => press.alert === alert)
  const now = shown.value
  if (stored !== undefined && now?.alert === alert) show(merge(now, stored))
}

/** Sends what waits, and asks how the press on the screen stands. */
export const refresh = async (): Promise<void> => {
  const press = shown.value
  if (press !== null && isWaiting(press)) await send(press)
  else if (press?.state === 'received' && isLive(press)) take(await askStatus(press))
  await Promise.race([flushOthers(), later(OTHERS_WAIT_MS)])
  if (press !== null) await catchUp(press.alert)
}

/** How long until the next look, by what is on the screen. */
const pause = computed((): number => {
  const press = shown.value
  if (press === null) return 30_000
  if (isWaiting(press)) return 3_000
  if (press.answer?.state === 'counting') return 1_000
  if (press.answer?.state !== 'open') return 30_000
  const { counts } = press.answer
  return counts.waiting > 0 || Date.now() - answeredAt.value < 60_000 ? 2_000 : 10_000
})

/** Runs for the life of the page. */
export const watch = (): void =>
  lookAgain(
    refresh,
    () => pause.value,
    () => shown.value !== null && isWaiting(shown.value),
  )
