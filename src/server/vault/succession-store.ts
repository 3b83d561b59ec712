import { NO_SUCCESSION, type Succession } from './succession-rules.ts'

/** What a vault came from and what comes after it, and that it has ended for good (`docs/storage.md`). SQL only: no rules, no clock. */
export const SUCCESSION_TABLES = `CREATE TABLE IF NOT EXISTS succession (
  one INTEGER PRIMARY KEY CHECK (one = 1), moves TEXT NOT NULL, successor TEXT, passed_at INTEGER
);
`

type Row = { moves: string; successor: string | null; passedAt: number | null }

export class SuccessionStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  get(): Succession {
    const row = this.#sql
      .exec<Row>('SELECT moves, successor, passed_at AS passedAt FROM succession')
      .toArray()[0]
    return row === undefined ? NO_SUCCESSION : { ...row, moves: JSON.parse(row.moves) as number[] }
  }

  set({ moves, successor, passedAt }: Succession): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO succession (one, moves, successor, passed_at) VALUES (1, ?, ?, ?)',
      ...[JSON.stringify(moves), successor, passedAt],
    )
  }

  /** Something that a provider has not taken yet, made after `since`: an all-clear among it, which people wait for. */
  hasWaiting(since: number): boolean {
    const query = "SELECT 1 FROM deliveries WHERE state = 'waiting' AND created_at > ? LIMIT 1"
    return this.#sql.exec(query, since).toArray().length > 0
  }
}
