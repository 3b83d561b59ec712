import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { sameHash } from '../hash.ts'
import type { Hashes } from './hashes.ts'

/** Codes that were mailed and may come back (`protocol.md §7.5.2–3`), as keyed hashes. SQL only: no clock. */
const TRIES_MAX = 5

export type CodeRow = { code: string; tries: number; at: number }

/** Pure. `tries` are those before this one. */
export const isRight = ({ code, tries, at }: CodeRow, tried: string, now: number): boolean => {
  const same = sameHash(code, tried)
  return same && tries < TRIES_MAX && now < at + CODE_LIFE_MS
}

export class Codes {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Ends the one before. @param message that carries it */
  put({ place, contact, vault, address, pair }: Hashes, code: string, message: string, now: number): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO codes (place, contact_hash, vault_hash, address_hash, pair_hash, code, message, tries, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)`,
      ...[place, contact, vault, address, pair, code, message, now],
    )
  }

  /** The message with the code that is taken now. */
  messageOf(place: string): string | null {
    const [row] = this.#sql
      .exec<{ message: string }>('SELECT message FROM codes WHERE place = ?', place)
      .toArray()
    return row?.message ?? null
  }

  /**
   * A right one stays until it is old: whoever asks again because the answer was lost, is answered the same. A wrong one costs a try, also
   * of a code that is spent.
   */
  take(place: string, tried: string, now: number): boolean {
    const [row] = this.#sql
      .exec<CodeRow>('SELECT code, tries, at FROM codes WHERE place = ?', place)
      .toArray()
    if (row === undefined) return false
    const right = isRight(row, tried, now)
    if (!right) this.#sql.exec('UPDATE codes SET tries = tries + 1 WHERE place = ?', place)
    return right
  }

  /** Of a contact or an address that wants none. */
  dropTo(hashes: readonly string[]): void {
    for (const hash of hashes)
      this.#sql.exec(
        'DELETE FROM codes WHERE contact_hash = ? OR address_hash = ? OR pair_hash = ?',
        ...[hash, hash, hash],
      )
  }

  dropOf(vault: string): void {
    this.#sql.exec('DELETE FROM codes WHERE vault_hash = ?', vault)
  }

  prune(now: number): void {
    this.#sql.exec('DELETE FROM codes WHERE at <= ?', now - CODE_LIFE_MS)
  }

  nextPruneAt(): number | null {
    const { at } = this.#sql.exec<{ at: number | null }>('SELECT min(at) AS at FROM codes').one()
    return at === null ? null : at + CODE_LIFE_MS
  }
}
