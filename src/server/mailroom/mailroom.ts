import { DurableObject } from 'cloudflare:workers'
import { toText } from '../../protocol/bytes.ts'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { StopRequest } from '../../protocol/letter.ts'
import { HOOKS } from '../../protocol/routes.ts'
import type { Channel, Outcome } from '../channels/channel.ts'
import { emailChannel } from '../channels/email.ts'
import { Outbox, type OutboxMail } from '../channels/outbox.ts'
import { reasonOf, smsChannel } from '../channels/sms.ts'
import { type Env, type Sender, settingsOf } from '../env.ts'
import { KeyedHash } from '../keyed-hash.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import { Accepted } from './accepted.ts'
import { backoffMs } from './backoff.ts'
import { Caps } from './caps.ts'
import { Codes } from './codes.ts'
import { AddressBook, type Hashes } from './hashes.ts'
import type { CodePosting, Posting, Proof, Report } from './posting.ts'
import {
  type Batch,
  claim,
  expire,
  freeze,
  refuseWaiting,
  type State,
  settle,
  unconfigured,
  wakeAt,
} from './rules.ts'
import { MailroomStore, type PendingReport } from './store.ts'
import { Suppression } from './suppression.ts'

const BATCHES_AT_ONCE = 5
const REPORTS_AT_ONCE = 100
const REPORT_LEASE_MS = 30_000

/** By its name; an alarm may wake an object without telling it, so it is noted. */
const isTextRoom = ({ id, storage: { sql } }: DurableObjectState): boolean => {
  if (id.name === undefined)
    return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'text_room'").toArray().length > 0
  if (id.name === 'sms') sql.exec('CREATE TABLE IF NOT EXISTS text_room (one INTEGER PRIMARY KEY)')
  return id.name === 'sms'
}

const newKey = (): string => toText(crypto.getRandomValues(new Uint8Array(16)))
const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

