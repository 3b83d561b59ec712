import { effect } from '@preact/signals'

/**
 * Looks now, again by the clock, and whenever the line or the page comes back, for the life of the page; never two looks at once. A page that
 * nobody sees looks only while something waits to go out.
 * @param pauseOf ms until the next look; what it reads of signals sets the clock anew, so that a press that comes up is looked after at once
 */
export const lookAgain = (
  look: () => Promise<void>,
  pauseOf: () => number,
  isUrgent: () => boolean,
): void => {
  let isLooking = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const plan = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void go(), pauseOf())
  }
  const go = async (): Promise<void> => {
    if (!isLooking && (globalThis.document.visibilityState === 'visible' || isUrgent())) {
      isLooking = true
      await look().catch(() => {
        // The phone's storage failed this time; the next look comes by itself.
      })
      isLooking = false
    }
    plan()
  }
  void go()
  effect(plan)
  globalThis.addEventListener('online', () => void go())
  globalThis.document.addEventListener('visibilitychange', () => void go())
}
