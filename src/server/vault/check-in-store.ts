import type { PushTarget } from '../../protocol/channel.ts'
import type { Language } from '../../protocol/fields.ts'
import type { CheckIn, CheckIns } from './check-in-rules.ts'

/** Check-ins, what opens the roster for them, and their reminders (`docs/storage.md`). SQL only: no rules, no clock. */
export const CHECK_IN_TABLES = `
CREATE TABLE IF NOT EXISTS check_ins (
  id TEXT PRIMARY KEY, presser TEXT NOT NULL, schedule TEXT NOT NULL, zone TEXT NOT NULL, grace_ms INTEGER NOT NULL,
  remind_ms INTEGER, stage TEXT NOT NULL, round INTEGER NOT NULL, base_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  alert TEXT NOT NULL, reminded INTEGER NOT NULL, armed_at INTEGER NOT NULL, over_at INTEGER,
  origin TEXT, language TEXT, push TEXT, address TEXT, said TEXT
);
CREATE TABLE IF NOT EXISTS check_in_keys (presser TEXT PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ended_check_ins (id TEXT PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reminders (
  id TEXT PRIMARY KEY, check_in TEXT NOT NULL, way TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL,
  due_at INTEGER NOT NULL, attempts INTEGER NOT NULL
);
`

/** Where reminders go, and what is said of the press, sealed; nothing of it stays here once the check-in is over. */
export type Ways = {
  origin: string
  language: Language
  push: PushTarget | null
  address: string | null
  said: string | null
}
export type ReminderWay = 'push' | 'mail'
/** `at`: before it is due, or when it is. */
export type ReminderRow = {
  id: string
  checkIn: string
  way: ReminderWay
  kind: 'before' | 'due'
  until: number
  attempts: number
}
type Columns = Omit<CheckIn, 'schedule'> & { schedule: string }
type WayColumns = Omit<Ways, 'push'> & { push: string | null }

const CHECK_IN = `id, presser, schedule, zone, grace_ms AS graceMs, remind_ms AS remindMs, stage, round, base_at AS baseAt,
  due_at AS dueAt, alert, reminded, armed_at AS armedAt, over_at AS overAt`

