import { effect } from '@preact/signals'
import { isWaiting, type QueuedPress, queuedPresses } from '../../queue/press-queue.ts'
import { readEmptying } from '../device/emptying.ts'
import { forgetAll } from '../device/forget.ts'
import { phone } from '../device/phone.ts'
import { startAnew } from '../ui/start-anew.ts'
import { shown } from './presses.ts'

/**
 * After an alert, where the owner has asked for it: once every message has been handed over, this phone forgets all that it keeps. A
 * press or a message that still waits keeps the phone as it is: what is left of the alert comes before what is left on the phone.
 */
export const isHandedOver = ({ practice, state, answer }: QueuedPress): boolean => {
  if (practice || state !== 'received' || answer === null) return false
  const { waiting, sent, delivered } = answer.counts
  return answer.state !== 'counting' && answer.state !== 'cancelled' && waiting === 0 && sent + delivered > 0
}

const emptyIfAsked = async (): Promise<void> => {
  if (!(await readEmptying())) return
  if ((await queuedPresses(await phone())).some(isWaiting)) return
  const showLeftOver = await import('../safety/left-over.tsx')
    .then(({ loadLeftOver }) => loadLeftOver())
    .catch(() => null)
  const done = await forgetAll()
  // A fresh page: nothing of the old one stays in memory. The rights card needs nothing that was kept.
  if (done === 'gone' || showLeftOver === null) startAnew('/#/rights')
  else showLeftOver(done, false)
}

/** Runs for the life of the page. */
export const watchForEmptying = (): void => {
  effect(() => {
    const press = shown.value
    if (press !== null && isHandedOver(press)) void emptyIfAsked().catch(() => undefined)
  })
}
