import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { log } from '../log.ts'

const RETRY_MS = 60_000

/** What grows too old: each knows when its next row does. */
export type Kept = { prune(now: number): void; nextPruneAt(): number | null }

/** Erases what is too old, and knows when that is next. */
export class Pruning {
  readonly #kept: readonly Kept[]
  #at: number | null

  constructor(kept: readonly Kept[]) {
    this.#kept = kept
    this.#at = this.#next()
  }

  get at(): number | null {
    return this.#at
  }

  run(now: number): void {
    if (this.#at === null || now < this.#at) return
    this.#at = now + RETRY_MS
    for (const kept of this.#kept) kept.prune(now)
    this.#at = this.#next()
  }

  /** Something was added that will be too old in half an hour, at the earliest. */
  later(now: number): void {
    this.#at = Math.min(this.#at ?? Number.POSITIVE_INFINITY, now + CODE_LIFE_MS)
  }

  #next(): number | null {
    try {
      const times = this.#kept.flatMap((kept) => kept.nextPruneAt() ?? [])
      return times.length === 0 ? null : Math.min(...times)
    } catch {
      log('prune-out-of-order')
      return null
    }
  }
}
