import { dropPress, flushOnce, isWaiting, queuedPresses } from '../../queue/press-queue.ts'
import { forgetAll } from '../device/forget.ts'
import { phone } from '../device/phone.ts'
import { running, shown } from '../press/presses.ts'
import { heard, vault } from './session.ts'

/**
 * What a duress PIN does: this phone becomes one on which nothing was ever set up. It forgets, and tells nobody: what runs goes on, and what
 * waits still goes out, unseen.
 */
const FLUSH_MAX_MS = 2_000

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** @returns whether a press still waits */
const keepWaiting = async (): Promise<boolean> => {
  const storage = await phone()
  await Promise.race([flushOnce(storage, Date.now).catch(() => 0), later(FLUSH_MAX_MS)])
  const presses = await queuedPresses(storage)
  for (const press of presses) if (!isWaiting(press)) await dropPress(storage, press.alert)
  return presses.some(isWaiting)
}

/** @param cleared an alert whose all-clear was asked for: it is shown as taken, and is never sent */
export const forgetUnderDuress = async (cleared: string | null = null): Promise<void> => {
  const waits = await keepWaiting().catch(() => true)
  await forgetAll(waits ? ['presses'] : [])
  vault.value = null
  heard.value = null
  running.value = null
  const press = shown.value
  shown.value =
    press !== null && press.alert === cleared && press.answer !== null
      ? { ...press, answer: { ...press.answer, state: 'cleared' } }
      : null
}
