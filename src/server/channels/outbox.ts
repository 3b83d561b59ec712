import type { Channel } from './channel.ts'

/** The local default: what would have gone out is kept in a table that only the local server has, for `/outbox`. */
const KEPT = 500

export type OutboxMail = { id: string; at: number; to: string; subject: string; text: string; html: string }

export class Outbox {
  readonly #sql: SqlStorage

  /** Makes the table: only where `AMPARO_LOCAL` is `1`. */
  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS outbox (
      id TEXT PRIMARY KEY, at INTEGER NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
      text TEXT NOT NULL, html TEXT NOT NULL
    )`)
  }

  /** A batch sent again is the same mails again: they are kept once. */
  channel(now: () => number): Channel {
    return {
      send: async ({ key, mails }) =>
        mails.map(({ to, subject, text, html }, index) => {
          const id = `${key}.${index}`
          this.#sql.exec(
            'INSERT OR IGNORE INTO outbox (id, at, recipient, subject, text, html) VALUES (?, ?, ?, ?, ?, ?)',
            ...[id, now(), to, subject, text, html],
          )
          this.#sql.exec(
            'DELETE FROM outbox WHERE rowid NOT IN (SELECT rowid FROM outbox ORDER BY rowid DESC LIMIT ?)',
            KEPT,
          )
          return { kind: 'accepted', provider: id }
        }),
    }
  }

  /** Newest first. */
  list(): OutboxMail[] {
    return this.#sql
      .exec<OutboxMail>(
        'SELECT id, at, recipient AS "to", subject, text, html FROM outbox ORDER BY rowid DESC',
      )
      .toArray()
  }
}
