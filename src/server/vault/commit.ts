import type { Refusal } from '../../protocol/codes.ts'
import type { CommitAnswer, CommitRequest } from '../../protocol/vault.ts'
import { hashOf, sameHash } from '../hash.ts'
import { refuse } from '../refusal.ts'
import { isMalformed, judgeCommit } from './commit-rules.ts'
import {
  COMMIT_MAX_MS,
  groundOf,
  keysOf,
  type Placed,
  placeOf,
  type Stores,
  switchTo,
  writeSealed,
} from './committing.ts'
import type { VaultRow } from './core-store.ts'
import type { Errands } from './errands.ts'

/**
 * `before`: what is due by now happens to the vault as it was. `after`: what follows the new one; `alone`: alerts that nobody is on any more.
 * Both within the commit's transaction. `ends`: would anything that is armed be left without its presser?
 */
type Around = {
  before: (vault: VaultRow) => void
  after: (vault: VaultRow, alone: readonly string[]) => void
  ends: (pressers: CommitRequest['pressers']) => boolean
}

/** A commit from its request to its answer (`protocol.md §7.1.1`): judged, written to KV, judged again, and only then true. */
export class Commit {
  readonly #ctx: DurableObjectState
  readonly #kv: KVNamespace
  readonly #stores: Stores
  readonly #errands: Errands
  readonly #around: Around

  constructor(ctx: DurableObjectState, kv: KVNamespace, stores: Stores, errands: Errands, around: Around) {
    this.#ctx = ctx
    this.#kv = kv
    this.#stores = stores
    this.#errands = errands
    this.#around = around
  }

  async make(request: CommitRequest): Promise<CommitAnswer | Refusal> {
    const { core } = this.#stores
    // Before anything is looked up: the same words for a vault that is there and one that is not.
    if (isMalformed(request)) return refuse('malformed')
    if (core.isEnded()) return refuse('unknown')
    if (core.erasing() !== null) return refuse('try-again')
    const judged = this.#judge(request)
    if (judged !== null) return judged
    const placed = placeOf(request)
    this.#ctx.storage.transactionSync(() => {
      core.make()
      core.announceKeys(keysOf(placed), Date.now())
      core.setDue('sweep', core.nextSweepAt(COMMIT_MAX_MS))
    })
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    if (!(await writeSealed(this.#kv, request, placed))) return refuse('try-again')
    const answer = this.#ctx.storage.transactionSync(() => this.#finish(request, placed))
    // The vault was deleted meanwhile, and its list of keys with it.
    if (answer === null) await Promise.allSettled(keysOf(placed).map((key) => this.#kv.delete(key)))
    await this.#errands.arm()
    return answer ?? refuse('try-again')
  }

  /**
   * Others may have come in while KV was written: everything is judged again.
   * @returns null if the keys have been swept meanwhile
   */
  #finish(request: CommitRequest, placed: Placed): CommitAnswer | Refusal | null {
    const { core } = this.#stores
    const now = Date.now()
    if (!core.isMade() || core.erasing() !== null) return null
    const judged = this.#judge(request)
    if (judged !== null) return judged
    if (!core.confirmKeys(keysOf(placed), now)) return null
    const owned = core.vault()
    if (owned !== null) this.#around.before(owned)
    const alone = switchTo(this.#stores, request, placed, now)
    const made = core.vault()
    if (made !== null) this.#around.after(made, alone)
    return { ok: true, version: request.base + 1 }
  }

  /** @returns null for a commit that is to be made */
  #judge(request: CommitRequest): CommitAnswer | Refusal | null {
    const owned = this.#stores.core.vault()
    if (owned !== null && !sameHash(owned.tokenHash, hashOf(request.token))) return refuse('unknown')
    const judgement = judgeCommit(groundOf(this.#stores), request)
    if (judgement.kind === 'refused') return judgement.refusal
    if (judgement.kind === 'repeated') return { ok: true, version: judgement.version }
    const isHeld = owned !== null && !request.endCheckIns && this.#around.ends(request.pressers)
    return isHeld ? refuse('armed') : null
  }
}
