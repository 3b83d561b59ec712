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
import type { VaultRow } from './core-store.ts'
import type { SharePointer } from './guarding.ts'
import type { Pointer } from './plan-store.ts'
import type { LetterPointer } from './reading.ts'
import { type Rooms, roomsOf } from './rooms.ts'

/**
 * The only door to one vault (`protocol.md §7`). Every public method can be reached by whoever holds the stub, so each one
 * checks token, key or id itself. A vault that does not exist is never written to.
 */
export class Vault extends DurableObject<Env> {
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#rooms = roomsOf(ctx, env)
    // An alarm may have been lost with its six throws: whoever wakes the object sets it again.
    ctx.blockConcurrencyWhile(() => this.#rooms.errands.arm())
  }

  /** What only the owner may. */
  async #ifOwned<T>(token: string, then: (vault: VaultRow) => T | Promise<T>): Promise<T | Refusal> {
    const vault = this.#rooms.door.ownedBy(token)
    return vault === null ? refuse('unknown') : then(vault)
  }

  /** What takes no token of the owner: the room judges. */
  async #ifMade<T>(then: () => T | Promise<T>): Promise<T | Refusal> {
    return this.#rooms.core.vault() === null ? refuse('unknown') : then()
  }

  /** @param moves of a family that starts over: what the vault before told */
  async commit(request: CommitRequest, moves: readonly number[] = []): Promise<CommitAnswer | Refusal> {
    const answer = await this.#rooms.commit.make(request)
    if (moves.length > 0 && !isRefusal(answer)) this.#rooms.succeeding.remember(moves)
    return answer
  }

  async pass(request: OwnerRequest, successor: string): Promise<number[] | Refusal> {
    return this.#rooms.succeeding.pass(request, successor)
  }

  async end(request: OwnerRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.succeeding.end(request)
  }

  async putCard(request: CardPutRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.cardPutting.put(request)
  }

  /** @returns where the sealed document is, in KV */
  async open({ token }: OwnerRequest): Promise<{ version: number; key: string } | Refusal> {
    return this.#ifOwned(token, ({ version, documentKey: key }) => ({ version, key }))
  }

  async remove({ vault: id, token }: OwnerRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(token, () => this.#rooms.owning.remove(id))
  }

  async alerts(request: OwnerRequest): Promise<AlertsAnswer | Refusal> {
    return this.#rooms.owning.alerts(request)
  }

  async clear(request: ClearRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#rooms.owning.clear(request, origin)
  }

  async withdraw(request: WithdrawRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.owning.withdraw(request)
  }

  async drill(request: DrillRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#rooms.owning.drill(request, origin)
  }

  async ready(request: ReadyRequest): Promise<ReadyAnswer | Refusal> {
    return this.#rooms.owning.ready(request)
  }

  async guardSet(request: GuardSetRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(request.token, () => this.#rooms.guarding.set(request))
  }

  /** @returns where the share is, in KV */
  async guardTry(request: GuardTryRequest): Promise<SharePointer | Refusal> {
    return this.#rooms.guarding.try(request)
  }

  async guardOpened(request: GuardOpenedRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(request.token, () => this.#rooms.guarding.opened(request))
  }

  async guardRemove(request: GuardRemoveRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(request.token, () => this.#rooms.guarding.remove(request))
  }

  async handOffer(request: HandOfferRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(request.token, () => this.#rooms.handingOver.offer(request))
  }

  async handLook({ token, id }: HandQuestion): Promise<HandLookAnswer | Refusal> {
    return this.#ifOwned(token, () => this.#rooms.handingOver.look(id))
  }

  async handGive(request: HandGiveRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(request.token, () => this.#rooms.handingOver.give(request))
  }

  async handEnd({ token }: HandQuestion): Promise<DoneAnswer | Refusal> {
    return this.#ifOwned(token, () => this.#rooms.handingOver.end())
  }

  async handTake(request: HandTakeRequest): Promise<HandTakeAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.handingOver.take(request))
  }

  async handTaken(request: HandTakeRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.handingOver.taken(request))
  }

  async checkIns(request: CheckInsRequest): Promise<CheckInsAnswer | Refusal> {
    return this.#rooms.checkingIn.list(request)
  }

  async checkInArm(request: ArmRequest, origin: string): Promise<CheckInAnswer | Refusal> {
    return this.#rooms.checkingIn.arm(request, origin)
  }

  async checkInWell(request: WellRequest): Promise<CheckInAnswer | Refusal> {
    return this.#rooms.checkingIn.well(request)
  }

  async checkInExtend(request: ExtendRequest): Promise<CheckInAnswer | Refusal> {
    return this.#rooms.checkingIn.extend(request)
  }

  async checkInEnd(request: EndRequest): Promise<CheckInAnswer | Refusal> {
    return this.#rooms.checkingIn.end(request)
  }

  async checkInCode(request: ReminderCodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#rooms.checkingIn.code(request, origin)
  }

  async contacts({ token }: OwnerRequest): Promise<ContactsAnswer | Refusal> {
    return this.#ifOwned(token, (vault) => this.#rooms.joining.list(vault))
  }

  async join(request: JoinQuestion): Promise<JoinAnswer | Refusal> {
    return this.#rooms.joining.read(request)
  }

  async code(request: CodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    return this.#rooms.joining.code(request, origin)
  }

  async accept(request: AcceptRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.joining.accept(request)
  }

  async leave(request: LeaveRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.joining.leave(request)
  }

  async stop(request: StopRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.joining.stop(request)
  }

  async press(request: PressRequest, origin: string): Promise<PressAnswer | Refusal> {
    return this.#rooms.pressing.press(request, origin)
  }

  async cancel(question: PressQuestion): Promise<PressAnswer | Refusal> {
    return this.#rooms.pressing.cancel(question)
  }

  async status(question: PressQuestion): Promise<PressAnswer | Refusal> {
    return this.#rooms.pressing.status(question)
  }

  async cover(question: CoverQuestion): Promise<CoverAnswer | Refusal> {
    return this.#rooms.pressers.cover(question)
  }

  async situation(request: SituationRequest): Promise<DoneAnswer | Refusal> {
    return this.#rooms.pressers.situation(request)
  }

  async presses(request: OwnerRequest): Promise<PressesAnswer | Refusal> {
    return this.#rooms.pressers.list(request)
  }

  async told(request: ToldRequest, origin: string): Promise<ToldAnswer | Refusal> {
    return this.#rooms.telling.told(request, origin)
  }

  async letter({ letter }: LetterQuestion): Promise<LetterPointer | Refusal> {
    return this.#ifMade(() => this.#rooms.reading.letter(letter))
  }

  /** @param lane of the network that asks */
  async word(request: WordRequest, lane: string): Promise<WordAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.reading.word(request, lane, Date.now()))
  }

  async receipt(request: ReceiptRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.receiving.receipt(request))
  }

  async standing(question: StandingQuestion): Promise<StandingAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.standing.answer(question, this.#rooms.heldUp))
  }

  /** @returns where the sealed plan is, in KV, or null where there is none */
  async plan({ token }: OwnerRequest): Promise<{ plan: Pointer | null } | Refusal> {
    return this.#ifOwned(token, () => ({ plan: this.#rooms.plans.plan() }))
  }

  /** @returns where what comes with the letter is, in KV, or null */
  async share(question: StandingQuestion): Promise<{ key: string | null } | Refusal> {
    return this.#ifMade(() => this.#rooms.sharing.share(question))
  }

  async steps(question: StepsQuestion): Promise<StepsAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.sharing.steps(question))
  }

  async tick(request: TickRequest): Promise<DoneAnswer | Refusal> {
    return this.#ifMade(() => this.#rooms.receiving.tick(request))
  }

  /** From the mailroom, until it is acknowledged. Only deliveries of this vault are heard, whose ids nobody can guess. */
  async report(reports: readonly Report[]): Promise<void> {
    if (this.#rooms.core.vault() === null) return
    this.ctx.storage.transactionSync(() => this.#rooms.errands.hear(reports))
  }

  override async alarm(): Promise<void> {
    await this.#rooms.errands.run({
      rules: (vault) => {
        this.#rooms.advancing.change(vault, { kind: 'tick' }, null)
      },
      'check-ins': (vault) => this.#rooms.checkingIn.run(vault),
      remind: (vault) => this.#rooms.reminding.run(vault),
      tell: () => this.#rooms.telling.run(),
    })
  }
}
