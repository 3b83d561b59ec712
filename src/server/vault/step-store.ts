/** What the contacts of an alert say of the next steps (`docs/storage.md`). SQL only: no rules, no clock. */
export type StepRow = { said: number; sealed: string }

export class StepStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  of(alert: string, contact: string): StepRow | null {
    const query = 'SELECT said, sealed FROM steps WHERE alert = ? AND contact = ?'
    return this.#sql.exec<StepRow>(query, alert, contact).toArray()[0] ?? null
  }

  others(alert: string, contact: string): string[] {
    const query = 'SELECT sealed FROM steps WHERE alert = ? AND contact <> ? ORDER BY contact'
    return this.#sql
      .exec<{ sealed: string }>(query, alert, contact)
      .toArray()
      .map(({ sealed }) => sealed)
  }

  set(alert: string, contact: string, { said, sealed }: StepRow): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO steps (alert, contact, said, sealed) VALUES (?, ?, ?, ?)',
      ...[alert, contact, said, sealed],
    )
  }

  /** They end with the letters of their alert, and with their contact. */
  dropUnneeded(): void {
    this.#sql.exec('DELETE FROM steps WHERE alert NOT IN (SELECT id FROM alerts WHERE letters_out = 1)')
    this.#sql.exec('DELETE FROM steps WHERE contact NOT IN (SELECT id FROM contacts)')
  }
}
