import { log } from '../log.ts'
import { withTimeout } from '../timeout.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { Errands } from './errands.ts'

/**
 * Until when the messages of an alert are held up, their provider taking none: a quota is used up, or the host's settings are wrong. The
 * room of that provider is asked, not what it reported once, since it tries again and again.
 */
/** Whoever looks on asks each few seconds. */
const KEPT_MS = 10_000

type Told = { until: number | null; at: number }

export class HeldUp {
  readonly #deliveries: DeliveryStore
  readonly #errands: Errands
  readonly #told = new Map<'email' | 'sms', Told>()

  constructor(deliveries: DeliveryStore, errands: Errands) {
    this.#deliveries = deliveries
    this.#errands = errands
  }

  /** @returns by when each room in which messages of this alert wait has tried again; null where none is held up */
  async until(alert: string): Promise<number | null> {
    const times = await Promise.all(this.#deliveries.heldWays(alert).map((way) => this.#untilOf(way)))
    const known = times.filter((at) => at !== null)
    return known.length === 0 ? null : Math.max(...known)
  }

  async #untilOf(way: 'email' | 'sms'): Promise<number | null> {
    const now = Date.now()
    const before = this.#told.get(way)
    if (before !== undefined && now - before.at < KEPT_MS) return before.until
    try {
      const circuit = await withTimeout(this.#errands.roomOf(way).circuit())
      this.#told.set(way, { until: circuit?.until ?? null, at: now })
      return circuit?.until ?? null
    } catch {
      log('circuit-not-told')
      return null
    }
  }
}
