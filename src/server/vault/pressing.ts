import type { Refusal } from '../../protocol/codes.ts'
import type { PressAnswer, PressQuestion, PressRequest } from '../../protocol/press.ts'
import { refuse } from '../refusal.ts'
import { type Advancing, alertNamed } from './advancing.ts'
import type { State } from './alert-state.ts'
import type { Alerting } from './alerting.ts'
import type { Stores } from './committing.ts'
import type { Door } from './door.ts'
import type { Errands } from './errands.ts'
import type { HeldUp } from './held-up.ts'
import { NO_PROGRESS, pressAnswer } from './status.ts'
import type { Telling } from './telling.ts'

/** Far more than a person takes back, or practises; fewer than would slow an object down. */
const OVER_KEPT = 500
/** Of one presser: so who floods with the picture of a card pushes out nothing but his own. */
const MADE_KEPT = 100
/** Far more than a person sets off by mistake: her phone is not to ring for each of a flood. */
const TOLD_AT_ONCE = 8

/** What a presser may do (`protocol.md §7.2`). */
export class Pressing {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #door: Door
  readonly #alerting: Alerting
  readonly #advancing: Advancing
  readonly #errands: Errands
  readonly #heldUp: HeldUp
  readonly #telling: Telling

  constructor(
    ctx: DurableObjectState,
    stores: Stores,
    rooms: {
      door: Door
      alerting: Alerting
      advancing: Advancing
      errands: Errands
      heldUp: HeldUp
      telling: Telling
    },
  ) {
    this.#ctx = ctx
    this.#stores = stores
    this.#door = rooms.door
    this.#alerting = rooms.alerting
    this.#advancing = rooms.advancing
    this.#errands = rooms.errands
    this.#heldUp = rooms.heldUp
    this.#telling = rooms.telling
  }

  /** @param origin of the links in the messages, where the host has not set one */
  async press(request: PressRequest, origin: string): Promise<PressAnswer | Refusal> {
    const known = this.#door.pressing(request.key)
    if (known === null) return refuse('unknown')
    const { vault, presser } = known
    const { alert: id, practice, ageMs, key } = request
    return this.#pressed(id, () => {
      const before = this.#advancing.advance(vault, { kind: 'tick' }, id)
      if (!practice && !before.presses.some((press) => press.id === id)) {
        this.#alerting.holdFor(id, vault.id, presser, key, this.#errands.originFor(origin), Date.now())
      }
      this.#stores.made.made(id, presser.id)
      const event = { kind: 'press', id, practice, ageMs, delayMs: presser.delayMs } as const
      const state = this.#advancing.advance(vault, event, id)
      const made = state.presses.find((press) => press.id === id)
      const isNew = !before.presses.some((press) => press.id === id)
      if (isNew && made !== undefined && this.#stores.made.countWaiting(presser.id) <= TOLD_AT_ONCE)
        this.#telling.begin(made)
      if (practice) this.#trim()
      if (isNew && this.#stores.alerts.trimMade(presser.id, MADE_KEPT)) this.#stores.made.dropUnneeded()
      return state
    })
  }

  async cancel({ key, alert: id }: PressQuestion): Promise<PressAnswer | Refusal> {
    const known = this.#door.pressing(key)
    if (known === null) return refuse('unknown')
    return this.#pressed(id, () => {
      const state = this.#advancing.advance(known.vault, { kind: 'cancel', id }, id)
      this.#trim()
      return state
    })
  }

  async status({ key, alert: id }: PressQuestion): Promise<PressAnswer | Refusal> {
    const known = this.#door.pressing(key)
    if (known === null) return refuse('unknown')
    const tick = () => this.#advancing.advance(known.vault, { kind: 'tick' }, id)
    return this.#pressed(id, tick, (alert) => this.#heldUp.until(alert))
  }

  #trim(): void {
    if (this.#stores.alerts.trimOver(OVER_KEPT)) this.#stores.made.dropUnneeded()
  }

  /**
   * Changes, then answers with how press `id` stands. The answer leaves only when the change is on disk.
   * @param heldUntil is asked only where nobody waits to hear *received*
   */
  async #pressed(
    id: string,
    change: () => State,
    heldUntil: (alert: string) => Promise<number | null> = async () => null,
  ): Promise<PressAnswer | Refusal> {
    const state = this.#ctx.storage.transactionSync(change)
    await this.#errands.arm()
    await this.#ctx.storage.sync()
    const press = state.presses.find((one) => one.id === id)
    if (press === undefined) return refuse('unknown')
    const alert = press.alert === null ? null : alertNamed(state, press.alert)
    const progress = alert === null ? NO_PROGRESS : this.#stores.alerts.progress(alert.id)
    const held = alert === null ? null : await heldUntil(alert.id)
    return pressAnswer(press, alert, progress, held, Date.now())
  }
}
