import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type {
  GuardOpenedRequest,
  GuardRemoveRequest,
  GuardSetRequest,
  GuardTryRequest,
} from '../../protocol/guard.ts'
import { GUARDS_MAX } from '../../protocol/limits.ts'
import { hashOf, sameHash } from '../hash.ts'
import { newShareKey, putShares } from '../kv.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { COMMIT_MAX_MS, nextSweepAt, type Stores } from './committing.ts'
import type { Errands } from './errands.ts'
import { NO_TRIES, tryPin } from './guard-rules.ts'
import type { GuardRow, GuardStore } from './guard-store.ts'

/**
 * The shares of the owner's phones (`protocol.md §7.13`). The object counts and decides; KV holds the shares, since the object's own storage has
 * a history. A row that is gone points to no share any more, whatever KV and its caches still hold.
 */
const DONE: DoneAnswer = { ok: true }

/** Where the shares of a guard are in KV, and which of the two is given out. */
export type SharePointer = { key: string; slot: number }

export class Guarding {
  readonly #ctx: DurableObjectState
  readonly #kv: KVNamespace
  readonly #stores: Stores
  readonly #guards: GuardStore
  readonly #errands: Errands

  constructor(
    ctx: DurableObjectState,
    kv: KVNamespace,
    stores: Stores,
    guards: GuardStore,
    errands: Errands,
  ) {
    this.#ctx = ctx
    this.#kv = kv
    this.#stores = stores
    this.#guards = guards
    this.#errands = errands
  }

  /** The owner token has been checked. As with a commit, only the second of two transactions makes it count. */
  async set(request: GuardSetRequest): Promise<DoneAnswer | Refusal> {
    const { core } = this.#stores
    const judged = this.#judge(request)
    if (judged !== null) return judged
    const key = newShareKey(request.vault, request.guard)
    this.#ctx.storage.transactionSync(() => {
      core.announceKeys([key], Date.now())
      core.setDue('sweep', core.nextSweepAt(COMMIT_MAX_MS))
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    try {
      await putShares(
        this.#kv,
        key,
        request.slots.map(({ share }) => share),
      )
    } catch {
      log('kv-put-failed', 1)
      return refuse('try-again')
    }
    const answer = this.#ctx.storage.transactionSync(() => this.#finish(request, key))
    // The vault was deleted meanwhile, and its list of keys with it.
    if (answer === null) await this.#kv.delete(key).catch(() => undefined)
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    return answer ?? refuse('unknown')
  }

  #finish(request: GuardSetRequest, key: string): DoneAnswer | Refusal | null {
    const { core } = this.#stores
    const now = Date.now()
    if (core.vault() === null) return null
    const judged = this.#judge(request)
    if (judged !== null) return judged
    if (!core.confirmKeys([key], now)) return refuse('try-again')
    const { guard: id, device, slots } = request
    this.#guards.add({ id, device, pins: slots.map(({ pin }) => pin), shareKey: key, tries: NO_TRIES })
    return DONE
  }

  /** @returns null for a guard that is to be made */
  #judge({ guard, device, slots }: GuardSetRequest): DoneAnswer | Refusal | null {
    const all = this.#guards.all()
    const known = all.find(({ id }) => id === guard)
    if (known !== undefined) {
      const isSame = known.device === device && slots.every(({ pin }, at) => known.pins[at] === pin)
      return isSame ? DONE : refuse('malformed')
    }
    if (slots[0].pin === slots[1].pin) return refuse('malformed')
    return all.length >= GUARDS_MAX ? refuse('full') : null
  }

  /**
   * Who does not bring the phone's own token changes nothing, and learns nothing. The count is on disk before anybody hears of it: whoever
   * dies in between has spent a try.
   */
  async try({ guard, device, pin }: GuardTryRequest): Promise<SharePointer | Refusal> {
    const answer = this.#ctx.storage.transactionSync(() => {
      const row = this.#known(guard, device)
      return row === null ? refuse('unknown') : this.#tried(row, pin)
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    return answer
  }

  #tried(row: GuardRow, pin: string): SharePointer | Refusal {
    const { tries, answer } = tryPin(row.tries, row.pins, hashOf(pin), Date.now())
    if (answer.kind === 'over') {
      this.#erase([row])
      return refuse('unknown')
    }
    if (tries !== row.tries) this.#guards.setTries(row.id, tries)
    if (answer.kind === 'right') return { key: row.shareKey, slot: answer.slot }
    if (answer.kind === 'wait') return refuse('wait', { waitMs: answer.waitMs })
    const { waitMs, triesLeft } = answer
    return refuse('wrong-pin', { waitMs, triesLeft })
  }

  /** The owner token has been checked: who has it has opened the root. A guard that is gone has no count. */
  async opened({ guard }: GuardOpenedRequest): Promise<DoneAnswer> {
    this.#guards.setTries(guard, NO_TRIES)
    await this.#ctx.storage.sync()
    return DONE
  }

  /** The owner token has been checked. Done twice, it is done once. */
  async remove({ guard }: GuardRemoveRequest): Promise<DoneAnswer> {
    this.#ctx.storage.transactionSync(() => {
      this.#erase(this.#guards.all().filter(({ id }) => guard === null || id === guard))
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    return DONE
  }

  /** At once here; in KV by the alarm, until KV has done it. */
  #erase(rows: readonly GuardRow[]): void {
    const { core } = this.#stores
    for (const { id, shareKey } of rows) {
      this.#guards.drop(id)
      core.retireKey(shareKey, Date.now())
    }
    core.setDue('sweep', nextSweepAt(this.#stores))
  }

  /** All are compared, so that the time tells nothing. */
  #known(guard: string, device: string): GuardRow | null {
    if (this.#stores.core.vault() === null) return null
    const hash = hashOf(device)
    return this.#guards
      .all()
      .reduce<GuardRow | null>(
        (found, row) => (sameHash(row.id + row.device, guard + hash) ? row : found),
        null,
      )
  }
}
