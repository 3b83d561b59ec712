import type { Batch as Body, Channel, Outcome, Signals } from '../channels/channel.ts'
import { expire, refuseWaiting, revive } from './ending.ts'
import { begin, hearRate, nextBeginAt, type Pace, paceOf } from './pace.ts'
import { nextDayAt, type Quota, restOf } from './quota.ts'
import { type Room, settle, take } from './rules.ts'
import type { Batch, Circuit, State } from './state.ts'
import type { MailroomStore } from './store.ts'
import type { Usage } from './usage.ts'

/** The queue at work: loads a window, lets a rule decide, stores, in one transaction. No network, no clock, no timers: `now` is an argument. */
const BATCH_MAX = 100
/** How often a host's settings are looked at while there is nothing to send with. */
const UNCONFIGURED_MS = 300_000

export type Options = {
  store: MailroomStore
  usage: Usage
  transaction: <T>(work: () => T) => T
  /** What the channel takes; null: there is nothing to send with. */
  channel: Pick<Channel, 'perSecond' | 'batchMax' | 'keyed'> | null
  from: string
  quota: Quota
  newKey: () => string
  /** 0 ≤ random < 1 */
  random: () => number
}

export class Queue {
  readonly #with: Options
  #pace: Pace

  constructor(options: Options) {
    this.#with = options
    this.#pace = paceOf(options.channel?.perSecond ?? null)
  }

  get #keyed(): boolean {
    return this.#with.channel?.keyed ?? true
  }

  #change(load: () => State, rule: (state: State) => State, now: number): State {
    const { store, transaction, from } = this.#with
    return transaction(() => {
      const before = load()
      const after = rule(before)
      store.save(before, after, from, now)
      return after
    })
  }

  /** To be called when the object begins: what an earlier one was about when it ended is done again. */
  revive(now: number): void {
    this.#change(
      () => this.#with.store.trying(),
      (state) => revive(state, now, this.#keyed),
      now,
    )
  }

  expire(now: number): void {
    this.#change(
      () => this.#with.store.old(now),
      (state) => expire(state, now),
      now,
    )
  }

  refuse(
    deliveries: readonly string[],
    reason: 'stopped' | 'cap' | 'expired' | 'not-accepted',
    now: number,
  ): State {
    return this.#change(
      () => this.#with.store.of(deliveries),
      (state) => refuseWaiting(state, deliveries, reason),
      now,
    )
  }

  /** How many codes and drills may still go. */
  restLeft(now: number): number {
    const { quota, usage, store } = this.#with
    const left = restOf(quota, usage.used(now))
    return left === Number.POSITIVE_INFINITY ? left : left - store.restUnderWay()
  }

  /** How many have gone out today in all, if that is more than the host has set; else 0. Alerts go on all the same. */
  aboveDay(now: number): number {
    const { quota, usage } = this.#with
    const { day } = usage.used(now)
    return quota.day !== null && day > quota.day ? day : 0
  }

  /** The next request, already claimed; null where there is none, or it is too soon for it. */
  take(now: number): { batch: Batch; body: Body } | null {
    const { store, channel, newKey, transaction, from } = this.#with
    if (channel === null || nextBeginAt(this.#pace, now) > now || store.pause().pausedUntil > now) return null
    this.expire(now)
    const taken = transaction(() => {
      const room: Room = {
        batchMax: channel.batchMax ?? BATCH_MAX,
        rest: this.restLeft(now),
        underWay: store.underWayUntil(now) !== null,
      }
      const before = store.toGo(now, room.rest > 0)
      const next = take(before, newKey(), now, room)
      if (next !== null) store.save(before, next.state, from, now)
      return next
    })
    if (taken === null) return null
    this.#pace = begin(this.#pace, now)
    return { batch: taken.batch, body: store.bodyOf(taken.batch.key) }
  }

  /** @param begunAt when the request was begun whose answer this is */
  hear({ rate, day, month }: Signals, begunAt: number, now: number): void {
    this.#pace = hearRate(this.#pace, rate, begunAt)
    this.#with.usage.hear({ day, month }, now)
  }

  settle({ key, members }: Batch, outcomes: readonly Outcome[], now: number): void {
    const { store, usage, transaction, random } = this.#with
    transaction(() => {
      const before = store.batch(key)
      const vaults = new Map(before.messages.map(({ delivery }) => [delivery, store.vaultOf(delivery)]))
      const after = settle(before, key, outcomes, now, random(), this.#keyed)
      store.save(before, after, this.#with.from, now)
      // Taken off in this moment, not by an earlier answer.
      if (before.batches.length === 0) return
      const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length
      if (accepted > 0) usage.add(accepted, now)
      for (const [index, delivery] of members.entries()) {
        const outcome = outcomes[index]
        const message = after.messages.find((one) => one.delivery === delivery)
        if (outcome?.kind !== 'accepted' || message?.state !== 'accepted' || outcome.provider === '') continue
        const vault = message.priority === 'code' ? null : (vaults.get(delivery) ?? null)
        store.reports.addSent(outcome.provider, delivery, vault, now)
      }
    })
  }

  /** Why nothing gets through for now, and until when; null: messages go. */
  circuit(now: number): { reason: Circuit; until: number } | null {
    const { store, channel } = this.#with
    if (channel === null) return { reason: 'not-configured', until: now + UNCONFIGURED_MS }
    const { circuit, pausedUntil } = store.pause()
    return circuit === null ? null : { reason: circuit, until: Math.max(now, pausedUntil) }
  }

  /** Tells what waits why it does. @returns false if there is more to tell */
  explain(now: number): boolean {
    const open = this.circuit(now)
    return open === null || this.#with.transaction(() => this.#with.store.explain(open.reason, now)) === 0
  }

  /** When the next request may go out; null: there is none. */
  sendAt(now: number): number | null {
    const { store, channel } = this.#with
    const { batch } = store.times()
    const rest = this.restLeft(now)
    const ready = store.isReady(rest > 0)
    const times: number[] = []
    if (channel === null) return batch !== null || ready ? now + UNCONFIGURED_MS : null
    const { pausedUntil, circuit } = store.pause()
    const earliest = Math.max(now, pausedUntil, nextBeginAt(this.#pace, now))
    const probe = circuit === null ? null : store.underWayUntil(now)
    if (batch !== null) times.push(Math.max(batch, earliest))
    if (ready) times.push(Math.max(probe ?? now, earliest))
    else if (rest <= 0 && store.isReady(true)) times.push(Math.max(nextDayAt(now), earliest))
    return times.length === 0 ? null : Math.min(...times)
  }

  /** When the provider's rate allows the next request; null if it does, or nothing waits for it. */
  heldUntil(now: number): number | null {
    const at = nextBeginAt(this.#pace, now)
    return at > now && this.sendAt(now) === at ? at : null
  }

  /**
   * When there is something to send, to give up or to tell next; null: never.
   * @param canSend false while as many requests are out as may be: whoever sent them goes on
   */
  wakeAt(now: number, canSend: boolean): number | null {
    const { store } = this.#with
    const times = [canSend ? this.sendAt(now) : null, store.times().old, store.reports.nextDueAt()].filter(
      (at) => at !== null,
    )
    return times.length === 0 ? null : Math.min(...times)
  }
}
