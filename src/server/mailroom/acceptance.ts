import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { sameHash } from '../hash.ts'
import type { Leaving } from './posting.ts'
import type { AddressHashes } from './suppression.ts'

/** Codes that are out, and addresses that were confirmed, by hash (`protocol.md §7.5`). SQL only: no clock. */
const TRIES_MAX = 5

type Who = { vault: string; contact: string }

export class Acceptance {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Ends the code before. */
  setCode({ vault, contact }: Who, address: string, codeHash: string, now: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO codes (vault, contact, address_hash, code_hash, tries, at) VALUES (?, ?, ?, ?, 0, ?)',
      ...[vault, contact, address, codeHash, now],
    )
  }

  /** A right code is used up, and its address confirmed. */
  confirm({ vault, contact }: Who, hashes: AddressHashes, codeHash: string, now: number): boolean {
    const row = this.#sql
      .exec<{ code: string }>(
        `UPDATE codes SET tries = tries + 1 WHERE vault = ? AND contact = ? AND address_hash = ? AND tries < ? AND at > ?
         RETURNING code_hash AS code`,
        ...[vault, contact, hashes.address, TRIES_MAX, now - CODE_LIFE_MS],
      )
      .toArray()[0]
    if (row === undefined || !sameHash(row.code, codeHash)) return false
    this.#sql.exec('DELETE FROM codes WHERE vault = ? AND contact = ?', vault, contact)
    this.#sql.exec(
      'INSERT OR IGNORE INTO accepted (vault, contact, address_hash, pair_hash) VALUES (?, ?, ?, ?)',
      ...[vault, contact, hashes.address, hashes.pair],
    )
    return true
  }

  /** Hashes of what this contact has confirmed, by which it is suppressed. */
  hashesOf({ vault, contact, scope }: Leaving): string[] {
    const column = scope === 'all' ? 'address_hash' : 'pair_hash'
    return this.#sql
      .exec<{ hash: string }>(
        `SELECT ${column} AS hash FROM accepted WHERE vault = ? AND contact = ?`,
        ...[vault, contact],
      )
      .toArray()
      .map(({ hash }) => hash)
  }

  drop(vault: string): void {
    this.#sql.exec('DELETE FROM codes WHERE vault = ?', vault)
    this.#sql.exec('DELETE FROM accepted WHERE vault = ?', vault)
  }
}
