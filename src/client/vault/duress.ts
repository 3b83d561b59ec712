import { flushOnce } from '../../queue/press-queue.ts'
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

/** Not for longer than a moment. */
const flushFirst = async (): Promise<void> => {
  await Promise.race([flushOnce(await phone(), Date.now).catch(() => 0), later(FLUSH_MAX_MS)])
}

/** @param cleared an alert whose all-clear was asked for: it is shown as taken, and is never sent */
export const forgetUnderDuress = async (cleared: string | null = null): Promise<void> => {
  // What cannot be erased yet is not said, and not shown: the next start goes on, and so does every other.
  await forgetAll(flushFirst)
  vault.value = null
  heard.value = null
  running.value = null
  const press = shown.value
  shown.value =
    press !== null && press.alert === cleared && press.answer !== null
      ? { ...press, answer: { ...press.answer, state: 'cleared' } }
      : null
}
