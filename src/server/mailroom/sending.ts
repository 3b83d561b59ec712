import type { Batch as Body, Channel, Outcome, Signals } from '../channels/channel.ts'
import { log } from '../log.ts'
import type { Queue } from './queue.ts'
import type { Batch } from './state.ts'

/** Takes requests from the queue to the channel, some at once, and what is said of them back. */
/** Connections that one object may hold open at once are six. */
const REQUESTS_AT_ONCE = 5
/** The free plan allows 50 calls of one run to the network. */
const REQUESTS_A_RUN = 20
/** A channel gives up before. */
const REQUEST_MAX_MS = 30_000
const REST_MAX_MS = 1_500

export class Sending {
  readonly #queue: Queue
  readonly #channel: Channel
  readonly #settled: () => Promise<void>
  /** Requests that are out, and since when. */
  readonly #out = new Map<string, number>()
  /** Until then a run waits for the provider's rate. */
  restsUntil = 0

  /** @param settled is called after each answer: there is something to tell */
  constructor(queue: Queue, channel: Channel, settled: () => Promise<void>) {
    this.#queue = queue
    this.#channel = channel
    this.#settled = settled
  }

  /**
   * Sends what may be sent now. Each run waits for its own requests only; one of them also waits for the provider's rate to allow the next
   * request, and the rest leave that to it.
   */
  async run(): Promise<void> {
    const own = new Set<Promise<void>>()
    let rested = false
    for (let begun = 0; begun < REQUESTS_A_RUN || own.size > 0; ) {
      const now = Date.now()
      const next = begun < REQUESTS_A_RUN && !this.isFull(now) ? this.#queue.take(now) : null
      if (next !== null) {
        begun += 1
        rested = false
        const sending = this.#sendBatch(next.batch, next.body)
          // Its lease brings it back; the others in the air are waited for all the same.
          .catch(() => log('mailroom-failed'))
          .finally(() => {
            own.delete(sending)
            rested = false
          })
        own.add(sending)
        continue
      }
      const restMs = begun < REQUESTS_A_RUN && !rested ? this.#restMs(now) : null
      if (restMs === null && own.size === 0) return
      if (restMs !== null) rested = true
      await Promise.race([...own, ...(restMs === null ? [] : [this.#rest(restMs)])])
    }
  }

  get isAtWork(): boolean {
    return this.#out.size > 0
  }

  /** As many requests are out as may be; one that has not come back long after its time is not waited for. */
  isFull(now: number): boolean {
    for (const [key, at] of this.#out) if (at <= now - REQUEST_MAX_MS) this.#out.delete(key)
    return this.#out.size >= REQUESTS_AT_ONCE
  }

  /** How long until the provider's rate allows the next request; null if nothing waits for that, or another run does. */
  #restMs(now: number): number | null {
    const at = now < this.restsUntil ? null : this.#queue.heldUntil(now)
    return at === null ? null : Math.min(REST_MAX_MS, at - now)
  }

  async #rest(ms: number): Promise<void> {
    // Longer than it rests: should this run end meanwhile, the alarm takes over.
    const until = Date.now() + ms + REST_MAX_MS
    this.restsUntil = until
    await new Promise((resolve) => setTimeout(resolve, ms))
    if (this.restsUntil === until) this.restsUntil = 0
  }

  async #sendBatch(batch: Batch, body: Body): Promise<void> {
    const begunAt = Date.now()
    this.#out.set(batch.key, begunAt)
    const hear = (signals: Signals): void => this.#queue.hear(signals, begunAt, Date.now())
    const outcomes: Outcome[] = await this.#channel.send(body, hear).catch(() => [])
    this.#out.delete(batch.key)
    this.#queue.settle(batch, outcomes, Date.now())
    const count = (kind: Outcome['kind']): number => outcomes.filter((one) => one.kind === kind).length
    for (const kind of ['accepted', 'retry', 'rekey', 'refused'] as const) {
      if (count(kind) > 0) log(`mail-${kind}`, count(kind))
    }
    const above = count('accepted') > 0 ? this.#queue.aboveDay(Date.now()) : 0
    if (above > 0) log('day-quota-passed', above)
    await this.#settled()
  }
}
