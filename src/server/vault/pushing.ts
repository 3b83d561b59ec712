import type { DeliveryReason } from '../../protocol/vault.ts'
import type { Outcome } from '../channels/channel.ts'
import { type Push, sendPush } from '../channels/push.ts'
import { type Env, settingsOf } from '../env.ts'
import { log } from '../log.ts'
import type { Report } from '../mailroom/posting.ts'
import type { Alerting } from './alerting.ts'
import { dropUnneeded, type Stores } from './committing.ts'
import type { VaultRow } from './core-store.ts'
import type { Waiting } from './push-store.ts'

/**
 * Pushes, straight from the vault: each has its own lease and its own next try, and no alarm waits for a push service, so that mail
 * is never held up. Everything here may happen twice.
 */
const LEASE_MS = 30_000
const PUSHED_A_RUN = 24
/** Older than that it is no news; the roster's key is not kept for it any longer. */
const GIVE_UP_MS = 24 * 3_600_000
const RETRY_MIN_MS = 2_000
const RETRY_MAX_MS = 300_000

/** `outcome`: null where nothing was sent. `attempts` are those before this one. `lost`: of the last one nothing was ever heard. */
type Tried = {
  isDrill: boolean
  lost: boolean
  outcome: Outcome | null
  attempts: number
  createdAt: number
  isConfigured: boolean
  isWritten: boolean
}
type Verdict =
  | { state: 'sent'; reason: null }
  | { state: 'refused'; reason: DeliveryReason }
  | { state: 'waiting'; reason: DeliveryReason | null; at: number }

/** Pure. A push service says no more than that it has taken a push: *sent* is as far as it comes. */
export const verdictOf = (
  { isDrill, lost, outcome, attempts, createdAt, isConfigured, isWritten }: Tried,
  now: number,
): Verdict => {
  if (outcome?.kind === 'accepted') return { state: 'sent', reason: null }
  if (!isWritten) return { state: 'refused', reason: 'provider' }
  // Practice is rather lost than repeated.
  if (isDrill && (lost || (outcome?.kind === 'retry' && outcome.unsure)))
    return { state: 'refused', reason: 'expired' }
  if (outcome?.kind === 'refused') return { state: 'refused', reason: outcome.reason }
  if (createdAt + GIVE_UP_MS <= now)
    return { state: 'refused', reason: isConfigured ? 'expired' : 'not-configured' }
  if (outcome?.kind !== 'retry') return { state: 'waiting', reason: 'not-configured', at: now + RETRY_MAX_MS }
  const waitMs = Math.max(outcome.afterMs ?? 0, RETRY_MIN_MS * 2 ** Math.min(attempts, 10))
  return { state: 'waiting', reason: outcome.reason, at: now + Math.min(RETRY_MAX_MS, waitMs) }
}

const isDrill = ({ kind }: Waiting): boolean => kind === 'drill'
const isLost = (waiting: Waiting): boolean => isDrill(waiting) && waiting.trying === 1

type Sent = { waiting: Waiting; push: Push | null; outcome: Outcome | null }

export class Pushing {
  readonly #ctx: DurableObjectState
  readonly #env: Env
  readonly #stores: Stores
  readonly #alerting: Alerting
  readonly #hear: (reports: readonly Report[]) => void

  constructor(
    ctx: DurableObjectState,
    env: Env,
    stores: Stores,
    alerting: Alerting,
    hear: (reports: readonly Report[]) => void,
  ) {
    this.#ctx = ctx
    this.#env = env
    this.#stores = stores
    this.#alerting = alerting
    this.#hear = hear
  }

  /** Takes what is due, and sends it apart from whoever called. @param after when there is an outcome, to set the alarm */
  start({ id }: VaultRow, after: () => Promise<void>): void {
    const { core, pushes } = this.#stores
    const now = Date.now()
    const taken = this.#ctx.storage.transactionSync(() => {
      pushes.dropSettled()
      const rows = pushes.due(now, PUSHED_A_RUN)
      for (const { id: delivery, attempts } of rows) pushes.begin(delivery, now + LEASE_MS, attempts + 1)
      core.setDue('push', pushes.nextAt())
      return rows
    })
    if (taken.length === 0) return
    const work = this.#send(id, taken)
      .catch(() => log('pushes-failed'))
      .then(after)
      .catch(() => undefined)
    this.#ctx.waitUntil(work)
  }

  async #send(vault: string, taken: readonly Waiting[]): Promise<void> {
    const { push: sender } = settingsOf(this.#env)
    const rows = this.#alerting.pushes(vault, taken)
    const sent = await Promise.all(
      rows.map(async ({ delivery, origin, push }, at): Promise<Sent> => {
        const waiting = taken[at] as Waiting
        const isOver = delivery.createdAt + GIVE_UP_MS <= Date.now()
        if (isOver || push === null || sender === null || isLost(waiting))
          return { waiting, push, outcome: null }
        return { waiting, push, outcome: await sendPush(sender, origin, push) }
      }),
    )
    this.#ctx.storage.transactionSync(() => {
      if (this.#stores.core.vault() === null) return
      const now = Date.now()
      for (const one of sent) this.#settle(one, sender !== null, now)
      this.#stores.pushes.dropSettled()
      this.#stores.core.setDue('push', this.#stores.pushes.nextAt())
      dropUnneeded(this.#stores, now)
    })
    for (const kind of ['accepted', 'retry', 'refused'] as const) {
      const count = sent.filter(({ outcome }) => outcome?.kind === kind).length
      if (count > 0) log(`push-${kind}`, count)
    }
  }

  #settle({ waiting, push, outcome }: Sent, isConfigured: boolean, now: number): void {
    const { deliveries, pushes } = this.#stores
    const { id: delivery, contact, attempts, createdAt } = waiting
    const tried = { isDrill: isDrill(waiting), lost: waiting.trying === 1, outcome, attempts, createdAt }
    const verdict = verdictOf({ ...tried, isConfigured, isWritten: push !== null }, now)
    const { state, reason } = verdict
    this.#hear([{ delivery, state, reason, at: now }])
    if (state === 'waiting') pushes.putOff(delivery, verdict.at, attempts + 1)
    else deliveries.markHanded(delivery)
    if (reason === 'gone' && push !== null) pushes.markGone(contact, push.target.endpoint)
  }
}