export class CheckInStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Armed or pressed, in the order of their time. */
  all(): CheckIn[] {
    return this.#sql
      .exec<Columns>(`SELECT ${CHECK_IN} FROM check_ins ORDER BY stage, due_at, id`)
      .toArray()
      .map((row) => ({ ...row, schedule: JSON.parse(row.schedule) }))
  }

  /** Writes what `after` has and `before` had not. */
  save(before: CheckIns, after: CheckIns): void {
    for (const one of after) {
      if (before.includes(one)) continue
      if (one.stage === 'ended') {
        this.#sql.exec('DELETE FROM check_ins WHERE id = ?', one.id)
        this.markEnded(one.id, one.overAt ?? 0)
        continue
      }
      const { id, presser, schedule, zone, graceMs, remindMs, stage, round, baseAt, dueAt } = one
      this.#sql.exec(
        `INSERT INTO check_ins (id, presser, schedule, zone, grace_ms, remind_ms, stage, round, base_at, due_at, alert,
           reminded, armed_at, over_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET stage = excluded.stage, round = excluded.round, base_at = excluded.base_at,
           due_at = excluded.due_at, alert = excluded.alert, reminded = excluded.reminded, over_at = excluded.over_at`,
        ...[id, presser, JSON.stringify(schedule), zone, graceMs, remindMs, stage, round, baseAt, dueAt],
        ...[one.alert, one.reminded, one.armedAt, one.overAt],
      )
    }
  }

  setWays(id: string, { origin, language, push, address, said }: Ways): void {
    this.#sql.exec(
      'UPDATE check_ins SET origin = ?, language = ?, push = ?, address = ?, said = ? WHERE id = ?',
      ...[origin, language, push === null ? null : JSON.stringify(push), address, said, id],
    )
  }

  /** Null once it is over. */
  waysOf(id: string): (Ways & { armedAt: number }) | null {
    const [row] = this.#sql
      .exec<WayColumns & { armedAt: number }>(
        `SELECT origin, language, push, address, said, armed_at AS armedAt FROM check_ins WHERE id = ? AND origin IS NOT NULL`,
        id,
      )
      .toArray()
    return row === undefined ? null : { ...row, push: row.push === null ? null : JSON.parse(row.push) }
  }

  dropPush(id: string): void {
    this.#sql.exec('UPDATE check_ins SET push = NULL WHERE id = ?', id)
  }

  setKey(presser: string, key: string): void {
    this.#sql.exec('INSERT OR REPLACE INTO check_in_keys (presser, key) VALUES (?, ?)', presser, key)
  }

  keyOf(presser: string): string | null {
    const [row] = this.#sql
      .exec<{ key: string }>('SELECT key FROM check_in_keys WHERE presser = ?', presser)
      .toArray()
    return row?.key ?? null
  }

  keys(): { presser: string; key: string }[] {
    return this.#sql
      .exec<{ presser: string; key: string }>('SELECT presser, key FROM check_in_keys')
      .toArray()
  }

  markEnded(id: string, at: number): void {
    this.#sql.exec('INSERT OR IGNORE INTO ended_check_ins (id, at) VALUES (?, ?)', id, at)
  }

  isEnded(id: string): boolean {
    return this.#sql.exec('SELECT 1 FROM ended_check_ins WHERE id = ?', id).toArray().length > 0
  }

  /** Was this press one of a check-in? */
  isPress(press: string): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM check_ins WHERE alert = ? AND stage = 'pressed'", press).toArray()
        .length > 0
    )
  }

  /** What only an armed one needs is erased with it; what is over is forgotten after a while. */
  dropUnneeded(before: number, keptEnds: number): void {
    this.#sql.exec(
      "UPDATE check_ins SET origin = NULL, language = NULL, push = NULL, address = NULL, said = NULL WHERE stage != 'armed' AND origin IS NOT NULL",
    )
    this.#sql.exec(
      "DELETE FROM check_in_keys WHERE presser NOT IN (SELECT presser FROM check_ins WHERE stage = 'armed')",
    )
    this.#sql.exec(
      "DELETE FROM reminders WHERE check_in NOT IN (SELECT id FROM check_ins WHERE stage = 'armed')",
    )
    this.#sql.exec('DELETE FROM check_ins WHERE over_at <= ?', before)
    this.#sql.exec('DELETE FROM ended_check_ins WHERE at <= ?', before)
    this.#sql.exec(
      `DELETE FROM ended_check_ins WHERE id NOT IN
         (SELECT id FROM ended_check_ins ORDER BY at DESC, rowid DESC LIMIT ?)`,
      keptEnds,
    )
  }

  /** When the first of what is over is to be forgotten, or null. */
  nextPruneAt(afterMs: number): number | null {
    const { at } = this.#sql
      .exec<{ at: number | null }>(
        'SELECT min(at) AS at FROM (SELECT over_at AS at FROM check_ins UNION ALL SELECT at FROM ended_check_ins)',
      )
      .one()
    return at === null ? null : at + afterMs
  }

  /** The same reminder is added once. */
  addReminder({ id, checkIn, way, kind, until }: Omit<ReminderRow, 'attempts'>, at: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO reminders (id, check_in, way, kind, until, due_at, attempts) VALUES (?, ?, ?, ?, ?, ?, 0)',
      ...[id, checkIn, way, kind, until, at],
    )
  }

  dueReminders(now: number, limit: number): ReminderRow[] {
    return this.#sql
      .exec<ReminderRow>(
        `SELECT id, check_in AS checkIn, way, kind, until, attempts FROM reminders WHERE due_at <= ? ORDER BY due_at LIMIT ?`,
        ...[now, limit],
      )
      .toArray()
  }

  putOffReminder(id: string, at: number, attempts: number): void {
    this.#sql.exec('UPDATE reminders SET due_at = ?, attempts = ? WHERE id = ?', at, attempts, id)
  }

  dropReminder(id: string): void {
    this.#sql.exec('DELETE FROM reminders WHERE id = ?', id)
  }

  nextReminderAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM reminders').one().at
  }
}
