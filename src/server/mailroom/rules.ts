import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import type { DeliveryReason } from '../../protocol/vault.ts'
import type { Outcome } from '../channels/channel.ts'
import { backoffMs } from './backoff.ts'

/**
 * The rules of the queue. Pure: no I/O, no clock; random numbers and keys are arguments.
 *
 * A batch's membership and body are fixed before it is sent, and exactly that is sent again until the provider has
 * answered: under one key it is accepted once. A key lives for a day; past that a message is rather repeated than lost.
 */
export const BATCH_MAX = 100
/** An attempt that has not ended by then has died with its object. */
export const LEASE_MS = 60_000
/** Resend keeps keys for 24 h; an hour less, for clocks and attempts under way. */
export const KEY_LIFE_MS = 23 * 3_600_000
export const MESSAGE_LIFE_MS = 48 * 3_600_000
/** A provider that never likes a key must not be asked in a circle. */
const REKEY_PAUSE_MS = 5_000
/** How often a host's settings are looked at while there is nothing to send with. */
export const UNCONFIGURED_MS = 300_000

export type Priority = 'alert' | 'clear' | 'code' | 'drill'

export type Message = {
  delivery: string
  /** Messages of one group may share a batch. */
  group: string
  priority: Priority
  enqueuedAt: number
  /** `accepted` and `refused` are final. */
  state: 'queued' | 'frozen' | 'accepted' | 'refused'
  reason: DeliveryReason | null
  batch: string | null
  /** The provider refused a batch with it in it: it goes alone. */
  solo: boolean
}

export type Batch = {
  /** The idempotency key. */
  key: string
  members: readonly string[]
  frozenAt: number
  attempts: number
  nextAt: number
  /** Attempts of which it is not known whether they were accepted. */
  unsure: number
}

export type State = { messages: readonly Message[]; batches: readonly Batch[]; pausedUntil: number }

const change = (state: State, deliveries: readonly string[], patch: Partial<Message>): State => ({
  ...state,
  messages: state.messages.map((message) =>
    deliveries.includes(message.delivery) ? { ...message, ...patch } : message,
  ),
})

const without = (state: State, key: string): State => ({
  ...state,
  batches: state.batches.filter((batch) => batch.key !== key),
})

const RANK: Record<Priority, number> = { alert: 0, clear: 1, code: 2, drill: 3 }

const rank = ({ priority, enqueuedAt }: Message): number => RANK[priority] * 1e15 + enqueuedAt

/** A code that is no longer taken is of no use to anybody. */
const endOf = ({ priority, enqueuedAt }: Message): number =>
  enqueuedAt + (priority === 'code' ? CODE_LIFE_MS : MESSAGE_LIFE_MS)

/**
 * An all-clear waits until every message of its alert has its outcome: who is told that it is over before being told that it began
 * would take the alert for the newer one.
 */
const isHeldBack = (state: State, { priority, group }: Message): boolean =>
  priority === 'clear' &&
  state.messages.some(
    (other) => other.priority === 'alert' && !isDone(other) && alertOf(other.group) === alertOf(group),
  )

const isDone = ({ state }: Message): boolean => state === 'accepted' || state === 'refused'

/** A group is `[vault.]alert.kind.wave`: what stands before the last two is one alert. */
const alertOf = (group: string): string => group.split('.').slice(0, -2).join('.')

/** Fixes the next batch: alerts before all-clears before codes, the oldest first, one group, at most 100. Null: nothing to send. */
export const freeze = (state: State, key: string, now: number): { state: State; batch: Batch } | null => {
  if (now < state.pausedUntil) return null
  const queued = state.messages
    .filter((message) => message.state === 'queued' && !isHeldBack(state, message))
    .sort((a, b) => rank(a) - rank(b))
  const [first] = queued
  if (first === undefined) return null
  const members = first.solo
    ? [first]
    : queued.filter(({ group, solo }) => group === first.group && !solo).slice(0, BATCH_MAX)
  const deliveries = members.map(({ delivery }) => delivery)
  const batch: Batch = { key, members: deliveries, frozenAt: now, attempts: 0, nextAt: now, unsure: 0 }
  const next = change(state, deliveries, { state: 'frozen', batch: key })
  return { state: { ...next, batches: [...next.batches, batch] }, batch }
}

/** The batch that is due, alerts before all-clears before codes, as a workshop asks for many; else the one fixed first. */
const mostUrgent = (state: State, now: number): Batch | undefined => {
  const ranks = new Map(state.messages.map(({ delivery, priority }) => [delivery, RANK[priority]]))
  const rankOf = ({ members: [first = ''] }: Batch): number => ranks.get(first) ?? 0
  return state.batches
    .filter(({ nextAt }) => nextAt <= now)
    .sort((a, b) => rankOf(a) - rankOf(b))
    .at(0)
}

/**
 * Takes a batch that is due, before it is sent: if the object dies, the lease brings it back. A batch whose key has run
 * out goes on under `newKey`, with the same members.
 */
