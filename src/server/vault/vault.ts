import { DurableObject } from 'cloudflare:workers'
import type { CardPutRequest } from '../../protocol/card.ts'
import type {
  ArmRequest,
  CheckInAnswer,
  CheckInsAnswer,
  CheckInsRequest,
  EndRequest,
  ExtendRequest,
  ReminderCodeRequest,
  WellRequest,
} from '../../protocol/check-in.ts'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { DrillRequest, ReadyAnswer, ReadyRequest } from '../../protocol/drill.ts'
import type {
  GuardOpenedRequest,
  GuardRemoveRequest,
  GuardSetRequest,
  GuardTryRequest,
} from '../../protocol/guard.ts'
import type {
  HandGiveRequest,
  HandLookAnswer,
  HandOfferRequest,
  HandQuestion,
  HandTakeAnswer,
  HandTakeRequest,
} from '../../protocol/hand-over.ts'
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
import type { CoverAnswer, CoverQuestion, PressesAnswer } from '../../protocol/presser.ts'
import type { SituationRequest } from '../../protocol/situation.ts'
import type { StandingAnswer, StandingQuestion } from '../../protocol/standing.ts'
import type { StepsAnswer, StepsQuestion, TickRequest } from '../../protocol/steps.ts'
import type { ToldAnswer, ToldRequest } from '../../protocol/told.ts'
import type {
  AlertsAnswer,
  ClearRequest,
  CommitAnswer,
  CommitRequest,
  OwnerRequest,
  WithdrawRequest,
} from '../../protocol/vault.ts'
import type { Env } from '../env.ts'
import type { Report } from '../mailroom/posting.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { Advancing } from './advancing.ts'
import { AlertStore } from './alert-store.ts'
import { Alerting } from './alerting.ts'
import { CardPutting } from './card-putting.ts'
import { CardStore } from './card-store.ts'
import { CheckInStore } from './check-in-store.ts'
import { CheckingIn } from './checking-in.ts'
import { Commit } from './commit.ts'
import { ContactStore } from './contact-store.ts'
import { CoreStore } from './core-store.ts'
import { DeliveryStore } from './delivery-store.ts'
import { Door } from './door.ts'
import { DrillStore } from './drill-store.ts'
import { Drilling } from './drilling.ts'
import { Errands } from './errands.ts'
import { GuardStore } from './guard-store.ts'
import { Guarding, type SharePointer } from './guarding.ts'
import { HandingOver } from './handing-over.ts'
import { HeldUp } from './held-up.ts'
import { Joining } from './joining.ts'
import { LetterStore } from './letter-store.ts'
import { OnItStore } from './on-it-store.ts'
import { Owning } from './owning.ts'
import { PlanStore, type Pointer } from './plan-store.ts'
import { PresserStore } from './presser-store.ts'
import { Pressers } from './pressers.ts'
import { Pressing } from './pressing.ts'
import { PushStore } from './push-store.ts'
import { type LetterPointer, Reading } from './reading.ts'
import { Reminding } from './reminding.ts'
import { Sharing } from './sharing.ts'
import { Standing } from './standing.ts'
import { StepStore } from './step-store.ts'
import { StopLinks } from './stop-links.ts'
import { Succeeding } from './succeeding.ts'
import { SuccessionStore } from './succession-store.ts'
import { Telling } from './telling.ts'
import { ToldStore } from './told-store.ts'

const DONE: DoneAnswer = { ok: true }

/**
 * The only door to one vault (`protocol.md §7`). Every public method can be reached by whoever holds the stub, so each one
 * checks token, key or id itself. A vault that does not exist is never written to.
 */
