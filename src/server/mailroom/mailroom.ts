import { DurableObject } from 'cloudflare:workers'
import { toText } from '../../protocol/bytes.ts'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { StopRequest } from '../../protocol/letter-requests.ts'
import { HOOKS } from '../../protocol/routes.ts'
import type { Channel } from '../channels/channel.ts'
import { emailChannel } from '../channels/email.ts'
import { Outbox, type OutboxMail } from '../channels/outbox.ts'
import { smsChannel } from '../channels/sms.ts'
import { type Env, settingsOf } from '../env.ts'
import type { LaterWord } from '../hooks/resend-event.ts'
import { KeyedHash } from '../keyed-hash.ts'
import { log } from '../log.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { Accepted } from './accepted.ts'
import { Caps } from './caps.ts'
import { CodeDesk } from './code-desk.ts'
import { Codes } from './codes.ts'
import { AddressBook, type Hashes } from './hashes.ts'
import type { CodePosting, Posting, Proof, ReminderPosting } from './posting.ts'
import { Pruning } from './pruning.ts'
import { Queue } from './queue.ts'
import { Reporting } from './reporting.ts'
import { Sending } from './sending.ts'
import type { Circuit } from './state.ts'
import { MailroomStore } from './store.ts'
import { Suppression } from './suppression.ts'
import { Usage } from './usage.ts'

