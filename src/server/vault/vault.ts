import { DurableObject } from 'cloudflare:workers'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { DrillRequest, ReadyAnswer, ReadyRequest } from '../../protocol/drill.ts'
import type { GuardRemoveRequest, GuardSetRequest, GuardTryRequest } from '../../protocol/guard.ts'
import type {
  AcceptRequest,
  CodeRequest,
  ContactsAnswer,
  JoinAnswer,
  JoinQuestion,
  LeaveRequest,
} from '../../protocol/join.ts'
import type { WordAnswer } from '../../protocol/letter.ts'
import type {
  LetterQuestion,
  ReceiptRequest,
  StopRequest,
  WordRequest,
} from '../../protocol/letter-requests.ts'
import type { PressAnswer, PressQuestion, PressRequest } from '../../protocol/press.ts'
import type { StandingAnswer, StandingQuestion } from '../../protocol/standing.ts'
import type {
  AlertsAnswer,
  ClearRequest,
  CommitAnswer,
  CommitRequest,
  OwnerRequest,
  WithdrawRequest,
} from '../../protocol/vault.ts'
import type { Env } from '../env.ts'
import { hashOf, sameHash } from '../hash.ts'
import type { Report } from '../mailroom/posting.ts'
import { refuse } from '../refusal.ts'
import { nextDueAt } from './alert-rules.ts'
import type { Event, State } from './alert-state.ts'
import { AlertStore } from './alert-store.ts'
import { Alerting, lateHoldOf } from './alerting.ts'
import { Commit } from './commit.ts'
import { dropUnneeded } from './committing.ts'
import { ContactStore } from './contact-store.ts'
import { CoreStore, type PresserRow, type VaultRow } from './core-store.ts'
import { DrillStore } from './drill-store.ts'
import { Drilling } from './drilling.ts'
import { Errands } from './errands.ts'
import { GuardStore } from './guard-store.ts'
import { Guarding, type SharePointer } from './guarding.ts'
import { Joining } from './joining.ts'
import { LetterStore } from './letter-store.ts'
import { OnItStore } from './on-it-store.ts'
import { PushStore } from './push-store.ts'
import { type LetterPointer, Reading } from './reading.ts'
import { Standing } from './standing.ts'
import { alertSummary, NO_PROGRESS, pressAnswer } from './status.ts'
import { StopLinks } from './stop-links.ts'

const DONE: DoneAnswer = { ok: true }
const LISTED_ALERTS = 20
/** Far more than a person takes back; fewer than would slow an object down. */
const VOIDS_KEPT = 500

/**
 * The only door to one vault (`protocol.md §7`). Every public method can be reached by whoever holds the stub, so each one
 * checks token, key or id itself. A vault that does not exist is never written to.
 */
