import type { DeliveryReason } from '../../protocol/vault.ts'
import type { Outcome } from '../channels/channel.ts'
import { backoffMs } from './backoff.ts'
import {
  type Batch,
  type Circuit,
  change,
  endOf,
  giveUp,
  isEnough,
  isRest,
  KEY_LIFE_MS,
  type Message,
  RANK,
  requeue,
  type State,
  without,
} from './state.ts'

/**
 * The rules of the queue, over a window of it that the store picks (`store.ts`): what is to go next, and the batches that are due. Pure: no
 * I/O, no clock; random numbers and keys are arguments.
 *
 * A batch's membership and body are fixed before it is sent, and exactly that is sent again until the provider has
 * answered: under one key it is accepted once. A key lives for a day; past that a real alert is rather repeated than lost,
 * a drill rather lost than repeated.
 */
/** Of a stored body: an object's storage takes two million bytes in one place. */
export const BODY_MAX_BYTES = 1_000_000
/** An attempt that has not ended by then is over, whatever became of it. */
export const LEASE_MS = 60_000
/** A provider that never likes a key must not be asked in a circle. */
const REKEY_PAUSE_MS = 5_000
/** While the circuit is open, one request of a few messages looks whether it still has to be. */
export const PROBE_MAX = 10
/** What a request may hold. `rest`: how many messages that are no alerts may still go (`quota.ts`). */
export type Room = { batchMax: number; rest: number; underWay: boolean }

/**
 * Messages of one company may share a request, whatever vault they come from. What is too old for the life of a key goes apart, so
 * that the end of one message ends no younger one's batch.
 */
const companyOf = (message: Message, now: number): string => {
  const { half, priority } = message
  if (half !== null) return half
  return `${isRest(priority) ? priority : 'urgent'} ${now > endOf(message) - KEY_LIFE_MS}`
}

const byUrgency = (a: Message, b: Message): number =>
  RANK[a.priority] - RANK[b.priority] || a.enqueuedAt - b.enqueuedAt

const waiting = (state: State, { rest }: Room): Message[] =>
  state.messages
    .filter((message) => message.state === 'queued' && (rest > 0 || !isRest(message.priority)))
    .sort(byUrgency)

/** Fixes a batch: the most urgent message, and as many others as fit with it. */
const freeze = (
  state: State,
  key: string,
  now: number,
  room: Room,
): { state: State; batch: Batch } | null => {
  const queued = waiting(state, room)
  const [first] = queued
  if (first === undefined) return null
  const most = Math.min(
    room.batchMax,
    state.circuit === null ? room.batchMax : PROBE_MAX,
    isRest(first.priority) ? room.rest : room.batchMax,
  )
  const company = companyOf(first, now)
  const members: Message[] = []
  let bytes = 0
  for (const message of queued) {
    if (companyOf(message, now) !== company) continue
    if (members.length === most || (members.length > 0 && bytes + message.bytes > BODY_MAX_BYTES)) break
    members.push(message)
    bytes += message.bytes
  }
  const batch: Batch = {
    key,
    members: members.map(({ delivery }) => delivery),
    priority: first.priority,
    endsAt: Math.min(now + KEY_LIFE_MS, ...members.map(endOf)),
    ...{ attempts: 0, nextAt: now, unsure: 0, trying: false },
  }
  const next = change(state, batch.members, { state: 'frozen', batch: key })
  return { state: { ...next, batches: [...next.batches, batch] }, batch }
}

const claim = (state: State, due: Batch, now: number): { state: State; batch: Batch } => {
  const batch: Batch = {
    ...due,
    ...{ attempts: due.attempts + 1, unsure: due.unsure + 1, nextAt: now + LEASE_MS, trying: true },
  }
  return { state: { ...state, batches: state.batches.map((one) => (one === due ? batch : one)) }, batch }
}

/**
 * What is to be sent now, under a lease: a batch that is due, or a new one if that is more urgent. Null: nothing.
 * @param key of a new batch
 */
