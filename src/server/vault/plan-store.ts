/** Where the family's plan is in KV, and what of it comes with each letter (`docs/storage.md`). SQL only: no rules, no clock. */
export type Pointer = { version: number; key: string }

export class PlanStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  plan(): Pointer | null {
    return this.#sql.exec<Pointer>('SELECT version, key FROM plan').toArray()[0] ?? null
  }

  /** @returns the KV key of the one before */
  replace(next: Pointer | null): string | null {
    const old = this.plan()?.key ?? null
    this.#sql.exec('DELETE FROM plan')
    if (next !== null)
      this.#sql.exec('INSERT INTO plan (one, version, key) VALUES (1, ?, ?)', next.version, next.key)
    return old
  }

  addShare({ letter, version, key }: { letter: string; version: number; key: string }): void {
    this.#sql.exec('INSERT INTO shares (letter, version, key) VALUES (?, ?, ?)', letter, version, key)
  }

  /** @returns its KV key, or null where nothing comes with this letter */
  share(letter: string, version: number): string | null {
    const query = 'SELECT key FROM shares WHERE letter = ? AND version = ?'
    return this.#sql.exec<{ key: string }>(query, letter, version).toArray()[0]?.key ?? null
  }

  /** A share goes with its letter. @returns their KV keys */
  dropUnneeded(): string[] {
    return this.#sql
      .exec<{ key: string }>(
        `DELETE FROM shares WHERE NOT EXISTS
           (SELECT 1 FROM letters l WHERE l.id = shares.letter AND l.version = shares.version) RETURNING key`,
      )
      .toArray()
      .map(({ key }) => key)
  }
}
