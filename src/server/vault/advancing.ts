import { nextDueAt } from './alert-rules.ts'
import type { Event, State } from './alert-state.ts'
import type { Alerting } from './alerting.ts'
import { dropUnneeded, type Stores } from './committing.ts'
import type { VaultRow } from './core-store.ts'

/** One event of the rules, with all that follows from it on the disk: effects, the next alarm, what is not needed any more. */
export class Advancing {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #alerting: Alerting

  constructor(ctx: DurableObjectState, stores: Stores, alerting: Alerting) {
    this.#ctx = ctx
    this.#stores = stores
    this.#alerting = alerting
  }

  /**
   * Within a transaction of the caller.
   * @param id the press or alert that the event or the caller names, so that it is loaded
   */
  advance(vault: VaultRow, event: Event, id: string | null): State {
    const now = Date.now()
    const state = this.#alerting.apply(vault.id, id, event, now)
    this.#stores.core.setDue('rules', nextDueAt(state))
    dropUnneeded(this.#stores, now)
    return state
  }

  /** A transaction of its own. */
  change(vault: VaultRow, event: Event, id: string | null): State {
    return this.#ctx.storage.transactionSync(() => this.advance(vault, event, id))
  }
}

/** An alert is known by its own id, and by that of any press that joined it. */
export const alertNamed = (state: State, id: string) => {
  const joined = state.presses.find((press) => press.id === id)?.alert
  return state.alerts.find((alert) => alert.id === id || alert.id === joined) ?? null
}