/** The one queue of the provider's account (`DESIGN.md §5`). Whatever it promised to send is on its disk. */
export class Mailroom extends DurableObject<Env> {
  readonly #store: MailroomStore
  readonly #book: AddressBook
  readonly #suppression: Suppression
  readonly #codes: Codes
  readonly #accepted: Accepted
  readonly #caps: Caps
  readonly #sender: Sender | null
  readonly #channel: Channel | null
  readonly #outbox: Outbox | null
  /** The room of text messages: only to who has accepted, one message a request. */
  readonly #isOfTexts: boolean

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    const { sender: mails, sms, origin, local } = settingsOf(env)
    this.#isOfTexts = isTextRoom(ctx)
    const sender = this.#isOfTexts ? null : mails
    this.#store = new MailroomStore(sql)
    this.#book = new AddressBook(new KeyedHash(sql))
    this.#suppression = new Suppression(sql)
    this.#codes = new Codes(sql)
    this.#accepted = new Accepted(sql)
    this.#caps = new Caps(sql)
    this.#outbox = local && !this.#isOfTexts ? new Outbox(sql) : null
    this.#sender = sender
    const texts =
      this.#isOfTexts && sms !== null ? smsChannel(sms, origin && `${origin}${HOOKS.twilio}`) : null
    this.#channel =
      sender?.kind === 'email' ? emailChannel(sender) : (texts ?? this.#outbox?.channel(Date.now) ?? null)
    ctx.blockConcurrencyWhile(() => this.#arm())
  }

  /** On disk when it returns. A delivery that is known already is not taken again. */
  async enqueue(postings: readonly Posting[]): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      const stopped: string[] = []
      const capped: string[] = []
      for (const posting of postings) {
        if (this.#store.has(posting.delivery)) continue
        const hashes = this.#book.hashesOf(posting)
        this.#suppression.remember(posting, hashes, now)
        this.#store.add(posting, hashes, now, this.#isAlone)
        if (this.#suppression.isSuppressed(hashes)) stopped.push(posting.delivery)
        else if (this.#isCapped(posting, hashes, now)) capped.push(posting.delivery)
      }
      this.#change((state) => refuseWaiting(refuseWaiting(state, stopped, 'stopped'), capped, 'cap'), now)
    })
    await this.#sendSoon()
  }

  /** Counts what may go. Within a transaction of the caller; a count that is out of order holds no alert up. */
  #isCapped({ priority, delivery }: Posting, hashes: Hashes, now: number): boolean {
    try {
      if (this.#accepted.has(hashes)) return false
      if (this.#isOfTexts) return true
      if (this.#caps.waitMs(hashes.address, priority, now) > 0) return true
      this.#caps.count(hashes.address, priority, delivery, now)
    } catch {
      log('caps-out-of-order')
    }
    return false
  }

  /** Mails a code, or says when the next one may go. Who wants no messages gets none, and nobody can tell. */
  async code(posting: CodePosting): Promise<DoneAnswer | Refusal> {
    const { vault, contact, stop, code, ...mail } = posting
    const now = Date.now()
    const delivery = newKey()
    const wait = this.ctx.storage.transactionSync(() => {
      const hashes = this.#book.hashesOf(posting)
      const ofAddress = this.#caps.waitMs(hashes.address, 'code', now)
      const ofVault = this.#caps.waitMs(hashes.vault, 'code-of-vault', now)
      if (ofAddress > 0 || ofVault > 0) return Math.max(ofAddress, ofVault)
      this.#caps.count(hashes.address, 'code', delivery, now)
      this.#caps.count(hashes.vault, 'code-of-vault', delivery, now)
      if (this.#suppression.isSuppressed(hashes)) return 0
      const before = this.#codes.messageOf(hashes.place)
      if (before !== null) this.#change((state) => refuseWaiting(state, [before], 'expired'), now)
      this.#codes.put(hashes, this.#book.codeOf(hashes.place, code), delivery, now)
      this.#suppression.remember({ vault, contact, stop }, hashes, now)
      this.#store.add(
        { ...mail, vault, delivery, group: `code.${delivery}`, priority: 'code' },
        hashes,
        now,
        this.#isAlone,
      )
      return 0
    })
    if (wait > 0) return refuse('slow-down', { waitMs: wait })
    await this.#sendSoon()
    return { ok: true }
  }

  /** `right`: the address is accepted for this contact from now on. */
  async confirm(proof: Proof): Promise<'right' | 'wrong'> {
    const now = Date.now()
    const right = this.ctx.storage.transactionSync(() => {
      const hashes = this.#book.hashesOf(proof)
      if (!this.#codes.take(hashes.place, this.#book.codeOf(hashes.place, proof.code), now)) return false
      this.#accepted.add(hashes, now)
      return true
    })
    return right ? 'right' : 'wrong'
  }

  /** Nothing goes to what this contact has confirmed, nor what waits for this contact, whatever its address. */
  async leave(who: { vault: string; contact: string; scope: 'owner' | 'all' }): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      const contact = this.#book.contactOf(who.vault, who.contact)
      const confirmed = this.#accepted.of(contact, who.scope)
      this.#suppression.suppress(confirmed, now)
      this.#accepted.dropContact(contact)
      this.#refuseTo([contact, ...confirmed], now)
    })
    await this.#arm()
  }

  /** Forgets all that waits for a vault that is no more, and who had accepted; never who wants no messages. */
  async drop(vault: string): Promise<void> {
    this.ctx.storage.transactionSync(() => {
      this.#store.drop(vault)
      const hash = this.#book.vaultOf(vault)
      this.#codes.dropOf(hash)
      this.#accepted.dropOf(hash)
    })
  }

  async stop(request: StopRequest): Promise<DoneAnswer | Refusal> {
    const now = Date.now()
    const known = this.ctx.storage.transactionSync(() => {
      const hashes = this.#suppression.stop(request, now)
      // A stranger's guess costs one look-up, and never the whole queue.
      if (hashes.length === 0) return false
      this.#refuseTo(hashes, now)
      return true
    })
    if (!known) return refuse('unknown')
    await this.#arm()
    return { ok: true }
  }

  /** Within a transaction of the caller. @param hashes of contacts, of addresses, or of vault and address */
  #refuseTo(hashes: readonly string[], now: number): void {
    this.#codes.dropTo(hashes)
    const waiting = this.#store.waitingTo(hashes)
    if (waiting.length === 0) return
    this.#change((state) => {
      const next = refuseWaiting(state, waiting, 'stopped')
      for (const { delivery, state: at } of next.messages) {
        if (at === 'refused') this.#caps.uncount(delivery)
      }
      return next
    }, now)
  }

  /** What would have gone out, newest first; null on any server but the local one. */
  async outbox(): Promise<OutboxMail[] | null> {
    return this.#outbox?.list() ?? null
  }

  override async alarm(): Promise<void> {
    await this.#run()
  }

  /** What was taken is on disk, and goes out at once: not behind an alarm that may be waiting for a slow provider. */
  async #sendSoon(): Promise<void> {
    await this.#arm()
    await this.ctx.storage.sync()
    this.ctx.waitUntil(this.#run())
  }

  /** Never throws; several runs at once do no harm, since each takes its batches and reports under a lease. */
  async #run(): Promise<void> {
    try {
      await this.#send()
      await this.#tell()
      for (const kept of [this.#store, this.#suppression, this.#codes, this.#caps]) kept.prune(Date.now())
    } catch {
      log('mailroom-failed')
    } finally {
      await this.#arm()
    }
  }

  get #isAlone(): boolean {
    return this.#channel?.batchMax === 1
  }

  /** What Twilio says later of a text that it has accepted. */
  async textIs(provider: string, status: string, code: number | null): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      if (status === 'delivered') this.#store.isNow(provider, 'delivered', null, now)
      if (status === 'undelivered' || status === 'failed')
        this.#store.isNow(provider, 'refused', reasonOf(code), now)
    })
    await this.#sendSoon()
  }

  /** Loads, lets a rule decide, stores: in one go, so that nothing comes between. */
  #change(rule: (state: State) => State, now = Date.now()): void {
    this.ctx.storage.transactionSync(() => {
      const before = this.#store.load()
      const from = this.#sender?.kind === 'email' ? this.#sender.from : 'outbox'
      this.#store.save(before, rule(before), from, now)
    })
  }

  async #send(): Promise<void> {
    this.#change((state) => expire(state, Date.now()))
    const channel = this.#channel
    if (channel === null) {
      this.#change(unconfigured)
      return
    }
    for (;;) {
      const batches = this.#claimSome()
      if (batches.length === 0) return
      await Promise.all(batches.map((batch) => this.#sendBatch(channel, batch)))
    }
  }

  #claimSome(): Batch[] {
    const now = Date.now()
    const claimed: Batch[] = []
    this.#change((state) => {
      let next = state
      for (let frozen = freeze(next, newKey(), now); frozen; frozen = freeze(next, newKey(), now))
        next = frozen.state
      return next
    })
    this.#change((state) => {
      let next = state
      while (claimed.length < BATCHES_AT_ONCE) {
        const taken = claim(next, newKey(), now)
        if (taken === null) break
        next = taken.state
        claimed.push(taken.batch)
      }
      return next
    })
    return claimed
  }

  async #sendBatch(channel: Channel, { key, members }: Batch): Promise<void> {
    const outcomes: Outcome[] = await channel.send(this.#store.bodyOf(key)).catch(() => [])
    const now = Date.now()
    // What becomes of a text is said later.
    const vaults = new Map(
      this.#isOfTexts ? members.map((delivery) => [delivery, this.#store.vaultOf(delivery)]) : [],
    )
    this.#change((state) => {
      const next = settle(state, key, outcomes, now, random())
      // Settled in this moment, not by an earlier run, nor dropped with its vault.
      for (const [index, delivery] of members.entries()) {
        const outcome = outcomes[index]
        const accepted = next.messages.some((one) => one.delivery === delivery && one.state === 'accepted')
        if (accepted && outcome?.kind === 'accepted' && outcome.provider !== '')
          this.#store.addSent(outcome.provider, delivery, vaults.get(delivery) ?? null, now)
      }
      return next
    }, now)
    const count = (kind: Outcome['kind']): number => outcomes.filter((one) => one.kind === kind).length
    for (const kind of ['accepted', 'retry', 'rekey', 'refused'] as const) {
      if (count(kind) > 0) log(`mail-${kind}`, count(kind))
    }
  }

  /** Tells the vaults how their deliveries stand, until each has acknowledged. */
  async #tell(): Promise<void> {
    const now = Date.now()
    const byVault = new Map<string, PendingReport[]>()
    for (const report of this.#store.dueReports(now, REPORTS_AT_ONCE)) {
      byVault.set(report.vault, [...(byVault.get(report.vault) ?? []), report])
      this.#store.putOffReport(report, now + REPORT_LEASE_MS + backoffMs(report.attempts + 1, null, random()))
    }
    await Promise.all([...byVault].map(([vault, reports]) => this.#tellVault(vault, reports)))
  }

  async #tellVault(vault: string, pending: readonly PendingReport[]): Promise<void> {
    const reports: Report[] = pending.map(({ delivery, state, reason, at }) => ({
      delivery,
      state,
      reason,
      at,
    }))
    try {
      const stub = this.env.VAULT.get(this.env.VAULT.idFromName(vault))
      await withTimeout(stub.report(reports))
      for (const report of reports) this.#store.dropReport(report)
    } catch {
      log('report-not-taken', reports.length)
    }
  }

  #nextPruneAt(): number | null {
    try {
      const times = [this.#suppression, this.#codes, this.#caps].flatMap((kept) => kept.nextPruneAt() ?? [])
      return times.length === 0 ? null : Math.min(...times)
    } catch {
      log('prune-out-of-order')
      return null
    }
  }

  async #arm(): Promise<void> {
    const now = Date.now()
    const times = [
      wakeAt(this.#store.load(), this.#channel !== null, now),
      this.#store.nextDueAt(),
      this.#nextPruneAt(),
    ].filter((at) => at !== null)
    if (times.length === 0) return
    const at = Math.min(...times)
    if ((await this.ctx.storage.getAlarm()) !== at) await this.ctx.storage.setAlarm(at)
  }
}
