import { fromText, toText } from '../../protocol/bytes.ts'
import { SECRET_BYTES } from '../../protocol/limits.ts'
import { hashOf } from '../hash.ts'
import { KeyedHash } from '../keyed-hash.ts'

/**
 * Tokens of the stop links that are mailed (`protocol.md §7.3.4`). Each is of one address, and known only to who gets the mail: were it
 * the invitation's, an owner or a contact could stop any address by having something mailed to it. SQL only: no clock.
 */
export class StopLinks {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The same each time. Only of a vault that exists. */
  tokenFor(contact: string, address: string): string {
    const hash = new KeyedHash(this.#sql).of(fromText(contact), new TextEncoder().encode(address))
    return toText(fromText(hash).subarray(0, SECRET_BYTES))
  }

  /** From here on this link says who has left. */
  remember(contact: string, token: string): void {
    this.#sql.exec('INSERT OR IGNORE INTO stop_links (hash, contact) VALUES (?, ?)', hashOf(token), contact)
  }

  isOf(contact: string, token: string): boolean {
    return (
      this.#sql
        .exec('SELECT 1 FROM stop_links WHERE hash = ? AND contact = ?', hashOf(token), contact)
        .toArray().length > 0
    )
  }

  dropUnneeded(): void {
    this.#sql.exec('DELETE FROM stop_links WHERE contact NOT IN (SELECT id FROM contacts)')
  }
}
