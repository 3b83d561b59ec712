import type { DeliveryReason, DeliveryState } from '../../src/protocol/vault.ts'
import type { Batch as Body, Outcome, Signals } from '../../src/server/channels/channel.ts'
import { everyOne, readAnswer, retry, signalsOf } from '../../src/server/channels/resend-answers.ts'
import { Queue } from '../../src/server/mailroom/queue.ts'
import type { Batch, Priority } from '../../src/server/mailroom/state.ts'
import { MailroomStore } from '../../src/server/mailroom/store.ts'
import { Usage } from '../../src/server/mailroom/usage.ts'
import { type Limits, ResendRules } from '../../test/support/resend-rules.ts'
import { seeded } from './random.ts'
import { Storage } from './sqlite.ts'
import { World } from './world.ts'

/**
 * The mailroom's own rules, store and reading of answers, before the provider's double, in virtual time. What stands in for the Durable
 * Object is this file: it sends what the queue hands out, five requests at once, and looks again when the queue says so.
 */
const REQUESTS_AT_ONCE = 5
const TIMEOUT_MS = 20_000
export const DAY_MS = 86_400_000

export type Mail = { delivery: string; vault: string; alert: string; priority: Priority; address: string }
export type Settings = {
  seed: number
  limits?: Partial<Limits>
  quota?: { day: number | null; month: number | null }
  /** When it begins. */
  start?: number
  /** One way to the provider, shortest and longest. */
  wayMs?: [number, number]
}

export class Simulation {
  readonly world: World
  readonly double: ResendRules
  readonly random: () => number
  /** The last word that the vault heard of each delivery. */
  readonly heard = new Map<string, { state: DeliveryState; reason: DeliveryReason | null; at: number }>()
  readonly #storage = new Storage()
  readonly #settings: Settings
  readonly store: MailroomStore
  #queue: Queue
  /** Of the object: what an earlier one was sending comes back to nobody. */
  #life = 0
  #underWay = 0
  #wakesAt = Number.POSITIVE_INFINITY
  #keys = 0

  constructor(settings: Settings) {
    this.#settings = settings
    this.random = seeded(settings.seed)
    this.world = new World(settings.start ?? Date.UTC(2026, 0, 5, 8))
    this.double = new ResendRules(() => this.world.now, settings.limits)
    this.store = new MailroomStore(this.#storage.sql as never)
    this.#queue = this.#begin()
  }

  #begin(): Queue {
    const queue = new Queue({
      store: this.store,
      usage: new Usage(this.#storage.sql as never),
      transaction: this.#storage.transactionSync,
      channel: { perSecond: 5, batchMax: 100 },
      from: 'Amparo <alert@example.org>',
      quota: this.#settings.quota ?? { day: null, month: null },
      newKey: () => {
        this.#keys += 1
        return `key-${this.#keys}`
      },
      random: this.random,
    })
    queue.revive(this.world.now)
    return queue
  }

  /** Takes messages at an instant. */
  post(at: number, mails: readonly Mail[]): void {
    this.world.at(at, () => {
      for (const { delivery, vault, alert, priority, address } of mails) {
        const text = {
          subject: 'Ana pressed her button',
          text: `Message ${delivery}`,
          html: '<p>Message</p>',
        }
        this.store.add(
          { delivery, vault, group: `${alert}.${priority}.1`, priority, address, ...text },
          { address: address, pair: `${vault} ${address}`, contact: `${vault} ${address}` },
          this.world.now,
        )
      }
      this.#work()
    })
  }

  /** The process is killed at an instant, and comes back. */
  die(at: number): void {
    this.world.at(at, () => {
      this.#life += 1
      this.#underWay = 0
      this.#queue = this.#begin()
      this.#work()
    })
  }

  #work(): void {
    const { now } = this.world
    this.#queue.expire(now)
    while (this.#underWay < REQUESTS_AT_ONCE) {
      const next = this.#queue.take(now)
      if (next === null) break
      this.#send(next.batch, next.body)
    }
    this.#queue.explain(now)
    this.#tell()
    const wakeAt = this.#queue.wakeAt(now, this.#underWay < REQUESTS_AT_ONCE)
    if (wakeAt === null || (wakeAt >= this.#wakesAt && this.#wakesAt > now)) return
    this.#wakesAt = wakeAt
    this.world.at(Math.max(wakeAt, now + 1), () => {
      this.#wakesAt = Number.POSITIVE_INFINITY
      this.#work()
    })
  }

  #tell(): void {
    for (const report of this.store.reports.due(this.world.now, 1_000)) {
      this.heard.set(report.delivery, { state: report.state, reason: report.reason, at: this.world.now })
      this.store.reports.acknowledge(report)
    }
  }

  #wayMs(): number {
    const [shortest, longest] = this.#settings.wayMs ?? [40, 120]
    return Math.round(shortest + this.random() * (longest - shortest))
  }

  #send(batch: Batch, body: Body): void {
    const begunAt = this.world.now
    const life = this.#life
    this.#underWay += 1
    const back = (at: number, outcomes: Outcome[], signals: Signals | null): void =>
      this.world.at(at, () => {
        if (life !== this.#life) return
        this.#underWay -= 1
        if (signals !== null) this.#queue.hear(signals, begunAt, this.world.now)
        this.#queue.settle(batch, outcomes, this.world.now)
        this.#work()
      })
    const lost = everyOne(body, retry({ unsure: true }))
    this.world.at(begunAt + this.#wayMs(), async () => {
      const answer = await this.double.answer(requestOf(body, this.double.apiKey))
      if (answer === 'hanging') return back(begunAt + TIMEOUT_MS, lost, null)
      const at = this.world.now + this.#wayMs()
      if (answer === 'dropped') return back(at, lost, null)
      const headers = Object.fromEntries(answer.headers)
      back(at, readAnswer(body, await readable(answer)), signalsOf(headers))
    })
  }
}

const requestOf = ({ key, from, mails }: Body, apiKey: string): Request =>
  new Request('http://double/emails/batch', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': key,
      'x-batch-validation': 'permissive',
      'content-type': 'application/json',
    },
    body: JSON.stringify(mails.map((mail) => ({ from, ...mail }))),
  })

/** As the provider's package hands it on. */
const readable = async (answer: Response) => {
  const headers = Object.fromEntries(answer.headers)
  const text = await answer.text()
  try {
    const json = JSON.parse(text)
    return answer.ok ? { data: json, error: null, headers } : { data: null, error: json, headers }
  } catch {
    const error = { name: 'application_error', statusCode: answer.status, message: '' } as const
    return { data: null, error, headers }
  }
}