export class Vault extends DurableObject<Env> {
  readonly #core: CoreStore
  readonly #alerts: AlertStore
  readonly #letters: LetterStore
  readonly #contacts: ContactStore
  readonly #onIt: OnItStore
  readonly #stopLinks: StopLinks
  readonly #pushes: PushStore
  readonly #drills: DrillStore
  readonly #reading: Reading
  readonly #standing: Standing
  readonly #alerting: Alerting
  readonly #errands: Errands
  readonly #joining: Joining
  readonly #commit: Commit
  readonly #drilling: Drilling
  readonly #guarding: Guarding

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    this.#core = new CoreStore(sql)
    this.#alerts = new AlertStore(sql)
    this.#letters = new LetterStore(sql)
    this.#contacts = new ContactStore(sql)
    this.#onIt = new OnItStore(sql)
    this.#stopLinks = new StopLinks(sql)
    this.#pushes = new PushStore(sql)
    this.#drills = new DrillStore(sql)
    this.#reading = new Reading(this.#letters)
    this.#standing = new Standing(this.#letters, this.#onIt)
    this.#alerting = new Alerting(this.#stores)
    this.#drilling = new Drilling(this.#stores, this.#alerting)
    this.#errands = new Errands(ctx, env, this.#stores, this.#alerting)
    this.#joining = new Joining(ctx, this.#stores, this.#errands)
    this.#guarding = new Guarding(ctx, env.SEALED, this.#stores, new GuardStore(sql), this.#errands)
    this.#commit = new Commit(ctx, env.SEALED, this.#stores, this.#errands, (vault) => {
      this.#advance(vault, { kind: 'tick' }, null)
    })
    // An alarm may have been lost with its six throws: whoever wakes the object sets it again.
    ctx.blockConcurrencyWhile(() => this.#errands.arm())
  }

  get #stores() {
    return {
      core: this.#core,
      alerts: this.#alerts,
      letters: this.#letters,
      contacts: this.#contacts,
      onIt: this.#onIt,
      stopLinks: this.#stopLinks,
      pushes: this.#pushes,
      drills: this.#drills,
    }
  }

  async commit(request: CommitRequest): Promise<CommitAnswer | Refusal> {
    return this.#commit.make(request)
  }

  /** @returns where the sealed document is, in KV */
  async open({ token }: OwnerRequest): Promise<{ version: number; key: string } | Refusal> {
    const vault = this.#ownedBy(token)
    return vault === null ? refuse('unknown') : { version: vault.version, key: vault.documentKey }
  }

  async remove({ vault: id, token }: OwnerRequest): Promise<DoneAnswer | Refusal> {
    if (this.#ownedBy(token) === null) return refuse('unknown')
    this.ctx.storage.transactionSync(() => this.#core.startErasing(id, Date.now()))
    await this.#errands.arm()
    await this.#errands.tryNow('erase')
    return DONE
  }

  async alerts({ token }: OwnerRequest): Promise<AlertsAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    if (vault === null) return refuse('unknown')
    this.#change(vault, { kind: 'tick' }, null)
    await this.#errands.arm()
    const alerts = this.#alerts
      .newest(LISTED_ALERTS)
      .map(({ lettersOut, ...alert }) => alertSummary(alert, this.#alerts.progress(alert.id), lettersOut))
    return { ok: true, version: vault.version, alerts }
  }

  /** An alert is known by its own id, and by that of any press that joined it. */
  async clear({ token, alert: id, key }: ClearRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    if (vault === null) return refuse('unknown')
    const answer = this.ctx.storage.transactionSync(() => {
      const state = this.#advance(vault, { kind: 'tick' }, id)
      const alert = alertNamed(state, id)
      if (alert === null) return refuse('unknown')
      if (alert.stage === 'cleared') return DONE
      if (alert.stage === 'expired') {
        const presser = key === null ? null : this.#presserOf(key)
        if (key === null || presser === null) return refuse('key-needed')
        this.#alerting.holdFor(
          lateHoldOf(alert.id),
          vault.id,
          presser,
          key,
          this.#errands.originFor(origin),
          Date.now(),
        )
        // Better no all-clear than one that reaches nobody, and says that it did.
        if (!this.#alerting.opens(vault.id, lateHoldOf(alert.id))) {
          dropUnneeded(this.#stores, Date.now())
          return refuse('try-again')
        }
      }
      this.#advance(vault, { kind: 'clear', alert: alert.id }, alert.id)
      return DONE
    })
    await this.#errands.arm()
    return answer
  }

  async withdraw({ token, alert: id }: WithdrawRequest): Promise<DoneAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    if (vault === null) return refuse('unknown')
    const answer = this.ctx.storage.transactionSync(() => {
      const alert = alertNamed(this.#advance(vault, { kind: 'tick' }, id), id)
      if (alert === null) return refuse('unknown')
      if (alert.stage === 'open') return refuse('open-alert')
      this.#letters.withdraw(alert.id)
      dropUnneeded(this.#stores, Date.now())
      return DONE
    })
    await this.#errands.arm()
    return answer
  }

  /** @param origin of the links in the messages, where the host has not set one */
  async drill({ token, key, drill }: DrillRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    const presser = vault === null ? null : this.#presserOf(key)
    if (vault === null || presser === null) return refuse('unknown')
    const answer = this.ctx.storage.transactionSync(() => {
      const state = this.#advance(vault, { kind: 'tick' }, drill)
      const from = this.#errands.originFor(origin)
      const started = this.#drilling.start({
        vault,
        presser,
        key,
        origin: from,
        drill,
        state,
        now: Date.now(),
      })
      dropUnneeded(this.#stores, Date.now())
      return started ?? DONE
    })
    await this.#errands.arm()
    await this.ctx.storage.sync()
    return answer
  }

  async ready({ token, key }: ReadyRequest): Promise<ReadyAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    if (vault === null) return refuse('unknown')
    const keyKnown = key !== null && this.#presserOf(key) !== null
    return { ok: true, version: vault.version, keyKnown, ...this.#drilling.list(Date.now()) }
  }

  async guardSet(request: GuardSetRequest): Promise<DoneAnswer | Refusal> {
    return this.#ownedBy(request.token) === null ? refuse('unknown') : this.#guarding.set(request)
  }

  /** @returns where the share is, in KV */
  async guardTry(request: GuardTryRequest): Promise<SharePointer | Refusal> {
    return this.#guarding.try(request)
  }

  async guardRemove(request: GuardRemoveRequest): Promise<DoneAnswer | Refusal> {
    return this.#ownedBy(request.token) === null ? refuse('unknown') : this.#guarding.remove(request)
  }

  async contacts({ token }: OwnerRequest): Promise<ContactsAnswer | Refusal> {
    const vault = this.#ownedBy(token)
    return vault === null ? refuse('unknown') : this.#joining.list(vault)
  }

  async join(request: JoinQuestion): Promise<JoinAnswer | Refusal> {
    return this.#joining.read(request)
  }

  async code(request: CodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#joining.code(request, origin)
  }

  async accept(request: AcceptRequest): Promise<DoneAnswer | Refusal> {
    return this.#joining.accept(request)
  }

  async leave(request: LeaveRequest): Promise<DoneAnswer | Refusal> {
    return this.#joining.leave(request)
  }

  async stop(request: StopRequest): Promise<DoneAnswer | Refusal> {
    return this.#joining.stop(request)
  }

  /** @param origin of the links in the messages, where the host has not set one */
  async press(request: PressRequest, origin: string): Promise<PressAnswer | Refusal> {
    const known = this.#pressing(request.key)
    if (known === null) return refuse('unknown')
    const { vault, presser } = known
    const { alert: id, practice, ageMs } = request
    return this.#pressed(id, () => {
      const before = this.#advance(vault, { kind: 'tick' }, id)
      if (!practice && !before.presses.some((press) => press.id === id)) {
        this.#alerting.holdFor(
          id,
          vault.id,
          presser,
          request.key,
          this.#errands.originFor(origin),
          Date.now(),
        )
      }
      return this.#advance(vault, { kind: 'press', id, practice, ageMs, delayMs: presser.delayMs }, id)
    })
  }

  async cancel({ key, alert: id }: PressQuestion): Promise<PressAnswer | Refusal> {
    const known = this.#pressing(key)
    if (known === null) return refuse('unknown')
    return this.#pressed(id, () => {
      const state = this.#advance(known.vault, { kind: 'cancel', id }, id)
      this.#alerts.trimVoids(VOIDS_KEPT)
      return state
    })
  }

  async status({ key, alert: id }: PressQuestion): Promise<PressAnswer | Refusal> {
    const known = this.#pressing(key)
    if (known === null) return refuse('unknown')
    return this.#pressed(id, () => this.#advance(known.vault, { kind: 'tick' }, id))
  }

  async letter({ letter }: LetterQuestion): Promise<LetterPointer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#reading.letter(letter)
  }

  /** @param lane of the network that asks */
  async word(request: WordRequest, lane: string): Promise<WordAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#reading.word(request, lane, Date.now())
  }

  async receipt(request: ReceiptRequest): Promise<DoneAnswer | Refusal> {
    const vault = this.#core.vault()
    if (vault === null) return refuse('unknown')
    if (request.kind === 'opened') return this.#reading.opened(request, Date.now())
    if (this.#standing.knows(request) === null) return refuse('unknown')
    const answer = this.ctx.storage.transactionSync(() => {
      // What is due by now goes out as it stood before this word.
      this.#advance(vault, { kind: 'tick' }, null)
      const said = this.#standing.say(request, Date.now())
      if ('error' in said) return said
      const { alert, alone } = said
      this.#advance(vault, alone ? { kind: 'alone', alert } : { kind: 'tick' }, alert)
      return DONE
    })
    await this.#errands.arm()
    await this.ctx.storage.sync()
    return answer
  }

  async standing(question: StandingQuestion): Promise<StandingAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#standing.answer(question)
  }

  /** From the mailroom, until it is acknowledged. Only deliveries of this vault are heard, whose ids nobody can guess. */
  async report(reports: readonly Report[]): Promise<void> {
    if (this.#core.vault() === null) return
    this.ctx.storage.transactionSync(() => this.#errands.hear(reports))
  }

  override async alarm(): Promise<void> {
    await this.#errands.run((vault) => this.#change(vault, { kind: 'tick' }, null))
  }

  #ownedBy(token: string): VaultRow | null {
    const vault = this.#core.vault()
    return vault !== null && sameHash(vault.tokenHash, hashOf(token)) ? vault : null
  }

  /** All hashes are compared, so that the time tells nothing. */
  #presserOf(key: string): PresserRow | null {
    const hash = hashOf(key)
    return this.#core
      .pressers()
      .reduce<PresserRow | null>((found, one) => (sameHash(one.hash, hash) ? one : found), null)
  }

  #pressing(key: string): { vault: VaultRow; presser: PresserRow } | null {
    const vault = this.#core.vault()
    const presser = vault === null ? null : this.#presserOf(key)
    return vault === null || presser === null ? null : { vault, presser }
  }

  /** One event, within a transaction of the caller. */
  #advance(vault: VaultRow, event: Event, id: string | null): State {
    const now = Date.now()
    const state = this.#alerting.apply(vault.id, id, event, now)
    this.#core.setDue('rules', nextDueAt(state))
    dropUnneeded(this.#stores, now)
    return state
  }

  #change(vault: VaultRow, event: Event, id: string | null): State {
    return this.ctx.storage.transactionSync(() => this.#advance(vault, event, id))
  }

  /** Changes, then answers with how press `id` stands. The answer leaves only when the change is on disk. */
  async #pressed(id: string, change: () => State): Promise<PressAnswer | Refusal> {
    const state = this.ctx.storage.transactionSync(change)
    await this.#errands.arm()
    await this.ctx.storage.sync()
    const press = state.presses.find((one) => one.id === id)
    if (press === undefined) return refuse('unknown')
    const alert = press.alert === null ? null : alertNamed(state, press.alert)
    const progress = alert === null ? NO_PROGRESS : this.#alerts.progress(alert.id)
    return pressAnswer(press, alert, progress, Date.now())
  }
}

const alertNamed = (state: State, id: string) => {
  const joined = state.presses.find((press) => press.id === id)?.alert
  return state.alerts.find((alert) => alert.id === id || alert.id === joined) ?? null
}
