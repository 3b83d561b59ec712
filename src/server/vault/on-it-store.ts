import type { OnIt, StandingAnswer } from '../../protocol/standing.ts'

/** Who is on it (`docs/storage.md`). SQL only: no rules, no clock. */

/** The last word of one contact in one alert; `sealed` is null once it was taken back. */
export type Said = { said: number; at: number; sealed: string | null }

export class OnItStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  said(alert: string, contact: string): Said | null {
    return (
      this.#sql
        .exec<Said>('SELECT said, at, sealed FROM on_it WHERE alert = ? AND contact = ?', alert, contact)
        .toArray()[0] ?? null
    )
  }

  say(alert: string, contact: string, { said, at, sealed }: Said): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO on_it (alert, contact, said, sealed, at) VALUES (?, ?, ?, ?, ?)',
      ...[alert, contact, said, sealed, at],
    )
  }

  /** Of who is no contact any more. @returns the alerts that nobody is on any more because of it */
  dropRemoved(): string[] {
    const dropped = this.#sql
      .exec<{ alert: string; sealed: string | null }>(
        'DELETE FROM on_it WHERE contact NOT IN (SELECT id FROM contacts) RETURNING alert, sealed',
      )
      .toArray()
    const left = new Set(dropped.filter(({ sealed }) => sealed !== null).map(({ alert }) => alert))
    return [...left].filter((alert) => this.count(alert) === 0)
  }

  count(alert: string): number {
    const query = 'SELECT count(*) AS n FROM on_it WHERE alert = ? AND sealed IS NOT NULL'
    return this.#sql.exec<{ n: number }>(query, alert).one().n
  }

  /** Without who they are: contacts get no list of each other. */
  others(alert: string, contact: string): OnIt[] {
    return this.#sql
      .exec<OnIt>(
        'SELECT at, sealed FROM on_it WHERE alert = ? AND contact != ? AND sealed IS NOT NULL ORDER BY at, rowid',
        ...[alert, contact],
      )
      .toArray()
  }

  /** What a contact's timeline tells of the alert and of his own message. */
  timesOf(
    alert: string,
    contact: string,
  ): Pick<StandingAnswer, 'sentAt' | 'openedAt'> & { receivedAt: number } {
    return this.#sql
      .exec<{ receivedAt: number; sentAt: number | null; openedAt: number | null }>(
        `SELECT coalesce((SELECT received_at FROM presses WHERE id = ?1), (SELECT opened_at FROM alerts WHERE id = ?1)) AS receivedAt,
           (SELECT min(sent_at) FROM deliveries WHERE alert = ?1 AND contact = ?2 AND kind = 'alert') AS sentAt,
           (SELECT min(opened_at) FROM releases WHERE alert = ?1 AND contact = ?2) AS openedAt`,
        ...[alert, contact],
      )
      .one()
  }
}
