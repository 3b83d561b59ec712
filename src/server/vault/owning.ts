import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { DrillRequest, ReadyAnswer, ReadyRequest } from '../../protocol/drill.ts'
import type { AlertsAnswer, ClearRequest, OwnerRequest, WithdrawRequest } from '../../protocol/vault.ts'
import { refuse } from '../refusal.ts'
import { type Advancing, alertNamed } from './advancing.ts'
import { type Alerting, lateHoldOf } from './alerting.ts'
import { dropUnneeded, type Stores } from './committing.ts'
import type { Door } from './door.ts'
import type { Drilling } from './drilling.ts'
import type { Errands } from './errands.ts'
import type { HeldUp } from './held-up.ts'
import { alertSummary } from './status.ts'

const DONE: DoneAnswer = { ok: true }
const LISTED_ALERTS = 20

type Rooms = {
  door: Door
  alerting: Alerting
  advancing: Advancing
  drilling: Drilling
  errands: Errands
  heldUp: HeldUp
}

/** What the owner does about alerts and drills, and the end of her vault (`protocol.md §7.1, §7.8`). */
export class Owning {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, stores: Stores, rooms: Rooms) {
    this.#ctx = ctx
    this.#stores = stores
    this.#rooms = rooms
  }

  /** The owner token has been checked. */
  async remove(vault: string): Promise<DoneAnswer> {
    const { errands } = this.#rooms
    this.#ctx.storage.transactionSync(() => this.#stores.core.startErasing(vault, Date.now()))
    await errands.arm()
    await errands.tryNow('erase')
    return DONE
  }

  async alerts({ token }: OwnerRequest): Promise<AlertsAnswer | Refusal> {
    const { door, advancing, errands, heldUp } = this.#rooms
    const vault = door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    advancing.change(vault, { kind: 'tick' }, null)
    await errands.arm()
    const { alerts: store } = this.#stores
    const newest = store.newest(LISTED_ALERTS)
    const held = await Promise.all(newest.map(({ id }) => heldUp.until(id)))
    const alerts = newest.map(({ lettersOut, ...alert }, at) => {
      const { id } = alert
      const out = { lettersOut, heldUntil: held[at] ?? null }
      return alertSummary(alert, store.progress(id), out, this.#stores.made.ofAlert(id))
    })
    return { ok: true, version: vault.version, alerts }
  }

  async clear({ token, alert: id, key }: ClearRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const { door, alerting, advancing, errands } = this.#rooms
    const vault = door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    const answer = this.#ctx.storage.transactionSync(() => {
      const alert = alertNamed(advancing.advance(vault, { kind: 'tick' }, id), id)
      if (alert === null) return refuse('unknown')
      if (alert.stage === 'cleared') return DONE
      if (alert.stage === 'expired') {
        const presser = key === null ? null : door.presserOf(key)
        if (key === null || presser === null) return refuse('key-needed')
        const hold = lateHoldOf(alert.id)
        alerting.holdFor(hold, vault.id, presser, key, errands.originFor(origin), Date.now())
        // Better no all-clear than one that reaches nobody, and says that it did.
        if (!alerting.opens(vault.id, hold)) {
          dropUnneeded(this.#stores, Date.now())
          return refuse('try-again')
        }
      }
      advancing.advance(vault, { kind: 'clear', alert: alert.id }, alert.id)
      return DONE
    })
    await errands.arm()
    return answer
  }

  async withdraw({ token, alert: id }: WithdrawRequest): Promise<DoneAnswer | Refusal> {
    const { door, advancing, errands } = this.#rooms
    const vault = door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    const answer = this.#ctx.storage.transactionSync(() => {
      const alert = alertNamed(advancing.advance(vault, { kind: 'tick' }, id), id)
      if (alert === null) return refuse('unknown')
      if (alert.stage === 'open') return refuse('open-alert')
      this.#stores.letters.withdraw(alert.id)
      this.#stores.made.withdraw(alert.id)
      dropUnneeded(this.#stores, Date.now())
      return DONE
    })
    await errands.arm()
    return answer
  }

  /** @param origin of the links in the messages, where the host has not set one */
  async drill({ token, key, drill }: DrillRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const { door, advancing, drilling, errands } = this.#rooms
    const vault = door.ownedBy(token)
    const presser = vault === null ? null : door.presserOf(key)
    if (vault === null || presser === null) return refuse('unknown')
    const answer = this.#ctx.storage.transactionSync(() => {
      const state = advancing.advance(vault, { kind: 'tick' }, drill)
      const from = errands.originFor(origin)
      const started = drilling.start({ vault, presser, key, origin: from, drill, state, now: Date.now() })
      dropUnneeded(this.#stores, Date.now())
      return started ?? DONE
    })
    await errands.arm()
    await this.#ctx.storage.sync()
    return answer
  }

  async ready({ token, key }: ReadyRequest): Promise<ReadyAnswer | Refusal> {
    const { door, drilling } = this.#rooms
    const vault = door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    const keyKnown = key !== null && door.presserOf(key) !== null
    return { ok: true, version: vault.version, keyKnown, ...drilling.list(Date.now()) }
  }
}
