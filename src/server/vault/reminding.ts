import { fromText, toText } from '../../protocol/bytes.ts'
import { ID_BYTES } from '../../protocol/limits.ts'
import { sendPush } from '../channels/push.ts'
import { type Env, settingsOf } from '../env.ts'
import { hashOf } from '../hash.ts'
import { log } from '../log.ts'
import { renderReminder } from '../mails/render-reminder.ts'
import { withTimeout } from '../timeout.ts'
import type { CheckInStore, ReminderRow, ReminderWay, Ways } from './check-in-store.ts'
import type { Stores } from './committing.ts'
import type { VaultRow } from './core-store.ts'
import type { Errands } from './errands.ts'
import { mailedLink } from './mailed-link.ts'

/**
 * Reminders of check-ins, to the owner herself: to her browser straight from here, by mail through the mailroom. Each has a lease of its own and is
 * tried until it is of no use any more; no alarm waits for a push service. Everything here may happen twice.
 */
const LEASE_MS = 30_000
const A_RUN = 8
const RETRY_MIN_MS = 2_000
const RETRY_MAX_MS = 60_000

/** The same each time, so that one that is handed over again is known. */
export const reminderId = (
  alert: string,
  dueAt: number,
  kind: 'before' | 'due',
  way: ReminderWay,
): string => {
  const facts = toText(new TextEncoder().encode(`${dueAt}.${kind}.${way}`))
  return toText(fromText(hashOf(alert, facts)).subarray(0, ID_BYTES))
}

/** `gone`: this way leads nowhere any more. */
type Tried = 'done' | 'again' | 'gone'

export class Reminding {
  readonly #ctx: DurableObjectState
  readonly #env: Env
  readonly #stores: Stores
  readonly #checkIns: CheckInStore
  readonly #errands: Errands

  constructor(ctx: DurableObjectState, env: Env, stores: Stores, errands: Errands) {
    this.#ctx = ctx
    this.#env = env
    this.#stores = stores
    this.#checkIns = stores.checkIns
    this.#errands = errands
  }

  run(vault: VaultRow): void {
    const now = Date.now()
    const taken = this.#ctx.storage.transactionSync(() => {
      const rows = this.#checkIns.dueReminders(now, A_RUN)
      for (const { id, attempts } of rows) this.#checkIns.putOffReminder(id, now + LEASE_MS, attempts + 1)
      this.#stores.core.setDue('remind', this.#checkIns.nextReminderAt())
      return rows
    })
    const work = Promise.all(taken.map((row) => this.#one(vault, row)))
      .catch(() => log('reminders-failed'))
      .then(() => this.#errands.arm())
      .catch(() => undefined)
    this.#ctx.waitUntil(work)
  }

  async #one(vault: VaultRow, row: ReminderRow): Promise<void> {
    const ways = this.#checkIns.waysOf(row.checkIn)
    const isOver = row.until <= Date.now()
    const tried =
      ways === null || isOver ? 'done' : await this.#send(vault, row, ways).catch(() => 'again' as const)
    this.#ctx.storage.transactionSync(() => {
      if (this.#stores.core.vault() === null) return
      if (tried === 'gone') this.#checkIns.dropPush(row.checkIn)
      if (tried === 'again') {
        const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(row.attempts, 10))
        this.#checkIns.putOffReminder(row.id, Date.now() + waitMs, row.attempts + 1)
      } else this.#checkIns.dropReminder(row.id)
      this.#stores.core.setDue('remind', this.#checkIns.nextReminderAt())
    })
    log(`reminder-${tried}`)
  }

  #send(vault: VaultRow, row: ReminderRow, ways: Ways): Promise<Tried> {
    return row.way === 'push' ? this.#push(row, ways) : this.#mail(vault, row, ways)
  }

  async #push({ checkIn, kind }: ReminderRow, { origin, language, push: target }: Ways): Promise<Tried> {
    const { push: sender } = settingsOf(this.#env)
    if (sender === null || target === null) return 'done'
    const mark = toText(fromText(hashOf(checkIn)).subarray(0, ID_BYTES))
    const payload = { v: 1, kind: kind === 'due' ? 'due' : 'reminder', language, mark } as const
    const outcome = await sendPush(sender, origin, { target, payload, topic: mark })
    if (outcome.kind === 'accepted') return 'done'
    if (outcome.kind === 'retry') return 'again'
    return outcome.kind === 'refused' && outcome.reason === 'gone' ? 'gone' : 'done'
  }

  async #mail(
    { id: vault }: VaultRow,
    row: ReminderRow,
    { origin, language, address }: Ways,
  ): Promise<Tried> {
    if (address === null) return 'done'
    const stop = this.#stores.stopLinks.tokenFor(row.checkIn, address)
    const stopUrl = mailedLink(origin, 'stop', vault, row.checkIn, stop)
    const mail = renderReminder({ language, kind: row.kind, appUrl: `${origin}/#/check-ins`, stopUrl })
    const posting = { delivery: row.id, vault, contact: row.checkIn, stop, address, ...mail }
    await withTimeout(this.#errands.roomOf('email').remind(posting))
    return 'done'
  }
}
