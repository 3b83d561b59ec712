/** The vault's cards in the directory of codes (`docs/storage.md`). SQL only: no rules, no clock. */
export class CardStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** @returns where its code leads, or null while it is in no directory */
  lookupOf(presser: string): string | null {
    const query = 'SELECT lookup FROM cards WHERE presser = ?'
    return this.#sql.exec<{ lookup: string }>(query, presser).toArray()[0]?.lookup ?? null
  }

  has(lookup: string): boolean {
    return this.#sql.exec('SELECT 1 FROM cards WHERE lookup = ?', lookup).toArray().length > 0
  }

  add(lookup: string, presser: string): void {
    this.#sql.exec('INSERT INTO cards (lookup, presser) VALUES (?, ?)', lookup, presser)
  }

  /** Forgets the cards that press nothing any more. @returns their places in the directory */
  dropRevoked(): string[] {
    return this.#sql
      .exec<{ lookup: string }>(
        'DELETE FROM cards WHERE presser NOT IN (SELECT id FROM pressers) RETURNING lookup',
      )
      .toArray()
      .map(({ lookup }) => lookup)
  }
}
