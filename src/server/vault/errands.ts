import { supersedes } from '../delivery-order.ts'
import { type Env, settingsOf } from '../env.ts'
import { log } from '../log.ts'
import type { Report } from '../mailroom/posting.ts'
import { withTimeout } from '../timeout.ts'
import type { Alerting } from './alerting.ts'
import { COMMIT_MAX_MS, dropUnneeded, nextSweepAt, PRUNE_AFTER_MS, type Stores } from './committing.ts'
import type { Due, DueKind, VaultRow } from './core-store.ts'
import type { DeliveryRow } from './delivery-store.ts'
import { Pushing } from './pushing.ts'

/**
 * What the alarm does: time, messages to the mailroom, erasing. Alarms come at least once and give up after six throws:
 * what is due is a table, each thing is put off by a lease before it is tried, nothing throws, the alarm is set again at
 * the end.
 */
const LEASE_MS = 30_000
const RETRY_MAX_MS = 60_000
/** KV operations of one run: the free plan allows 50 calls in all. */
const ERASED_A_RUN = 40
const HANDED_A_RUN = 48
/** After this time a message that the mailroom never took is given up, and said to be. */
const HANDOVER_MAX_MS = 48 * 3_600_000
const ALERTS_KEPT = 20
const FORGET_AGAIN_MS = 3_600_000
/** Mails first. */
const WAYS = ['email', 'sms'] as const

const retryMs = (attempts: number): number => Math.min(RETRY_MAX_MS, 1_000 * 2 ** Math.min(attempts, 6))

/** `rules` and `check-ins` let time act; `remind` and `tell` send what is to be sent. */
export type DueRooms = Record<
  'rules' | 'check-ins' | 'remind' | 'tell',
  (vault: VaultRow) => void | Promise<void>
>

export class Errands {
  readonly #ctx: DurableObjectState
  readonly #env: Env
  readonly #stores: Stores
  readonly #alerting: Alerting
  readonly #pushing: Pushing

  constructor(ctx: DurableObjectState, env: Env, stores: Stores, alerting: Alerting) {
    this.#ctx = ctx
    this.#env = env
    this.#stores = stores
    this.#alerting = alerting
    this.#pushing = new Pushing(ctx, env, stores, alerting, (reports) => this.hear(reports))
  }

  /** The room of a kind of channel. Each has its own provider, its own list of who has accepted, and of who wants nothing. */
  roomOf(way: 'email' | 'sms') {
    const { MAILROOM } = this.#env
    return MAILROOM.get(MAILROOM.idFromName(way === 'sms' ? 'sms' : 'mailroom'))
  }

