import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { CoverAnswer, CoverQuestion, PressesAnswer } from '../../protocol/presser.ts'
import type { SituationRequest } from '../../protocol/situation.ts'
import type { OwnerRequest } from '../../protocol/vault.ts'
import { refuse } from '../refusal.ts'
import { type Advancing, alertNamed } from './advancing.ts'
import type { State } from './alert-state.ts'
import type { Stores } from './committing.ts'
import type { PresserRow } from './core-store.ts'
import type { Door } from './door.ts'
import type { Errands } from './errands.ts'
import { pressStateOf } from './status.ts'

const DONE: DoneAnswer = { ok: true }

/** What pressers may do beside pressing, and what the owner sees of them (`protocol.md §7.10`). */
export class Pressers {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #door: Door
  readonly #advancing: Advancing
  readonly #errands: Errands

  constructor(
    ctx: DurableObjectState,
    stores: Stores,
    rooms: { door: Door; advancing: Advancing; errands: Errands },
  ) {
    this.#ctx = ctx
    this.#stores = stores
    this.#door = rooms.door
    this.#advancing = rooms.advancing
    this.#errands = rooms.errands
  }

  cover({ token }: CoverQuestion): CoverAnswer | Refusal {
    const known = this.#door.presserByToken(token)
    if (known === null) return refuse('unknown')
    return { ok: true, version: known.vault.version, sealed: known.presser.cover }
  }

  async situation(request: SituationRequest): Promise<DoneAnswer | Refusal> {
    const known = this.#door.presserByToken(request.token)
    if (known === null) return refuse('unknown')
    const answer = this.#ctx.storage.transactionSync(() => {
      const state = this.#advancing.advance(known.vault, { kind: 'tick' }, request.alert)
      return this.#say(known.presser, request, state, Date.now())
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    return answer
  }

  /** Of a press of its own, while that counts or its alert runs. The same words again are answered as the first time. */
  #say(presser: PresserRow, request: SituationRequest, state: State, now: number): DoneAnswer | Refusal {
    const press = state.presses.find(({ id }) => id === request.alert)
    const { made } = this.#stores
    if (press === undefined || !made.isOf(press.id, presser.id)) return refuse('unknown')
    const { after, sealed } = request
    const before = made.said(press.id)
    const said = before?.said ?? 0
    if (said === after + 1 && before?.sealed === sealed) return DONE
    const pressState = pressStateOf(press.stage, alertNamed(state, press.id)?.stage ?? null)
    if (press.practice || (pressState !== 'counting' && pressState !== 'open')) return refuse('closed')
    if (said !== after) return refuse('conflict', { version: said })
    made.say(press.id, { said: said + 1, at: now, sealed })
    return DONE
  }

  async list({ token }: OwnerRequest): Promise<PressesAnswer | Refusal> {
    const vault = this.#door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    this.#advancing.change(vault, { kind: 'tick' }, null)
    await this.#errands.arm()
    const now = Date.now()
    const presses = this.#stores.made.newest().map(({ id: press, stage, alertStage, releaseAt, ...rest }) => {
      const state = pressStateOf(stage, alertStage)
      return { ...rest, press, state, releaseInMs: state === 'counting' ? Math.max(0, releaseAt - now) : 0 }
    })
    return { ok: true, version: vault.version, presses }
  }
}
