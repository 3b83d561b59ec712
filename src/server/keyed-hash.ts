import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { fromText, toText } from '../protocol/bytes.ts'

/** HMAC-SHA-256 under a key that one object makes for itself and gives to nobody. No clock. */
export class KeyedHash {
  readonly #sql: SqlStorage
  #key: Uint8Array | null = null

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Made once, when it is needed first. */
  #secret(): Uint8Array {
    if (this.#key === null) {
      this.#sql.exec(
        'CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), key TEXT NOT NULL)',
      )
      const fresh = toText(crypto.getRandomValues(new Uint8Array(32)))
      this.#sql.exec('INSERT OR IGNORE INTO secret (one, key) VALUES (1, ?)', fresh)
      this.#key = fromText(this.#sql.exec<{ key: string }>('SELECT key FROM secret').one().key)
    }
    return this.#key
  }

  /** @returns base64url of 32 bytes, over `parts` joined */
  of(...parts: readonly Uint8Array[]): string {
    return toText(hmac(sha256, this.#secret(), concatBytes(...parts)))
  }
}