export const take = (
  state: State,
  key: string,
  now: number,
  room: Room,
): { state: State; batch: Batch } | null => {
  if (now < state.pausedUntil) return null
  // One request looks whether the provider takes messages again, and is waited for.
  if (state.circuit !== null && room.underWay) return null
  const [due] = state.batches
    .filter(({ nextAt, endsAt }) => nextAt <= now && now < endsAt)
    .sort((a, b) => RANK[a.priority] - RANK[b.priority] || a.nextAt - b.nextAt)
  const [first] = waiting(state, room)
  if (due !== undefined && (first === undefined || RANK[due.priority] <= RANK[first.priority]))
    return claim(state, due, now)
  const frozen = freeze(state, key, now, room)
  return frozen === null ? null : claim(frozen.state, frozen.batch, now)
}

type Retry = Extract<Outcome, { kind: 'retry' }>

const isCircuit = (reason: DeliveryReason | null): reason is Circuit =>
  reason === 'quota' || reason === 'not-configured'

const putOff = (
  state: State,
  before: Batch,
  outcome: Retry,
  now: number,
  random: number,
  keyed: boolean,
): State => {
  const batch = { ...before, trying: false, unsure: outcome.unsure ? before.unsure : before.unsure - 1 }
  // The others wait as long as the provider says, and not as long as this batch has come to wait by itself.
  const pauseMs = outcome.afterMs ?? backoffMs(1, null, random)
  const paused = outcome.pause
    ? {
        ...state,
        pausedUntil: Math.max(state.pausedUntil, now + pauseMs),
        circuit: isCircuit(outcome.reason) ? outcome.reason : state.circuit,
      }
    : state
  if (!keyed && isEnough(batch)) return giveUp(paused, batch)
  // Surely not accepted: when it is tried again, with other settings or what is left of a quota, what is most urgent then goes first.
  if (batch.unsure === 0 && isCircuit(outcome.reason))
    return requeue(paused, batch, { reason: outcome.reason })
  const nextAt = now + backoffMs(batch.attempts, outcome.afterMs, random)
  const next = change(paused, batch.members, { reason: outcome.reason })
  return {
    ...next,
    batches: next.batches.map((one) => (one.key === batch.key ? { ...batch, nextAt } : one)),
  }
}

/** One bad message must not take the others with it: a refused batch is halved until the bad one is alone. */
const halve = (state: State, batch: Batch): State => {
  const half = Math.ceil(batch.members.length / 2)
  const first = change(state, batch.members.slice(0, half), { half: `${batch.key}/1` })
  return requeue(change(first, batch.members.slice(half), { half: `${batch.key}/2` }), batch, {})
}

/**
 * Takes in what the channel said of the batch `key`, one outcome a member. Of a batch that is gone meanwhile, nothing; of members
 * that are gone, deleted with their vault, nothing either.
 * @param keyed the provider knows a repeated request by its key
 */
export const settle = (
  state: State,
  key: string,
  outcomes: readonly Outcome[],
  now: number,
  random: number,
  keyed = true,
): State => {
  const batch = state.batches.find((one) => one.key === key)
  if (batch === undefined) return state
  const retry = outcomes.find((outcome) => outcome.kind === 'retry')
  if (retry !== undefined || outcomes.length !== batch.members.length) {
    const unread: Retry = { kind: 'retry', afterMs: null, unsure: true, reason: null, pause: false }
    return putOff(state, batch, retry ?? unread, now, random, keyed)
  }
  const closed: State = { ...state, circuit: null }
  if (outcomes.some(({ kind }) => kind === 'rekey')) {
    return { ...requeue(closed, batch, {}), pausedUntil: Math.max(state.pausedUntil, now + REKEY_PAUSE_MS) }
  }
  if (batch.members.length > 1 && outcomes.every((one) => one.kind === 'refused' && one.whole))
    return halve(closed, batch)
  return batch.members.reduce(
    (next, delivery, index) => {
      const outcome = outcomes[index]
      if (outcome?.kind === 'accepted') return change(next, [delivery], { state: 'accepted', reason: null })
      const reason = outcome?.kind === 'refused' ? outcome.reason : 'provider'
      return change(next, [delivery], { state: 'refused', reason })
    },
    without(closed, key),
  )
}
