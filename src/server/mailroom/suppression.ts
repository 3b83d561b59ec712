import type { StopRequest } from '../../protocol/letter-requests.ts'
import { hashOf } from '../hash.ts'
import type { Hashes } from './hashes.ts'

/** "Never again" (`protocol.md §7.3.4`): who is not written to, as keyed hashes. SQL only: no clock. */
const STOP_LINK_LIFE_MS = 400 * 86_400_000

export class Suppression {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Lets the stop link of a message find its address again. */
  remember(link: { vault: string; contact: string; stop: string }, hashes: Hashes, now: number): void {
    this.#sql.exec(
      `INSERT INTO stops (hash, address_hash, pair_hash, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET created_at = excluded.created_at`,
      ...[hashOf(link.vault, link.contact, link.stop), hashes.address, hashes.pair, now],
    )
  }

  isSuppressed({ address, pair }: Hashes): boolean {
    return this.#sql.exec('SELECT 1 FROM suppressed WHERE hash IN (?, ?)', address, pair).toArray().length > 0
  }

  /** @returns the hashes that are suppressed from now on; none for an unknown link */
  stop({ vault, id, token, scope }: StopRequest, now: number): string[] {
    const column = scope === 'all' ? 'address_hash' : 'pair_hash'
    const hashes = this.#sql
      .exec<{ hash: string }>(`SELECT ${column} AS hash FROM stops WHERE hash = ?`, hashOf(vault, id, token))
      .toArray()
      .map(({ hash }) => hash)
    this.suppress(hashes, now)
    return hashes
  }

  suppress(hashes: readonly string[], now: number): void {
    for (const hash of hashes)
      this.#sql.exec('INSERT OR IGNORE INTO suppressed (hash, at) VALUES (?, ?)', hash, now)
  }

  prune(now: number): void {
    this.#sql.exec('DELETE FROM stops WHERE created_at <= ?', now - STOP_LINK_LIFE_MS)
  }

  nextPruneAt(): number | null {
    const first = this.#sql.exec<{ at: number | null }>('SELECT min(created_at) AS at FROM stops').one().at
    return first === null ? null : first + STOP_LINK_LIFE_MS
  }
}
