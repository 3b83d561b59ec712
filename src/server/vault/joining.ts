import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type {
  AcceptRequest,
  CodeRequest,
  ContactsAnswer,
  JoinAnswer,
  JoinQuestion,
  LeaveRequest,
} from '../../protocol/join.ts'
import type { StopRequest } from '../../protocol/letter-requests.ts'
import { hashOf, sameHash } from '../hash.ts'
import { log } from '../log.ts'
import { renderCode } from '../mails/render-code.ts'
import { renderCodeText } from '../mails/render-text.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import { dropUnneeded, type Stores } from './committing.ts'
import { type ContactRow, joinStateOf } from './contact-store.ts'
import type { VaultRow } from './core-store.ts'
import type { Errands } from './errands.ts'
import { mailedLink } from './mailed-link.ts'
import { newCode } from './new-code.ts'

/** What a contact may do who holds an invitation or a stop link (`protocol.md §7.5, §7.3.4`), and what the owner sees of it. */
const DONE: DoneAnswer = { ok: true }
const LISTED_LETTERS = 20

const wayOf = (address: string): 'email' | 'sms' => (address.includes('@') ? 'email' : 'sms')

type Known = { vault: VaultRow; row: ContactRow }

export class Joining {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #errands: Errands
  /** The end of the last accept: a code is good for one, so they come one after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ctx: DurableObjectState, stores: Stores, errands: Errands) {
    this.#ctx = ctx
    this.#stores = stores
    this.#errands = errands
  }

  list({ version }: VaultRow): ContactsAnswer {
    const contacts = this.#stores.contacts.all().map((row) => {
      const { id: contact, answers, answer, acceptedAt, leftAt } = row
      return { contact, state: joinStateOf(row), at: leftAt ?? acceptedAt, answers, answer }
    })
    return { ok: true, version, contacts }
  }

  read(question: JoinQuestion): JoinAnswer | Refusal {
    const known = this.#invited(question)
    if (known === null) return refuse('unknown')
    const { id, version, sealed, answers, answer } = known.row
    const letters = this.#stores.letters.outTo(id, LISTED_LETTERS)
    return { ok: true, version, sealed, state: joinStateOf(known.row), answers, answer, letters }
  }

  /** @param origin of the request */
  async code(request: CodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const known = this.#invited(request)
    if (known === null || !sameHash(known.row.stopHash, hashOf(request.stop))) return refuse('unknown')
    const { contact, address, language } = request
    const stop = this.#stores.stopLinks.tokenFor(contact, address)
    const { id: vault } = known.vault
    const code = newCode()
    const stopUrl = mailedLink(this.#errands.originFor(origin), 'stop', vault, contact, stop)
    const way = wayOf(address)
    const message =
      way === 'email'
        ? renderCode({ language, code, stopUrl })
        : { subject: '', html: '', text: renderCodeText(language, code, stopUrl) }
    return this.#asked<DoneAnswer | Refusal>(async () =>
      this.#errands.roomOf(way).code({ asker: 'contact', vault, contact, stop, address, code, ...message }),
    )
  }

  accept(request: AcceptRequest): Promise<DoneAnswer | Refusal> {
    // Strangers do not come between those who were invited.
    if (this.#invited(request) === null) return Promise.resolve(refuse('unknown'))
    const answer = this.#turn.then(() => this.#accept(request))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async #accept(request: AcceptRequest): Promise<DoneAnswer | Refusal> {
    const { vault, contact, answers, sealed, proof } = request
    const judged = this.#judge(request)
    if (judged !== null) return judged
    // What was stopped before this answer stays stopped: the mailroom hears of it first.
    if (this.#stores.contacts.isUntold(contact)) await this.#errands.tryNow('leave')
    const proven =
      proof === null
        ? 'right'
        : await this.#asked(async () =>
            this.#errands.roomOf(wayOf(proof.address)).confirm({ vault, contact, ...proof }),
          )
    if (typeof proven === 'object') return proven
    // The owner may have invited anew meanwhile: everything is judged again.
    const answer = this.#ctx.storage.transactionSync(() => {
      const again = this.#judge(request)
      if (again !== null) return again
      if (this.#stores.contacts.isUntold(contact)) return refuse('try-again')
      if (proven === 'wrong') return refuse('wrong-code')
      this.#stores.contacts.accept(contact, answers + 1, sealed, Date.now())
      this.#stores.pushes.forgetGone(contact)
      return DONE
    })
    await this.#ctx.storage.sync()
    return answer
  }

  /** @returns null for an answer that comes next */
  #judge(request: AcceptRequest): DoneAnswer | Refusal | null {
    const known = this.#invited(request)
    if (known === null) return refuse('unknown')
    const { answers, answer } = known.row
    if (answers === request.answers + 1 && answer === request.sealed) return DONE
    return answers === request.answers ? null : refuse('conflict', { version: answers })
  }

  async leave(request: LeaveRequest): Promise<DoneAnswer | Refusal> {
    return this.#goes(this.#invited(request))
  }

  /** The mailroom stops the address that a mailed link went to; here its contact has left this owner, whatever other addresses there are. */
  async stop({ id, token }: StopRequest): Promise<DoneAnswer | Refusal> {
    if (this.#stores.core.vault() === null) return refuse('unknown')
    if (this.#stores.stopLinks.isOf(id, token)) return this.#goes(this.#find((row) => row.id === id))
    const hash = hashOf(token)
    return this.#goes(this.#find((row) => sameHash(row.id + row.stopHash, id + hash)))
  }

  /** Nothing is handed over to this contact from here on; the mailroom is told, and told again until it has heard. */
  async #goes(known: Known | null): Promise<DoneAnswer | Refusal> {
    if (known === null) return refuse('unknown')
    const { core, deliveries, contacts } = this.#stores
    const { id } = known.row
    this.#ctx.storage.transactionSync(() => {
      const now = Date.now()
      contacts.leave(id, now)
      deliveries.refuseUnhanded(id, 'stopped', now)
      core.setDue('leave', now)
      dropUnneeded(this.#stores, now)
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    await this.#errands.tryNow('leave')
    // Until it has heard, something that it has already might still go out.
    return core.isMade() && contacts.isUntold(id) ? refuse('try-again') : DONE
  }

  #invited({ contact, token }: JoinQuestion): Known | null {
    const hash = hashOf(token)
    return this.#find((row) => sameHash(row.id + row.joinHash, contact + hash))
  }

  /** All are compared, so that the time tells nothing. */
  #find(matches: (row: ContactRow) => boolean): Known | null {
    const vault = this.#stores.core.vault()
    if (vault === null) return null
    const row = this.#stores.contacts
      .all()
      .reduce<ContactRow | null>((found, one) => (matches(one) ? one : found), null)
    return row === null ? null : { vault, row }
  }

  async #asked<T>(call: () => Promise<T>): Promise<T | Refusal> {
    try {
      return await withTimeout(call())
    } catch {
      log('mailroom-not-reached')
      return refuse('try-again')
    }
  }
}
