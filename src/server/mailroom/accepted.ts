import type { Hashes } from './hashes.ts'

/** Which address was confirmed for which contact (`protocol.md §7.7`), as keyed hashes. SQL only: no clock. */
export class Accepted {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add({ place, contact, vault, pair }: Hashes, now: number): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO accepted (place, contact_hash, vault_hash, pair_hash, at)
       VALUES (?, ?, ?, ?, ?)`,
      ...[place, contact, vault, pair, now],
    )
  }

  has({ place }: Hashes): boolean {
    return this.#sql.exec('SELECT 1 FROM accepted WHERE place = ?', place).toArray().length > 0
  }

  /** What this contact has confirmed: hashes of the vault with each address. */
  of(contact: string): string[] {
    return this.#sql
      .exec<{ hash: string }>('SELECT pair_hash AS hash FROM accepted WHERE contact_hash = ?', contact)
      .toArray()
      .map(({ hash }) => hash)
  }

  dropContact(contact: string): void {
    this.#sql.exec('DELETE FROM accepted WHERE contact_hash = ?', contact)
  }

  dropOf(vault: string): void {
    this.#sql.exec('DELETE FROM accepted WHERE vault_hash = ?', vault)
  }
}
