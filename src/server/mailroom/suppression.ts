import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { StopRequest } from '../../protocol/letter.ts'
import { hashOf } from '../hash.ts'

/** "Never again" (`protocol.md §7.3.4`): who is not written to, as keyed hashes. SQL only: no clock. */
const STOP_LINK_LIFE_MS = 400 * 86_400_000

export type AddressHashes = { address: string; pair: string }
type Addressed = { vault: string; address: string }

/**
 * One mailbox has many spellings: providers tell no cases apart, and `name+anything` is `name`. Only for hashes; mail goes to the
 * address as written.
 */
const normalised = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/, '')

export class Suppression {
  readonly #sql: SqlStorage
  #key: Uint8Array | null = null

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Made once, here; it never leaves this object. */
  #secret(): Uint8Array {
    if (this.#key === null) {
      const fresh = toText(crypto.getRandomValues(new Uint8Array(32)))
      this.#sql.exec('INSERT OR IGNORE INTO secret (one, key) VALUES (1, ?)', fresh)
      this.#key = fromText(this.#sql.exec<{ key: string }>('SELECT key FROM secret').one().key)
    }
    return this.#key
  }

  /** HMAC-SHA-256 of the address, and of vault id ‖ address. */
  hashesOf({ vault, address }: Addressed): AddressHashes {
    const name = new TextEncoder().encode(normalised(address))
    const id = fromText(vault)
    const pair = new Uint8Array(id.length + name.length)
    pair.set(id)
    pair.set(name, id.length)
    return {
      address: toText(hmac(sha256, this.#secret(), name)),
      pair: toText(hmac(sha256, this.#secret(), pair)),
    }
  }

  /** Lets the stop link of a message find its address again. */
  remember(link: { vault: string; contact: string; stop: string }, hashes: AddressHashes, now: number): void {
    this.#sql.exec(
      `INSERT INTO stops (hash, address_hash, pair_hash, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET created_at = excluded.created_at`,
      ...[hashOf(link.vault, link.contact, link.stop), hashes.address, hashes.pair, now],
    )
  }

  isSuppressed({ address, pair }: AddressHashes): boolean {
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
