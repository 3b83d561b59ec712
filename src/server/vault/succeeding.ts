import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { OwnerRequest } from '../../protocol/vault.ts'
import { refuse } from '../refusal.ts'
import type { Advancing } from './advancing.ts'
import type { CheckingIn } from './checking-in.ts'
import type { CoreStore } from './core-store.ts'
import type { Door } from './door.ts'
import { isAlarmed } from './drill-rules.ts'
import type { Errands } from './errands.ts'
import { movesOf, passTo } from './succession-rules.ts'
import type { SuccessionStore } from './succession-store.ts'

const DONE: DoneAnswer = { ok: true }
/** As long as a message may wait for its provider. */
const WAITING_MAX_MS = 48 * 3_600_000

type Rooms = { door: Door; advancing: Advancing; checkingIn: CheckingIn; errands: Errands }

/** A family starts over: one vault lets another in, and ends for good (`protocol.md §7.16`). */
export class Succeeding {
  readonly #ctx: DurableObjectState
  readonly #core: CoreStore
  readonly #store: SuccessionStore
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, core: CoreStore, store: SuccessionStore, rooms: Rooms) {
    this.#ctx = ctx
    this.#core = core
    this.#store = store
    this.#rooms = rooms
  }

  /** @returns the moves that the successor is to remember, or a refusal: then the doors decide */
  async pass({ token }: OwnerRequest, successor: string): Promise<number[] | Refusal> {
    const vault = this.#rooms.door.ownedBy(token)
    if (vault === null || vault.id === successor) return refuse('unknown')
    const passed = this.#ctx.storage.transactionSync(() => {
      const next = passTo(this.#store.get(), successor, Date.now())
      if (next !== null) this.#store.set(next)
      return next
    })
    await this.#ctx.storage.sync()
    return passed === null ? refuse('slow-down', { waitMs: 0 }) : movesOf(passed)
  }

  /** This vault was let in so. */
  remember(moves: readonly number[]): void {
    const { successor, passedAt } = this.#store.get()
    this.#store.set({ moves, successor, passedAt })
  }

  /** Not while anybody may need it: an alert, a press that counts, a message that people wait for. */
  async end({ vault: id, token }: OwnerRequest): Promise<DoneAnswer | Refusal> {
    const { door, advancing, checkingIn, errands } = this.#rooms
    const vault = door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    const refused = this.#ctx.storage.transactionSync(() => {
      // What is due by now happens first.
      checkingIn.tick(vault)
      const now = Date.now()
      if (isAlarmed(advancing.advance(vault, { kind: 'tick' }, null))) return refuse('open-alert')
      if (this.#store.hasWaiting(now - WAITING_MAX_MS)) return refuse('try-again')
      this.#core.startErasing(id, now, 'for-good')
      return null
    })
    await errands.arm()
    if (refused !== null) return refused
    await errands.tryNow('erase')
    return DONE
  }
}
