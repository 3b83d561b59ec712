import { fromText, toText } from '../../protocol/bytes.ts'
import type { Refusal } from '../../protocol/codes.ts'
import { ID_BYTES, TOLD_FROM_MS, TOLD_PHONES_MAX } from '../../protocol/limits.ts'
import type { ToldAnswer, ToldRequest } from '../../protocol/told.ts'
import { sendPush } from '../channels/push.ts'
import { type Env, settingsOf } from '../env.ts'
import { hashOf } from '../hash.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import type { Press } from './alert-state.ts'
import type { AlertStore } from './alert-store.ts'
import type { CoreStore } from './core-store.ts'
import type { Door } from './door.ts'
import type { Errands } from './errands.ts'
import type { TellingRow, ToldStore } from './told-store.ts'

/**
 * Tells the owner's browsers that a press waits, so that she can stop it (`protocol.md §7.10.4`). Each telling has a lease of its own and is tried
 * until the press has gone out; no press waits for it, and no alarm for a push service. Everything here may happen twice.
 */
const LEASE_MS = 30_000
const A_RUN = 16
const RETRY_MIN_MS = 2_000
const RETRY_MAX_MS = 30_000

/** `gone`: this browser is not there any more. */
type Tried = 'done' | 'again' | 'gone'

type Rooms = { core: CoreStore; alerts: AlertStore; door: Door; errands: Errands }

export class Telling {
  readonly #ctx: DurableObjectState
  readonly #env: Env
  readonly #store: ToldStore
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, env: Env, store: ToldStore, rooms: Rooms) {
    this.#ctx = ctx
    this.#env = env
    this.#store = store
    this.#rooms = rooms
  }

  /** @param origin whom a push service may ask, where the host has not set one */
  async told({ token, set }: ToldRequest, origin: string): Promise<ToldAnswer | Refusal> {
    const { core, door, errands } = this.#rooms
    const answer = this.#ctx.storage.transactionSync((): ToldAnswer | Refusal => {
      if (door.ownedBy(token) === null) return refuse('unknown')
      if (set?.kind === 'none') this.#store.drop(null)
      if (set?.kind === 'off') this.#store.drop(set.endpoint)
      if (set?.kind === 'on') {
        const known = this.#store.endpoints()
        const { push: target, language } = set
        if (!known.includes(target.endpoint) && known.length >= TOLD_PHONES_MAX) return refuse('full')
        this.#store.set({ target, language, origin: errands.originFor(origin) })
      }
      core.setDue('tell', this.#store.nextAt())
      return { ok: true, endpoints: this.#store.endpoints() }
    })
    await this.#ctx.storage.sync()
    return answer
  }

  /** Within the transaction of a press. Whether the presser is her own phone its delay tells, and nothing else here. */
  begin({ id, practice, stage, releaseAt }: Press): void {
    const now = Date.now()
    if (practice || stage !== 'counting' || releaseAt - now < TOLD_FROM_MS) return
    for (const endpoint of this.#store.endpoints()) this.#store.addTelling(id, endpoint, releaseAt, now)
    this.#rooms.core.setDue('tell', this.#store.nextAt())
  }

  run(): void {
    const now = Date.now()
    const taken = this.#ctx.storage.transactionSync(() => {
      const rows = this.#store.dueTellings(now, A_RUN)
      for (const row of rows) this.#store.putOff(row, now + LEASE_MS, row.attempts + 1)
      this.#rooms.core.setDue('tell', this.#store.nextAt())
      return rows
    })
    const work = Promise.all(taken.map((row) => this.#one(row)))
      .catch(() => log('tellings-failed'))
      .then(() => this.#rooms.errands.arm())
      .catch(() => undefined)
    this.#ctx.waitUntil(work)
  }

  async #one(row: TellingRow): Promise<void> {
    const tried = await this.#send(row).catch(() => 'again' as const)
    this.#ctx.storage.transactionSync(() => {
      const { core } = this.#rooms
      if (core.vault() === null) return
      if (tried === 'gone') this.#store.drop(row.endpoint)
      else if (tried === 'done') this.#store.dropTelling(row)
      else {
        const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(row.attempts, 10))
        this.#store.putOff(row, Date.now() + waitMs, row.attempts + 1)
      }
      core.setDue('tell', this.#store.nextAt())
    })
    log(`telling-${tried}`)
  }

  /** Of a press that she has stopped, or that has gone out, nobody is told that it waits. */
  async #send({ press, endpoint, until }: TellingRow): Promise<Tried> {
    const { push: sender } = settingsOf(this.#env)
    const phone = this.#store.phone(endpoint)
    const waiting = this.#rooms.alerts.load(press).presses.find(({ id }) => id === press)
    const leftMs = until - Date.now()
    if (sender === null || phone === null || waiting?.stage !== 'counting' || leftMs <= 0) return 'done'
    const mark = toText(fromText(hashOf(press)).subarray(0, ID_BYTES))
    const payload = { v: 1, kind: 'waiting', language: phone.language, mark } as const
    const push = { target: phone.target, payload, topic: mark, ttlS: Math.ceil(leftMs / 1_000) }
    const outcome = await sendPush(sender, phone.origin, push)
    if (outcome.kind === 'accepted') return 'done'
    if (outcome.kind === 'retry') return 'again'
    return outcome.kind === 'refused' && outcome.reason === 'gone' ? 'gone' : 'done'
  }
}