export class Vault extends DurableObject<Env> {
  readonly #core: CoreStore
  readonly #cards: CardStore
  readonly #alerts: AlertStore
  readonly #deliveries: DeliveryStore
  readonly #letters: LetterStore
  readonly #contacts: ContactStore
  readonly #onIt: OnItStore
  readonly #stopLinks: StopLinks
  readonly #pushes: PushStore
  readonly #drills: DrillStore
  readonly #made: PresserStore
  readonly #checkIns: CheckInStore
  readonly #plans: PlanStore
  readonly #steps: StepStore
  readonly #sharing: Sharing
  readonly #reading: Reading
  readonly #standing: Standing
  readonly #errands: Errands
  readonly #heldUp: HeldUp
  readonly #joining: Joining
  readonly #commit: Commit
  readonly #door: Door
  readonly #advancing: Advancing
  readonly #cardPutting: CardPutting
  readonly #owning: Owning
  readonly #pressing: Pressing
  readonly #pressers: Pressers
  readonly #guarding: Guarding
  readonly #handingOver = new HandingOver()
  readonly #checkingIn: CheckingIn
  readonly #reminding: Reminding
  readonly #succeeding: Succeeding
  readonly #telling: Telling

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    this.#core = new CoreStore(sql)
    this.#cards = new CardStore(sql)
    this.#alerts = new AlertStore(sql)
    this.#deliveries = new DeliveryStore(sql)
    this.#letters = new LetterStore(sql)
    this.#contacts = new ContactStore(sql)
    this.#onIt = new OnItStore(sql)
    this.#stopLinks = new StopLinks(sql)
    this.#pushes = new PushStore(sql)
    this.#drills = new DrillStore(sql)
    this.#plans = new PlanStore(sql)
    this.#steps = new StepStore(sql)
    this.#made = new PresserStore(sql)
    this.#checkIns = new CheckInStore(sql)
    this.#reading = new Reading(this.#letters)
    this.#standing = new Standing(this.#letters, this.#onIt, this.#made)
    this.#sharing = new Sharing(this.#standing, this.#plans, this.#steps)
    const alerting = new Alerting(this.#stores)
    this.#door = new Door(this.#core)
    this.#advancing = new Advancing(ctx, this.#stores, alerting)
    this.#errands = new Errands(ctx, env, this.#stores, alerting)
    this.#joining = new Joining(ctx, this.#stores, this.#errands)
    this.#heldUp = new HeldUp(this.#deliveries, this.#errands)
    const rooms = {
      ...{ door: this.#door, alerting, advancing: this.#advancing, errands: this.#errands },
      heldUp: this.#heldUp,
    }
    const { core, alerts } = this.#stores
    this.#telling = new Telling(ctx, env, new ToldStore(sql), { core, alerts, ...rooms })
    this.#pressing = new Pressing(ctx, this.#stores, { ...rooms, telling: this.#telling })
    this.#pressers = new Pressers(ctx, this.#stores, rooms)
    this.#owning = new Owning(ctx, this.#stores, {
      ...rooms,
      drilling: new Drilling(this.#stores, alerting),
    })
    this.#guarding = new Guarding(ctx, env.SEALED, this.#stores, new GuardStore(sql), this.#errands)
    this.#cardPutting = new CardPutting(ctx, env.SEALED, this.#stores, this.#door, this.#errands)
    this.#checkingIn = new CheckingIn(ctx, this.#stores, rooms)
    this.#reminding = new Reminding(ctx, env, this.#stores, this.#errands)
    this.#succeeding = new Succeeding(ctx, this.#core, new SuccessionStore(sql), {
      ...rooms,
      checkingIn: this.#checkingIn,
    })
    this.#commit = new Commit(ctx, env.SEALED, this.#stores, this.#errands, {
      before: (vault) => {
        this.#advancing.advance(vault, { kind: 'tick' }, null)
        this.#checkingIn.tick(vault)
      },
      after: (vault, alone) => {
        for (const alert of alone) this.#advancing.advance(vault, { kind: 'alone', alert }, alert)
        this.#checkingIn.follow(vault)
      },
      ends: (pressers) => this.#checkingIn.isNeeded(pressers),
    })
    // An alarm may have been lost with its six throws: whoever wakes the object sets it again.
    ctx.blockConcurrencyWhile(() => this.#errands.arm())
  }

  get #stores() {
    return {
      core: this.#core,
      cards: this.#cards,
      alerts: this.#alerts,
      deliveries: this.#deliveries,
      letters: this.#letters,
      contacts: this.#contacts,
      onIt: this.#onIt,
      stopLinks: this.#stopLinks,
      pushes: this.#pushes,
      drills: this.#drills,
      made: this.#made,
      checkIns: this.#checkIns,
      plans: this.#plans,
      steps: this.#steps,
    }
  }

  /** @param moves of a family that starts over: what the vault before told */
  async commit(request: CommitRequest, moves: readonly number[] = []): Promise<CommitAnswer | Refusal> {
    const answer = await this.#commit.make(request)
    if (moves.length > 0 && !isRefusal(answer)) this.#succeeding.remember(moves)
    return answer
  }

  async pass(request: OwnerRequest, successor: string): Promise<number[] | Refusal> {
    return this.#succeeding.pass(request, successor)
  }

  async end(request: OwnerRequest): Promise<DoneAnswer | Refusal> {
    return this.#succeeding.end(request)
  }

  async putCard(request: CardPutRequest): Promise<DoneAnswer | Refusal> {
    return this.#cardPutting.put(request)
  }

  /** @returns where the sealed document is, in KV */
  async open({ token }: OwnerRequest): Promise<{ version: number; key: string } | Refusal> {
    const vault = this.#door.ownedBy(token)
    return vault === null ? refuse('unknown') : { version: vault.version, key: vault.documentKey }
  }

  async remove({ vault: id, token }: OwnerRequest): Promise<DoneAnswer | Refusal> {
    if (this.#door.ownedBy(token) === null) return refuse('unknown')
    this.ctx.storage.transactionSync(() => this.#core.startErasing(id, Date.now()))
    await this.#errands.arm()
    await this.#errands.tryNow('erase')
    return DONE
  }

  async alerts(request: OwnerRequest): Promise<AlertsAnswer | Refusal> {
    return this.#owning.alerts(request)
  }

  async clear(request: ClearRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#owning.clear(request, origin)
  }

  async withdraw(request: WithdrawRequest): Promise<DoneAnswer | Refusal> {
    return this.#owning.withdraw(request)
  }

  async drill(request: DrillRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#owning.drill(request, origin)
  }

  async ready(request: ReadyRequest): Promise<ReadyAnswer | Refusal> {
    return this.#owning.ready(request)
  }

  async guardSet(request: GuardSetRequest): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(request.token) === null ? refuse('unknown') : this.#guarding.set(request)
  }

  /** @returns where the share is, in KV */
  async guardTry(request: GuardTryRequest): Promise<SharePointer | Refusal> {
    return this.#guarding.try(request)
  }

  async guardOpened(request: GuardOpenedRequest): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(request.token) === null ? refuse('unknown') : this.#guarding.opened(request)
  }

  async guardRemove(request: GuardRemoveRequest): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(request.token) === null ? refuse('unknown') : this.#guarding.remove(request)
  }

  async handOffer(request: HandOfferRequest): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(request.token) === null ? refuse('unknown') : this.#handingOver.offer(request)
  }

  async handLook({ token, id }: HandQuestion): Promise<HandLookAnswer | Refusal> {
    return this.#door.ownedBy(token) === null ? refuse('unknown') : this.#handingOver.look(id)
  }

  async handGive(request: HandGiveRequest): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(request.token) === null ? refuse('unknown') : this.#handingOver.give(request)
  }

  async handEnd({ token }: HandQuestion): Promise<DoneAnswer | Refusal> {
    return this.#door.ownedBy(token) === null ? refuse('unknown') : this.#handingOver.end()
  }

  async handTake(request: HandTakeRequest): Promise<HandTakeAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#handingOver.take(request)
  }

  async handTaken(request: HandTakeRequest): Promise<DoneAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#handingOver.taken(request)
  }

  async checkIns(request: CheckInsRequest): Promise<CheckInsAnswer | Refusal> {
    return this.#checkingIn.list(request)
  }

  async checkInArm(request: ArmRequest, origin: string): Promise<CheckInAnswer | Refusal> {
    return this.#checkingIn.arm(request, origin)
  }

  async checkInWell(request: WellRequest): Promise<CheckInAnswer | Refusal> {
    return this.#checkingIn.well(request)
  }

  async checkInExtend(request: ExtendRequest): Promise<CheckInAnswer | Refusal> {
    return this.#checkingIn.extend(request)
  }

  async checkInEnd(request: EndRequest): Promise<CheckInAnswer | Refusal> {
    return this.#checkingIn.end(request)
  }

  async checkInCode(request: ReminderCodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#checkingIn.code(request, origin)
  }

  async contacts({ token }: OwnerRequest): Promise<ContactsAnswer | Refusal> {
    const vault = this.#door.ownedBy(token)
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

  async press(request: PressRequest, origin: string): Promise<PressAnswer | Refusal> {
    return this.#pressing.press(request, origin)
  }

  async cancel(question: PressQuestion): Promise<PressAnswer | Refusal> {
    return this.#pressing.cancel(question)
  }

  async status(question: PressQuestion): Promise<PressAnswer | Refusal> {
    return this.#pressing.status(question)
  }

  async cover(question: CoverQuestion): Promise<CoverAnswer | Refusal> {
    return this.#pressers.cover(question)
  }

  async situation(request: SituationRequest): Promise<DoneAnswer | Refusal> {
    return this.#pressers.situation(request)
  }

  async presses(request: OwnerRequest): Promise<PressesAnswer | Refusal> {
    return this.#pressers.list(request)
  }

  async told(request: ToldRequest, origin: string): Promise<ToldAnswer | Refusal> {
    return this.#telling.told(request, origin)
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
      this.#advancing.advance(vault, { kind: 'tick' }, null)
      const said = this.#standing.say(request, Date.now())
      if ('error' in said) return said
      const { alert, alone } = said
      this.#advancing.advance(vault, alone ? { kind: 'alone', alert } : { kind: 'tick' }, alert)
      return DONE
    })
    await this.#errands.arm()
    await this.ctx.storage.sync()
    return answer
  }

  async standing(question: StandingQuestion): Promise<StandingAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#standing.answer(question, this.#heldUp)
  }

  /** @returns where the sealed plan is, in KV, or null where there is none */
  async plan({ token }: OwnerRequest): Promise<{ plan: Pointer | null } | Refusal> {
    return this.#door.ownedBy(token) === null ? refuse('unknown') : { plan: this.#plans.plan() }
  }

  /** @returns where what comes with the letter is, in KV, or null */
  async share(question: StandingQuestion): Promise<{ key: string | null } | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#sharing.share(question)
  }

  async steps(question: StepsQuestion): Promise<StepsAnswer | Refusal> {
    return this.#core.vault() === null ? refuse('unknown') : this.#sharing.steps(question)
  }

  async tick(request: TickRequest): Promise<DoneAnswer | Refusal> {
    if (this.#core.vault() === null) return refuse('unknown')
    const answer = this.ctx.storage.transactionSync(() => this.#sharing.tick(request))
    await this.ctx.storage.sync()
    return answer
  }

  /** From the mailroom, until it is acknowledged. Only deliveries of this vault are heard, whose ids nobody can guess. */
  async report(reports: readonly Report[]): Promise<void> {
    if (this.#core.vault() === null) return
    this.ctx.storage.transactionSync(() => this.#errands.hear(reports))
  }

  override async alarm(): Promise<void> {
    await this.#errands.run({
      rules: (vault) => {
        this.#advancing.change(vault, { kind: 'tick' }, null)
      },
      'check-ins': (vault) => this.#checkingIn.run(vault),
      remind: (vault) => this.#reminding.run(vault),
      tell: () => this.#telling.run(),
    })
  }
}
