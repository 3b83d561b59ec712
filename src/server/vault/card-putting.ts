import type { CardPutRequest } from '../../protocol/card.ts'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import { cardKey, putSealed } from '../kv.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import { COMMIT_MAX_MS, type Stores } from './committing.ts'
import type { Door } from './door.ts'
import type { Errands } from './errands.ts'

/**
 * Puts a card into the directory of codes (`protocol.md §7.11`). As with a commit, its KV key is written down before KV is written, and counts
 * only after it; what came to nothing is swept. A commit without the presser takes it out again (`committing.ts`).
 */
const DONE: DoneAnswer = { ok: true }

export class CardPutting {
  readonly #ctx: DurableObjectState
  readonly #kv: KVNamespace
  readonly #stores: Stores
  readonly #door: Door
  readonly #errands: Errands

  constructor(ctx: DurableObjectState, kv: KVNamespace, stores: Stores, door: Door, errands: Errands) {
    this.#ctx = ctx
    this.#kv = kv
    this.#stores = stores
    this.#door = door
    this.#errands = errands
  }

  async put(request: CardPutRequest): Promise<DoneAnswer | Refusal> {
    const { core, cards } = this.#stores
    const { lookup, sealed } = request
    const key = cardKey(lookup)
    const judged = this.#judge(request)
    if (judged !== null) return judged
    // Who has photographed another's card must not turn its code to a vault of his own, or erase it with his.
    if (!cards.has(lookup) && (await this.#isTaken(key))) return refuse('malformed')
    const announced = this.#ctx.storage.transactionSync(() => {
      const again = this.#judge(request)
      if (again !== null) return again
      const now = Date.now()
      // One that was given up is being erased at this moment.
      if (core.keyState(key) === 'dead') return refuse('try-again')
      if (core.keyState(key) === null) core.announceKeys([key], now)
      if (!cards.has(lookup)) cards.add(lookup, request.presser)
      core.setDue('sweep', core.nextSweepAt(COMMIT_MAX_MS))
      return null
    })
    if (announced !== null) return announced
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    try {
      await withTimeout(putSealed(this.#kv, key, sealed))
    } catch {
      log('kv-put-failed', 1)
      return refuse('try-again')
    }
    return this.#finish(request, key)
  }

  /** Others may have come in while KV was written: the card may be revoked by now, or the vault gone. */
  async #finish(request: CardPutRequest, key: string): Promise<DoneAnswer | Refusal> {
    const { core } = this.#stores
    const answer = this.#ctx.storage.transactionSync(() => {
      const judged = this.#judge(request)
      if (judged !== null) return judged
      return core.confirmKeys([key], Date.now()) ? DONE : refuse('try-again')
    })
    const isLive = core.isMade() && core.keyState(key) === 'live'
    if (!isLive) await Promise.allSettled([this.#kv.delete(key)])
    await this.#errands.arm()
    return answer
  }

  /** @returns null for a card that is to be put into the directory */
  #judge({ token, presser, lookup }: CardPutRequest): DoneAnswer | Refusal | null {
    const { core, cards } = this.#stores
    if (this.#door.ownedBy(token) === null) return refuse('unknown')
    if (!core.pressers().some(({ id }) => id === presser)) return refuse('unknown')
    const known = cards.lookupOf(presser)
    if (known !== lookup && (known !== null || cards.has(lookup))) return refuse('malformed')
    return known === lookup && core.keyState(cardKey(lookup)) === 'live' ? DONE : null
  }

  async #isTaken(key: string): Promise<boolean> {
    try {
      return (await withTimeout(this.#kv.get(key, 'arrayBuffer'))) !== null
    } catch {
      // What cannot be read will hardly be written: the next step says so.
      return false
    }
  }
}
