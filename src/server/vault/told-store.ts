import type { PushTarget } from '../../protocol/channel.ts'
import type { Language } from '../../protocol/fields.ts'

/** The owner's browsers that are told of a waiting press, and what waits to be told (`docs/storage.md`). SQL only: no rules, no clock. */
export const TOLD_TABLES = `CREATE TABLE IF NOT EXISTS told_phones (
  endpoint TEXT PRIMARY KEY, target TEXT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tellings (
  press TEXT NOT NULL, endpoint TEXT NOT NULL, until INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
  PRIMARY KEY (press, endpoint)
);
`

export type ToldPhone = { target: PushTarget; language: Language; origin: string }
export type TellingRow = { press: string; endpoint: string; until: number; attempts: number }

export class ToldStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  endpoints(): string[] {
    return this.#sql
      .exec<{ endpoint: string }>('SELECT endpoint FROM told_phones ORDER BY rowid')
      .toArray()
      .map(({ endpoint }) => endpoint)
  }

  phone(endpoint: string): ToldPhone | null {
    const [row] = this.#sql
      .exec<{ target: string; language: Language; origin: string }>(
        'SELECT target, language, origin FROM told_phones WHERE endpoint = ?',
        endpoint,
      )
      .toArray()
    return row === undefined ? null : { ...row, target: JSON.parse(row.target) as PushTarget }
  }

  set({ target, language, origin }: ToldPhone): void {
    this.#sql.exec(
      `INSERT INTO told_phones (endpoint, target, language, origin) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET target = excluded.target, language = excluded.language, origin = excluded.origin`,
      ...[target.endpoint, JSON.stringify(target), language, origin],
    )
  }

  /** @param endpoint null: all of them */
  drop(endpoint: string | null): void {
    for (const table of ['told_phones', 'tellings'])
      this.#sql.exec(`DELETE FROM ${table} WHERE ? IS NULL OR endpoint = ?`, endpoint, endpoint)
  }

  /** The same once. */
  addTelling(press: string, endpoint: string, until: number, at: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO tellings (press, endpoint, until, due_at, attempts) VALUES (?, ?, ?, ?, 0)',
      ...[press, endpoint, until, at],
    )
  }

  dueTellings(now: number, limit: number): TellingRow[] {
    return this.#sql
      .exec<TellingRow>(
        'SELECT press, endpoint, until, attempts FROM tellings WHERE due_at <= ? ORDER BY due_at LIMIT ?',
        ...[now, limit],
      )
      .toArray()
  }

  putOff({ press, endpoint }: TellingRow, at: number, attempts: number): void {
    this.#sql.exec(
      'UPDATE tellings SET due_at = ?, attempts = ? WHERE press = ? AND endpoint = ?',
      ...[at, attempts, press, endpoint],
    )
  }

  dropTelling({ press, endpoint }: TellingRow): void {
    this.#sql.exec('DELETE FROM tellings WHERE press = ? AND endpoint = ?', press, endpoint)
  }

  nextAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM tellings').one().at
  }
}
