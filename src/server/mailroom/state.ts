import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import type { DeliveryReason } from '../../protocol/vault.ts'

/** What the rules of the queue decide on, and the few steps that they are made of. Pure. */
/** Resend keeps keys for 24 h; an hour less, for clocks and attempts under way. */
export const KEY_LIFE_MS = 23 * 3_600_000
export const MESSAGE_LIFE_MS = 48 * 3_600_000
/** Where the provider has no keys, each attempt of unknown outcome may be a message: a real alert may come this often. */
export const UNKEYED_MAX = 4

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

export const change = (state: State, deliveries: readonly string[], patch: Partial<Message>): State => {
  const named = new Set(deliveries)
  return {
    ...state,
    messages: state.messages.map((message) =>
      named.has(message.delivery) ? { ...message, ...patch } : message,
    ),
  }
}

export const without = (state: State, key: string): State => ({
  ...state,
  batches: state.batches.filter((batch) => batch.key !== key),
})

/** Alerts and all-clears have the whole quota, codes and drills a part of it. */
export const isRest = (priority: Priority): boolean => priority === 'code' || priority === 'drill'

/** A code that is no longer taken is of no use to anybody. */
export const lifeMs = (priority: Priority): number => (priority === 'code' ? CODE_LIFE_MS : MESSAGE_LIFE_MS)

export const endOf = ({ priority, enqueuedAt }: Message): number => enqueuedAt + lifeMs(priority)

export const requeue = (state: State, batch: Batch, patch: Partial<Message>): State =>
  change(without(state, batch.key), batch.members, { state: 'queued', batch: null, ...patch })

/** Without keys, a real alert is rather repeated than lost, up to a bound, and anything else rather lost than repeated. */
export const isEnough = ({ priority, unsure }: Batch): boolean =>
  unsure >= (isRest(priority) ? 1 : UNKEYED_MAX)

export const giveUp = (state: State, batch: Batch): State =>
  change(without(state, batch.key), batch.members, { state: 'refused', reason: 'expired' })
