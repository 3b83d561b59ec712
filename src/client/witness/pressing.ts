import { signal } from '@preact/signals'
import { PressAnswer } from '../../protocol/press.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { forOthers } from '../../queue/for-others.ts'
import {
  changePress,
  dropPress,
  isWaiting,
  merge,
  type QueuedPress,
  queuedPresses,
  sendPress,
} from '../../queue/press-queue.ts'
import type { Storage } from '../../queue/storage.ts'
import { phone } from '../device/phone.ts'
import { newPress, storeInTime, wakeServiceWorker } from '../press/hold.ts'
import { lookAgain } from '../press/looking.ts'
import type { Holder } from './holder.ts'

/** The press that is on the screen of who presses for another: stored first, then sent, and never called sent before the service says so. */
export const shown = signal<QueuedPress | null>(null)
/** False: this phone could not store it, so the page must stay open until it is received. */
export const kept = signal(true)
/** When the last answer came, by this phone's clock. */
export const answeredAt = signal(0)
/** The link was taken back after the press: how that stands cannot be asked any more. */
export const cutOff = signal(false)

const SHOW_FOR_MS = 86_400_000

const storage = async (): Promise<Storage> => forOthers(await phone())

const show = (press: QueuedPress): void => {
  if (press.answer !== shown.value?.answer || press.alert !== shown.value?.alert)
    answeredAt.value = Date.now()
  shown.value = press
}

const take = (sent: QueuedPress): void => {
  if (sent.state === 'waiting') return
  const now = shown.value
  if (now !== null && now.alert === sent.alert) show(merge(now, sent))
  void storage()
    .then((kept) => changePress(kept, sent.alert, (stored) => merge(stored, sent)))
    .catch(() => undefined)
}

const send = async (press: QueuedPress): Promise<void> => take(await sendPress(press, Date.now()))

/** Where this page is all that there is of Amparo there may be no service worker, and `ready` would never come. */
const wake = (): Promise<void> => wakeServiceWorker((container) => container.getRegistration('/'))

export const startPress = async ({ vault, key }: Holder): Promise<void> => {
  const press = newPress({ vault, key, practice: false })
  cutOff.value = false
  kept.value = false
  await storeInTime(storage(), press, (done) => {
    kept.value = done
  })
  show(press)
  void wake()
  void send(press)
}

export const cancelPress = async (): Promise<void> => {
  const press = shown.value
  if (press === null) return
  const cancelled: QueuedPress = { ...press, cancelled: true, state: 'waiting' }
  show(cancelled)
  await storeInTime(storage(), cancelled, () => undefined)
  void wake()
  await send(cancelled)
}

/** Back to the button. One that waits is sent all the same. */
export const leavePress = async (): Promise<void> => {
  const press = shown.value
  shown.value = null
  if (press !== null && !isWaiting(press))
    await dropPress(await storage(), press.alert).catch(() => undefined)
}

/** The press of this holder that is not over, or whose end was not seen yet. */
export const resumePress = async ({ vault, key }: Holder): Promise<void> => {
  const mine = (await queuedPresses(await storage()))
    .filter((press) => press.vault === vault && press.key === key && Date.now() - press.heldAt < SHOW_FOR_MS)
    .pop()
  if (mine !== undefined) show(mine)
}

const look = async (): Promise<void> => {
  const press = shown.value
  if (press === null) return
  if (isWaiting(press)) return send(press)
  const { vault, key, alert, answer } = press
  if (cutOff.value || (answer?.state !== 'counting' && answer?.state !== 'open')) return
  const reply = await ask(ROUTES.status, JSON.stringify({ vault, key, alert }), PressAnswer)
  if (reply.kind === 'answer') take({ ...press, answer: reply.answer })
  else if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') cutOff.value = true
}

const pauseOf = (press: QueuedPress | null): number => {
  if (press === null) return 30_000
  if (isWaiting(press)) return 3_000
  const counts = press.answer?.counts
  const isGoingOut = counts !== undefined && counts.waiting > 0 && counts.sent + counts.delivered === 0
  if (press.answer?.state === 'open' && isGoingOut) return 3_000
  return press.answer?.state === 'counting' ? 1_000 : 10_000
}

/** For the life of the page. */
export const watch = (): void =>
  lookAgain(
    look,
    () => pauseOf(shown.value),
    () => shown.value !== null && isWaiting(shown.value),
  )
