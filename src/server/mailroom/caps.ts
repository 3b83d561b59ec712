import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { type Window, waitMs } from '../windows.ts'

/** How much goes to one address whose owner has not accepted, and how many codes (`protocol.md §7.5.2, §7.7`). */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Alert messages and all-clears, each by themselves: what has begun to be told may be told to its end. */
const MESSAGES: readonly Window[] = [
  { max: 3, ms: DAY_MS },
  { max: 10, ms: 30 * DAY_MS },
]
const WINDOWS = {
  alert: MESSAGES,
  clear: MESSAGES,
  code: [
    { max: 3, ms: HOUR_MS },
    { max: 6, ms: DAY_MS },
  ],
  // Of many addresses.
  'code-of-contact': [{ max: 8, ms: DAY_MS }],
  // Its own, whatever the others have asked for; contacts can be made anew without end, so of a vault there are as many as it has contacts.
  'first-code': [{ max: 1, ms: DAY_MS }],
  'first-codes-of-vault': [{ max: CONTACTS_MAX, ms: DAY_MS }],
  // Beside the first ones.
  'code-of-vault': [{ max: 8, ms: DAY_MS }],
  // For reminders.
  'code-of-owner': [{ max: 8, ms: DAY_MS }],
  'reminder-of-vault': [{ max: 20, ms: DAY_MS }],
} satisfies Record<string, readonly Window[]>
export type Counted = keyof typeof WINDOWS

const LIFE_MS: Record<Counted, number> = {
  alert: 30 * DAY_MS,
  clear: 30 * DAY_MS,
  code: DAY_MS,
  'code-of-contact': DAY_MS,
  'first-code': DAY_MS,
  'first-codes-of-vault': DAY_MS,
  'code-of-vault': DAY_MS,
  'code-of-owner': DAY_MS,
  'reminder-of-vault': DAY_MS,
}
const KINDS = Object.keys(LIFE_MS) as Counted[]

/** SQL only: no clock. `delivery` is the message that is counted, once for each hash. */
export class Caps {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /**
   * @param spare how many must be left after it
   * @returns ms until one more may go; 0: now
   */
  waitMs(hash: string, kind: Counted, now: number, spare = 0): number {
    const times = this.#sql
      .exec<{ at: number }>('SELECT at FROM counted WHERE hash = ? AND kind = ?', hash, kind)
      .toArray()
    return waitMs(
      times.map(({ at }) => at),
      WINDOWS[kind].map(({ max, ms }) => ({ max: max - spare, ms })),
      now,
    )
  }

  count(hash: string, kind: Counted, delivery: string, now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO counted (hash, kind, delivery, at) VALUES (?, ?, ?, ?)',
      ...[hash, kind, delivery, now],
    )
  }

  /** It was stopped before it went out. */
  uncount(delivery: string): void {
    this.#sql.exec("DELETE FROM counted WHERE delivery = ? AND kind IN ('alert', 'clear')", delivery)
  }

  prune(now: number): void {
    for (const kind of KINDS)
      this.#sql.exec('DELETE FROM counted WHERE kind = ? AND at <= ?', kind, now - LIFE_MS[kind])
  }

  nextPruneAt(): number | null {
    const times = KINDS.flatMap((kind) => {
      const { at } = this.#sql
        .exec<{ at: number | null }>('SELECT min(at) AS at FROM counted WHERE kind = ?', kind)
        .one()
      return at === null ? [] : [at + LIFE_MS[kind]]
    })
    return times.length === 0 ? null : Math.min(...times)
  }
}