/** While requests are out, the alarm is never further away than this. */
const PULSE_MS = 5_000

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
  readonly #desk: CodeDesk
  readonly #accepted: Accepted
  readonly #caps: Caps
  readonly #channel: Channel | null
  readonly #outbox: Outbox | null
  /** The room of text messages: only to who has accepted. */
  readonly #isOfTexts: boolean
  readonly #queue: Queue
  readonly #sending: Sending | null
  readonly #pruning: Pruning
  readonly #reporting: Reporting

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    const { sender: mails, sms, origin, local, quota, textQuota } = settingsOf(env)
    this.#isOfTexts = isTextRoom(ctx)
    const sender = this.#isOfTexts ? null : mails
    this.#store = new MailroomStore(sql)
    this.#reporting = new Reporting(env.VAULT, this.#store.reports, random)
    this.#book = new AddressBook(new KeyedHash(sql))
    this.#suppression = new Suppression(sql)
    this.#codes = new Codes(sql)
    this.#accepted = new Accepted(sql)
    this.#caps = new Caps(sql)
    this.#outbox = local && !this.#isOfTexts ? new Outbox(sql) : null
    const texts =
      this.#isOfTexts && sms !== null ? smsChannel(sms, origin && `${origin}${HOOKS.twilio}`) : null
    this.#channel =
      sender?.kind === 'email' ? emailChannel(sender) : (texts ?? this.#outbox?.channel(Date.now) ?? null)
    this.#queue = new Queue({
      ...{ store: this.#store, usage: new Usage(sql), channel: this.#channel, newKey, random },
      quota: this.#isOfTexts ? textQuota : quota,
      transaction: (work) => ctx.storage.transactionSync(work),
      from: sender?.kind === 'email' ? sender.from : 'outbox',
    })
    this.#sending =
      this.#channel === null
        ? null
        : new Sending(this.#queue, this.#channel, () => this.#reporting.run(Date.now()))
    this.#queue.revive(Date.now())
    this.#pruning = new Pruning([
      this.#store,
      this.#store.reports,
      this.#suppression,
      this.#codes,
      this.#caps,
    ])
    this.#desk = new CodeDesk({
      ...{ store: this.#store, queue: this.#queue, book: this.#book, caps: this.#caps, codes: this.#codes },
      ...{ accepted: this.#accepted, suppression: this.#suppression, pruning: this.#pruning, newKey },
      transaction: (work) => ctx.storage.transactionSync(work),
    })
    ctx.blockConcurrencyWhile(() => this.#arm())
  }

  /** On disk when it returns. A delivery that is known already is not taken again. */
  async enqueue(postings: readonly Posting[]): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      const stopped: string[] = []
      const capped: string[] = []
      const unaccepted: string[] = []
      for (const posting of postings) {
        if (this.#store.has(posting.delivery)) continue
        const hashes = this.#book.hashesOf(posting)
        this.#suppression.remember(posting, hashes, now)
        this.#store.add(posting, hashes, now)
        if (this.#suppression.isSuppressed(hashes)) stopped.push(posting.delivery)
        else if (this.#isOfTexts || posting.priority === 'drill') {
          // The vault knows who has accepted, and not with which address.
          if (!this.#accepted.has(hashes)) unaccepted.push(posting.delivery)
        } else if (this.#isCapped(posting, posting.priority, hashes, now)) capped.push(posting.delivery)
      }
      this.#queue.refuse(stopped, 'stopped', now)
      this.#queue.refuse(capped, 'cap', now)
      this.#queue.refuse(unaccepted, 'not-accepted', now)
      this.#pruning.later(now)
    })
    await this.#sendSoon()
  }

  /** Counts what may go. Within a transaction of the caller; a count that is out of order holds no alert up. */
  #isCapped(
    { delivery, reminder }: Posting,
    priority: 'alert' | 'clear',
    hashes: Hashes,
    now: number,
  ): boolean {
    try {
      if (this.#accepted.has(hashes)) return false
      if (this.#caps.waitMs(hashes.address, priority, now, reminder ? 1 : 0) > 0) return true
      this.#caps.count(hashes.address, priority, delivery, now)
    } catch {
      log('caps-out-of-order')
    }
    return false
  }

  async code(posting: CodePosting): Promise<DoneAnswer | Refusal> {
    const answer = this.#desk.code(posting, Date.now())
    if (!isRefusal(answer)) await this.#sendSoon()
    return answer
  }

  async confirm(proof: Proof): Promise<'right' | 'wrong'> {
    return this.#desk.confirm(proof, Date.now()) ? 'right' : 'wrong'
  }

  async prove(proof: Proof): Promise<boolean> {
    return this.#desk.prove(proof, Date.now())
  }

  /** @returns false where it may not go */
  async remind(posting: ReminderPosting): Promise<boolean> {
    const taken = this.#desk.remind(posting, Date.now())
    if (taken) await this.#sendSoon()
    return taken
  }

  /** Nothing goes from this vault to what this contact has confirmed, nor what waits for this contact, whatever its address. */
  async leave(who: { vault: string; contact: string }): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      const contact = this.#book.contactOf(who.vault, who.contact)
      const confirmed = this.#accepted.of(contact)
      this.#suppression.suppress(confirmed, now)
      this.#accepted.dropContact(contact)
      this.#refuseTo([contact, ...confirmed], now)
    })
    await this.#arm()
  }

  /** What this contact has confirmed: the vault has it no more. What wants no messages stays. */
  async forget(who: { vault: string; contact: string }): Promise<void> {
    this.#accepted.dropContact(this.#book.contactOf(who.vault, who.contact))
  }

  /** Forgets all that waits for a vault that is no more, and who had accepted; never who wants no messages. */
  async drop(vault: string): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      // Others that wait in a request with what is erased here go on without it, if it has surely not arrived.
      const waiting = this.#store.waitingFor(vault)
      this.#queue.refuse(waiting, 'stopped', now)
      this.#store.drop(vault, waiting)
      const hash = this.#book.vaultOf(vault)
      this.#codes.dropOf(hash)
      this.#accepted.dropOf(hash)
    })
    await this.#arm()
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
    for (const { delivery, state } of this.#queue.refuse(this.#store.waitingTo(hashes), 'stopped', now)
      .messages)
      if (state === 'refused') this.#caps.uncount(delivery)
  }

  /** What the provider says of a message later; its vault is told. */
  async hear({ provider, state, reason }: LaterWord): Promise<void> {
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      this.#store.reports.hear(provider, { state, reason }, now)
      this.#pruning.later(now)
    })
    await this.#sendSoon()
  }

  /** Why nothing gets through for now, and when it will be tried again: then another channel is the better one. Null: messages go. */
  async circuit(): Promise<{ reason: Circuit; until: number } | null> {
    return this.#queue.circuit(Date.now())
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
      this.#queue.expire(Date.now())
      await this.#sending?.run()
      this.#queue.explain(Date.now())
      await this.#reporting.run(Date.now())
      this.#pruning.run(Date.now())
    } catch {
      log('mailroom-failed')
    } finally {
      await this.#arm()
    }
  }

  async #arm(): Promise<void> {
    const now = Date.now()
    const wakeAt = this.#queue.wakeAt(now, this.#sending?.isFull(now) !== true)
    const times = [
      ...(wakeAt === null ? [] : [Math.max(wakeAt, this.#sending?.restsUntil ?? 0)]),
      ...(this.#pruning.at === null ? [] : [this.#pruning.at]),
      // Should the process die, the next one is woken soon, and knows what was under way.
      ...(this.#sending?.isAtWork !== true ? [] : [now + PULSE_MS]),
    ]
    if (times.length === 0) return
    const at = Math.min(...times)
    if ((await this.ctx.storage.getAlarm()) !== at) await this.ctx.storage.setAlarm(at)
  }
}
