import { backoffMs } from './backoff.ts'
import { type Batch, change, endOf, giveUp, isEnough, requeue, type State } from './state.ts'

/** What ends without an answer of the provider: what is too old, stopped, or of an object that is no more. Pure: no I/O, no clock. */
/** Attempts cut short by the end of the object that are repeated at once; then it may be their fault. */
const REVIVED_AT_ONCE = 3

/**
 * Gives up what has waited for two days, or a code's life, and takes batches apart whose time is over; never in the middle of an
 * attempt. What is too young to be given up is queued again.
 */
export const expire = (before: State, now: number): State => {
  const over = before.batches.filter(
    ({ endsAt, trying, nextAt }) => endsAt <= now && (!trying || nextAt <= now),
  )
  const state = over.reduce(
    (next, batch) =>
      batch.priority === 'drill' && batch.unsure > 0 ? giveUp(next, batch) : requeue(next, batch, {}),
    before,
  )
  const gone = state.messages.filter((message) => message.state === 'queued' && now >= endOf(message))
  return gone.length === 0
    ? state
    : change(
        state,
        gone.map(({ delivery }) => delivery),
        { state: 'refused', reason: 'expired' },
      )
}

/**
 * No attempt of an object that has ended is under way any more: the same bytes go out again under the same key, without waiting for
 * the lease. Without a key they would be another message: see `isEnough`.
 */
export const revive = (before: State, now: number, keyed = true): State => {
  const state = keyed
    ? before
    : before.batches.filter((batch) => batch.trying && isEnough(batch)).reduce(giveUp, before)
  return { ...state, batches: state.batches.map((batch) => revived(batch, now)) }
}

const revived = (batch: Batch, now: number): Batch => {
  if (!batch.trying) return batch
  const often = batch.attempts - REVIVED_AT_ONCE
  return { ...batch, trying: false, nextAt: often <= 0 ? now : now + backoffMs(often, null, 0) }
}

/**
 * Refuses messages that are not to go out any more: queued ones, and fixed ones of which no attempt is under way or may have
 * arrived.
 */
export const refuseWaiting = (
  before: State,
  deliveries: readonly string[],
  reason: 'stopped' | 'cap' | 'expired' | 'not-accepted',
): State => {
  const named = new Set(deliveries)
  const thawed = before.batches.filter(
    ({ unsure, members }) => unsure === 0 && members.some((member) => named.has(member)),
  )
  const state = thawed.reduce((next, batch) => requeue(next, batch, {}), before)
  const ids = state.messages
    .filter((one) => one.state === 'queued' && named.has(one.delivery))
    .map(({ delivery }) => delivery)
  return ids.length === 0 ? state : change(state, ids, { state: 'refused', reason })
}