  /** Also those that have nothing to send with now: what waits there would go out once they have. */
  get #rooms() {
    return WAYS.map((way) => this.roomOf(way))
  }

  /** Where mailed links lead: the host's setting, else where the request came in. */
  originFor(request: string): string {
    return settingsOf(this.#env).origin ?? request
  }

  /** Sets the alarm to what is due first; writes nothing if it stands already. */
  async arm(): Promise<void> {
    const first = this.#stores.core.dues()[0]
    if (first === undefined) return
    if ((await this.#ctx.storage.getAlarm()) !== first.at) await this.#ctx.storage.setAlarm(first.at)
  }

  /** @param rooms who does what is not done here */
  async run(rooms: DueRooms): Promise<void> {
    try {
      for (const due of this.#stores.core.dues()) {
        if (due.at <= Date.now()) await this.#attempt(due, rooms)
      }
    } catch {
      log('vault-alarm-failed')
    } finally {
      await this.arm()
    }
  }

  async #attempt(due: Due, rooms: DueRooms | null): Promise<void> {
    const { core } = this.#stores
    core.setDue(due.kind, Date.now() + LEASE_MS, due.attempts + 1)
    try {
      const vault = core.vault()
      if (due.kind === 'erase') await this.#eraseSome()
      else if (due.kind === 'sweep') await this.#sweep()
      else if (vault === null) core.setDue(due.kind, null)
      else if (due.kind === 'drills') this.#endDrills()
      else if (due.kind === 'rules' || due.kind === 'check-ins') await rooms?.[due.kind](vault)
      else if (due.kind === 'remind' || due.kind === 'tell') await rooms?.[due.kind](vault)
      else if (due.kind === 'push') this.#pushing.start(vault, () => this.arm())
      else if (due.kind === 'leave') await this.#tellLeft(vault.id)
      else if (due.kind === 'forget') await this.#forgetDropped(vault.id)
      else await this.#handOver(vault, due.attempts)
    } catch {
      log(`vault-${due.kind}-failed`)
      if (core.isMade()) core.setDue(due.kind, Date.now() + retryMs(due.attempts), due.attempts + 1)
    }
  }

  /** Messages to their rooms. One that cannot be reached holds no other up, and is asked again. */
  async #handOver(vault: VaultRow, attempts: number): Promise<void> {
    const { core, deliveries } = this.#stores
    const done = await Promise.allSettled(
      WAYS.map((way) => this.#handOverTo(way, vault, deliveries.unhanded(way, HANDED_A_RUN))),
    )
    if (done.some(({ status }) => status === 'rejected')) throw new Error('a room did not take its messages')
    this.#ctx.storage.transactionSync(() => {
      if (core.vault() === null) return
      const isOver = WAYS.every((way) => deliveries.unhanded(way, 1).length === 0)
      core.setDue('handover', isOver ? null : Date.now())
    })
    if (attempts > 0) log('handover-after-retries', attempts)
  }

  /** A room knows each delivery by its id, and takes it once. */
  async #handOverTo(way: 'email' | 'sms', vault: VaultRow, rows: readonly DeliveryRow[]): Promise<void> {
    if (rows.length === 0) return
    const { core, deliveries, contacts, stopLinks } = this.#stores
    const now = Date.now()
    const stale = rows.filter(({ createdAt }) => createdAt + HANDOVER_MAX_MS <= now)
    const fresh = this.#alerting.postings(
      vault.id,
      rows.filter((row) => !stale.includes(row)),
    )
    const postings = fresh.map(({ posting }) => posting).filter((posting) => posting !== null)
    this.#ctx.storage.transactionSync(() => {
      for (const { contact, stop } of postings) stopLinks.remember(contact, stop)
    })
    if (postings.length > 0) await withTimeout(this.roomOf(way).enqueue(postings))
    this.#ctx.storage.transactionSync(() => {
      if (core.vault() === null) return
      for (const { id } of rows) deliveries.markHanded(id)
      const giveUp = (id: string, reason: 'expired' | 'provider'): void => {
        if (deliveries.wordOf(id)?.state === 'waiting') deliveries.setState(id, 'refused', reason, now)
      }
      for (const { id } of stale) giveUp(id, 'expired')
      for (const { delivery, posting } of fresh) if (posting === null) giveUp(delivery.id, 'provider')
      // Who left while this was under way: the room may have been told so before it got the message.
      for (const { contact } of postings) {
        if (!contacts.hasLeft(contact)) continue
        contacts.leave(contact, now)
        core.setDue('leave', now)
      }
      dropUnneeded(this.#stores, now)
    })
  }

  /** Practice letters are read for a week; then they go, and what opens them opens nothing. */
  #endDrills(): void {
    const now = Date.now()
    this.#ctx.storage.transactionSync(() => {
      this.#stores.core.setDue('drills', this.#stores.drills.end(now))
      dropUnneeded(this.#stores, now)
    })
  }

  /** The mailroom lets nothing more out to who has left, and refuses what waits. */
  async #tellLeft(vault: string): Promise<void> {
    const { core, contacts } = this.#stores
    for (const leaving of contacts.untold()) {
      await withTimeout(
        Promise.all(this.#rooms.map((room) => room.leave({ vault, contact: leaving.contact }))),
      )
      if (!core.isMade()) return
      contacts.markTold(leaving)
    }
    core.setDue('leave', contacts.untold().length === 0 ? null : Date.now())
  }

  /** Who was dropped during an alert is still told how it ends, so what was confirmed is forgotten after it. */
  async #forgetDropped(vault: string): Promise<void> {
    const { core, alerts, contacts } = this.#stores
    if (alerts.hasHolds()) return core.setDue('forget', Date.now() + FORGET_AGAIN_MS)
    for (const contact of contacts.dropped()) {
      await withTimeout(Promise.all(this.#rooms.map((room) => room.forget({ vault, contact }))))
      if (!core.isMade()) return
      contacts.markForgotten(contact)
    }
    core.setDue('forget', null)
  }

  /** Takes over what the mailroom says, in whatever order it comes; a delivery never goes back (`delivery-order.ts`). */
  hear(reports: readonly Report[]): void {
    const { deliveries } = this.#stores
    for (const { delivery, state, reason, at } of reports) {
      const known = deliveries.wordOf(delivery)
      if (known === null || !supersedes({ state, reason }, known)) continue
      deliveries.setState(delivery, state, reason, at)
    }
  }

  async #sweep(): Promise<void> {
    const { core, alerts } = this.#stores
    const now = Date.now()
    core.retirePendingKeys(now - COMMIT_MAX_MS, now)
    await this.#eraseKeys(now)
    alerts.prune(now - PRUNE_AFTER_MS, ALERTS_KEPT)
    this.#stores.made.dropUnneeded()
    // The first commit of a vault came to nothing: as if it had never been.
    if (core.vault() === null && core.erasing() === null && core.countKeys() === 0) return this.#forgetAll()
    core.setDue('sweep', nextSweepAt({ core, alerts }))
  }

  async #eraseKeys(now: number): Promise<void> {
    const keys = this.#stores.core.deadKeys(now, ERASED_A_RUN)
    await withTimeout(Promise.all(keys.map((key) => this.#env.SEALED.delete(key))))
    for (const key of keys) this.#stores.core.dropKey(key)
  }

  /** Goes on where it stopped, until nothing is left in KV, in the mailroom and here. */
  async #eraseSome(): Promise<void> {
    const { core } = this.#stores
    const id = core.erasing()
    if (id === null) return core.setDue('erase', null)
    // Before the mailroom forgets which addresses they have confirmed.
    await this.#tellLeft(id)
    await withTimeout(Promise.all(this.#rooms.map((room) => room.drop(id))))
    await this.#eraseKeys(Date.now())
    if (core.countKeys() === 0) return this.#forgetAll()
    core.setDue('erase', Date.now())
  }

  async #forgetAll(): Promise<void> {
    const { core } = this.#stores
    if (core.isEnded()) this.#ctx.storage.transactionSync(() => core.dropAllButEnd())
    else await this.#ctx.storage.deleteAll()
    core.forget()
  }

  /** The first try, at once; the alarm repeats it until it is done. */
  async tryNow(kind: Extract<DueKind, 'erase' | 'leave'>): Promise<void> {
    for (const due of this.#stores.core.dues()) {
      if (due.kind === kind) await this.#attempt(due, null)
    }
    await this.arm()
  }
}