export const claim = (state: State, newKey: string, now: number): { state: State; batch: Batch } | null => {
  if (now < state.pausedUntil) return null
  const due = mostUrgent(state, now)
  if (due === undefined) return null
  const fresh = now >= due.frozenAt + KEY_LIFE_MS ? { ...due, key: newKey, frozenAt: now, unsure: 0 } : due
  const batch = { ...fresh, attempts: fresh.attempts + 1, unsure: fresh.unsure + 1, nextAt: now + LEASE_MS }
  const next = change(state, due.members, { batch: batch.key })
  return { state: { ...next, batches: next.batches.map((one) => (one === due ? batch : one)) }, batch }
}

const requeue = (state: State, batch: Batch, patch: Partial<Message>): State =>
  change(without(state, batch.key), batch.members, { state: 'queued', batch: null, ...patch })

type Retry = Extract<Outcome, { kind: 'retry' }>

const putOff = (state: State, batch: Batch, outcome: Retry, now: number, random: number): State => {
  const nextAt = now + backoffMs(batch.attempts, outcome.afterMs, random)
  // The others wait as long as the provider says, and not as long as this batch has come to wait by itself.
  const pauseMs = outcome.afterMs ?? backoffMs(1, null, random)
  const paused = outcome.pause ? { ...state, pausedUntil: Math.max(state.pausedUntil, now + pauseMs) } : state
  const unsure = outcome.unsure ? batch.unsure : batch.unsure - 1
  // Surely not accepted, and only other settings will help: it is written anew with those.
  if (unsure === 0 && outcome.reason === 'not-configured')
    return requeue(paused, batch, { reason: outcome.reason })
  const next = change(paused, batch.members, { reason: outcome.reason })
  return {
    ...next,
    batches: next.batches.map((one) => (one.key === batch.key ? { ...batch, nextAt, unsure } : one)),
  }
}

/**
 * Takes in what the channel said of the batch `key`, one outcome a member. Of a batch that is gone meanwhile (deleted
 * with its vault), nothing.
 */
export const settle = (
  state: State,
  key: string,
  outcomes: readonly Outcome[],
  now: number,
  random: number,
): State => {
  const batch = state.batches.find((one) => one.key === key)
  if (batch === undefined) return state
  const retry = outcomes.find((outcome) => outcome.kind === 'retry')
  if (retry !== undefined || outcomes.length !== batch.members.length) {
    const unread: Retry = { kind: 'retry', afterMs: null, unsure: true, reason: null, pause: false }
    return putOff(state, batch, retry ?? unread, now, random)
  }
  if (outcomes.some(({ kind }) => kind === 'rekey')) {
    return { ...requeue(state, batch, {}), pausedUntil: Math.max(state.pausedUntil, now + REKEY_PAUSE_MS) }
  }
  // One bad message must not take the others with it.
  if (batch.members.length > 1 && outcomes.every((one) => one.kind === 'refused' && one.whole)) {
    return requeue(state, batch, { solo: true })
  }
  return batch.members.reduce(
    (next, delivery, index) => {
      const outcome = outcomes[index]
      if (outcome?.kind === 'accepted') return change(next, [delivery], { state: 'accepted', reason: null })
      const reason = outcome?.kind === 'refused' ? outcome.reason : 'provider'
      return change(next, [delivery], { state: 'refused', reason })
    },
    without(state, key),
  )
}

/** Gives up what has waited for two days, or a code's life; never in the middle of an attempt. */
export const expire = (state: State, now: number): State => {
  const old = (message: Message): boolean => now >= endOf(message)
  const idle = (batch: Batch): boolean => batch.nextAt <= now || batch.attempts === 0
  const gone = new Set<string>()
  for (const message of state.messages) {
    if (message.state === 'queued' && old(message)) gone.add(message.delivery)
  }
  const over = state.batches.filter(
    (batch) => idle(batch) && state.messages.some((one) => one.batch === batch.key && old(one)),
  )
  for (const { members } of over) for (const member of members) gone.add(member)
  const left = over.reduce((next, { key }) => without(next, key), state)
  return gone.size === 0
    ? left
    : change(left, [...gone], { state: 'refused', reason: 'expired', batch: null })
}

/** When there is something to do next, or null. `configured`: there is something to send with. */
export const wakeAt = (state: State, configured: boolean, now: number): number | null => {
  const times = state.messages.filter((message) => message.state === 'queued').map(endOf)
  const ready = [
    ...state.batches.map(({ nextAt }) => nextAt),
    ...(state.messages.some((message) => message.state === 'queued' && !isHeldBack(state, message))
      ? [now]
      : []),
  ]
  const earliest = configured ? state.pausedUntil : now + UNCONFIGURED_MS
  times.push(...ready.map((at) => Math.max(at, earliest)))
  return times.length === 0 ? null : Math.min(...times)
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
  const thawed = before.batches.filter(
    (batch) => batch.unsure === 0 && batch.members.some((member) => deliveries.includes(member)),
  )
  const state = thawed.reduce((next, batch) => requeue(next, batch, {}), before)
  const queued = state.messages.filter((one) => one.state === 'queued' && deliveries.includes(one.delivery))
  const ids = queued.map(({ delivery }) => delivery)
  return ids.length === 0 ? state : change(state, ids, { state: 'refused', reason })
}

/** There is nothing to send with: everything waits, and says why. */
export const unconfigured = (state: State): State => {
  const waiting = state.messages
    .filter((one) => one.reason !== 'not-configured')
    .map(({ delivery }) => delivery)
  return waiting.length === 0 ? state : change(state, waiting, { reason: 'not-configured' })
}
