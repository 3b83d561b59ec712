import { isWaiting, type QueuedPress } from '../../queue/press-queue.ts'

/** What the screen says of a press. Each is true of what is known, never of what is hoped. */
export type Phase =
  | 'stored'
  | 'memory'
  | 'counting'
  | 'open'
  | 'cleared'
  | 'expired'
  | 'cancelling'
  | 'cancelled'
  | 'dead'
  | 'unfit'

/** @param isKept whether this phone has stored it. Pure. */
export const phaseOf = (press: QueuedPress, isKept: boolean): Phase => {
  if (press.state === 'dead') return 'dead'
  if (press.state === 'unfit' && !press.cancelled) return 'unfit'
  if (isWaiting(press)) return press.cancelled ? 'cancelling' : isKept ? 'stored' : 'memory'
  return press.answer?.state ?? 'stored'
}
