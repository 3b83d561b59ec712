import { fromText } from '../../protocol/bytes.ts'
import { KeyedHash } from '../keyed-hash.ts'
import { DELIVERY, type DeliveryRow } from './delivery-store.ts'

/** Pushes that wait for their turn, and browsers that are gone (`docs/storage.md`). SQL only: no rules, no clock. */
/** `trying`: 1 where an attempt was begun and nothing has been heard of it. */
export type Waiting = DeliveryRow & { attempts: number; trying: number }

export class PushStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add(delivery: string, at: number): void {
    this.#sql.exec(
      'INSERT INTO pushes (delivery, due_at, attempts, trying) VALUES (?, ?, 0, 0)',
      delivery,
      at,
    )
  }

  /** Of deliveries that nobody has settled meanwhile. */
  due(now: number, limit: number): Waiting[] {
    return this.#sql
      .exec<Waiting>(
        `SELECT ${DELIVERY}, attempts, trying FROM pushes JOIN deliveries ON id = delivery
         WHERE due_at <= ? AND handed = 0 ORDER BY due_at, id LIMIT ?`,
        ...[now, limit],
      )
      .toArray()
  }

  /** Before it is sent. */
  begin(delivery: string, leaseEndsAt: number, attempts: number): void {
    this.#put(delivery, leaseEndsAt, attempts, 1)
  }

  /** After it came to nothing. */
  putOff(delivery: string, at: number, attempts: number): void {
    this.#put(delivery, at, attempts, 0)
  }

  #put(delivery: string, at: number, attempts: number, trying: 0 | 1): void {
    this.#sql.exec(
      'UPDATE pushes SET due_at = ?, attempts = ?, trying = ? WHERE delivery = ?',
      ...[at, attempts, trying, delivery],
    )
  }

  /** Has its end, or was refused before its turn. */
  dropSettled(): void {
    this.#sql.exec('DELETE FROM pushes WHERE delivery NOT IN (SELECT id FROM deliveries WHERE handed = 0)')
  }

  nextAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM pushes').one().at
  }

  #hash(contact: string, endpoint: string): string {
    return new KeyedHash(this.#sql).of(fromText(contact), new TextEncoder().encode(endpoint))
  }

  /** Its push service knows it no more. */
  markGone(contact: string, endpoint: string): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO gone_pushes (hash, contact) VALUES (?, ?)',
      ...[this.#hash(contact, endpoint), contact],
    )
  }

  isGone(contact: string, endpoint: string): boolean {
    return (
      this.#sql.exec('SELECT 1 FROM gone_pushes WHERE hash = ?', this.#hash(contact, endpoint)).toArray()
        .length > 0
    )
  }

  /** Whoever answers is there: what this contact names from now on is tried again. */
  forgetGone(contact: string): void {
    this.#sql.exec('DELETE FROM gone_pushes WHERE contact = ?', contact)
  }

  dropUnneeded(): void {
    this.#sql.exec('DELETE FROM gone_pushes WHERE contact NOT IN (SELECT id FROM contacts)')
  }
}
