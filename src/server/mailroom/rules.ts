import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import type { DeliveryReason } from '../../protocol/vault.ts'
import type { Outcome } from '../channels/channel.ts'
import { backoffMs } from './backoff.ts'

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
/** Resend keeps keys for 24 h; an hour less, for clocks and attempts under way. */
export const KEY_LIFE_MS = 23 * 3_600_000
export const MESSAGE_LIFE_MS = 48 * 3_600_000
/** A provider that never likes a key must not be asked in a circle. */
const REKEY_PAUSE_MS = 5_000
/** While the circuit is open, one request of a few messages looks whether it still has to be. */
export const PROBE_MAX = 10
/** Where the provider has no keys, each attempt of unknown outcome may be a message: a real alert may come this often. */
export const UNKEYED_MAX = 4
/** Attempts cut short by the end of the object that are repeated at once; then it may be their fault. */
const REVIVED_AT_ONCE = 3

export type Priority = 'alert' | 'clear' | 'code' | 'drill'
export const RANK: Record<Priority, number> = { alert: 0, clear: 1, code: 2, drill: 3 }
export const PRIORITIES = ['alert', 'clear', 'code', 'drill'] as const satisfies Priority[]

export type Message = {
  delivery: string
  priority: Priority
  enqueuedAt: number
  /** What it adds to a body. */
  bytes: number
  /** `accepted` and `refused` are final. */
  state: 'queued' | 'frozen' | 'accepted' | 'refused'
  reason: DeliveryReason | null
  batch: string | null
  /** The provider refused a batch with it in it: it goes only with those of the same half. */
  half: string | null
}

export type Batch = {
  /** The idempotency key. */
  key: string
  members: readonly string[]
  /** Of its most urgent member. */
  priority: Priority
  /** Its key is over, or a member too old: it is taken apart. */
  endsAt: number
  attempts: number
  nextAt: number
  /** Attempts of which it is not known whether they were accepted, one under way among them. */
  unsure: number
  /** An attempt is under way. */
  trying: boolean
}

/** Why nothing gets through until somebody or time has mended it. */
export type Circuit = Extract<DeliveryReason, 'quota' | 'not-configured'>

export type State = {
  messages: readonly Message[]
  batches: readonly Batch[]
  pausedUntil: number
  circuit: Circuit | null
}

/** What a request may hold. `rest`: how many messages that are no alerts may still go (`quota.ts`). */
export type Room = { batchMax: number; rest: number; underWay: boolean }

const change = (state: State, deliveries: readonly string[], patch: Partial<Message>): State => {
  const named = new Set(deliveries)
  return {
    ...state,
    messages: state.messages.map((message) =>
      named.has(message.delivery) ? { ...message, ...patch } : message,
    ),
  }
}

const without = (state: State, key: string): State => ({
  ...state,
  batches: state.batches.filter((batch) => batch.key !== key),
})

/** Alerts and all-clears have the whole quota, codes and drills a part of it. */
export const isRest = (priority: Priority): boolean => priority === 'code' || priority === 'drill'

/** A code that is no longer taken is of no use to anybody. */
export const lifeMs = (priority: Priority): number => (priority === 'code' ? CODE_LIFE_MS : MESSAGE_LIFE_MS)

const endOf = ({ priority, enqueuedAt }: Message): number => enqueuedAt + lifeMs(priority)

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

const requeue = (state: State, batch: Batch, patch: Partial<Message>): State =>
  change(without(state, batch.key), batch.members, { state: 'queued', batch: null, ...patch })

/** Without keys, a real alert is rather repeated than lost, up to a bound, and anything else rather lost than repeated. */
const isEnough = ({ priority, unsure }: Batch): boolean => unsure >= (isRest(priority) ? 1 : UNKEYED_MAX)

const giveUp = (state: State, batch: Batch): State =>
  change(without(state, batch.key), batch.members, { state: 'refused', reason: 'expired' })

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
