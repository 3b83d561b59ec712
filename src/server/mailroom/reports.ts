import { supersedes, type Word } from '../delivery-order.ts'
import type { Report } from './posting.ts'

/** What vaults are still to be told, and which message the provider knows under which id (`docs/storage.md`). SQL only: no clock. */
const PROVIDER_ID_LIFE_MS = 7 * 86_400_000
/** A vault that cannot be told for so long is not waited for. */
const REPORT_LIFE_MS = 7 * 86_400_000
/** The provider may speak of a message before we have heard that it took it; or of one that is none of ours. */
const EARLY_LIFE_MS = 86_400_000

export type PendingReport = Report & { vault: string; attempts: number }

export class Reports {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The newest word on a delivery takes the place of one that was not told yet. */
  put(vault: string, { delivery, state, reason, at }: Report, dueAt: number): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO reports (delivery, vault, state, reason, at, due_at, attempts)
       VALUES (?, ?, ?, ?, ?, ?, 0)`,
      ...[delivery, vault, state, reason, at, dueAt],
    )
  }

  due(now: number, limit: number): PendingReport[] {
    return this.#sql
      .exec<PendingReport>(
        `SELECT delivery, vault, state, reason, at, attempts FROM reports WHERE due_at <= ?
         ORDER BY due_at LIMIT ?`,
        ...[now, limit],
      )
      .toArray()
  }

  nextDueAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM reports').one().at
  }

  /** Acknowledged, unless something newer is to be told meanwhile. */
  acknowledge({ delivery, state, reason, at }: Report): void {
    this.#sql.exec(
      'DELETE FROM reports WHERE delivery = ? AND state = ? AND reason IS ? AND at = ?',
      ...[delivery, state, reason, at],
    )
  }

  putOff({ delivery, at }: Report, dueAt: number): void {
    this.#sql.exec(
      'UPDATE reports SET due_at = ?, attempts = attempts + 1 WHERE delivery = ? AND at = ?',
      ...[dueAt, delivery, at],
    )
  }

  /** What the provider says of a message later: once or often, in any order, and also before its answer has arrived. */
  hear(provider: string, { state, reason }: Word, now: number): void {
    const sent = this.#sentAs(provider)
    if (sent === null) {
      const early = this.#early(provider)
      if (early !== null && !supersedes({ state, reason }, early)) return
      this.#sql.exec(
        'INSERT OR REPLACE INTO early (provider, state, reason, at) VALUES (?, ?, ?, ?)',
        ...[provider, state, reason, now],
      )
      return
    }
    if (sent.vault === null) return
    const [pending] = this.#sql
      .exec<Word>('SELECT state, reason FROM reports WHERE delivery = ?', sent.delivery)
      .toArray()
    if (pending !== undefined && !supersedes({ state, reason }, pending)) return
    this.put(sent.vault, { delivery: sent.delivery, state, reason, at: now }, now)
  }

  #early(provider: string): Word | null {
    return (
      this.#sql.exec<Word>('SELECT state, reason FROM early WHERE provider = ?', provider).toArray()[0] ??
      null
    )
  }

  /** @param vault null where no vault counts the message */
  addSent(provider: string, delivery: string, vault: string | null, now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO sent (provider, delivery, vault, at) VALUES (?, ?, ?, ?)',
      ...[provider, delivery, vault, now],
    )
    const early = this.#early(provider)
    if (early === null) return
    this.#sql.exec('DELETE FROM early WHERE provider = ?', provider)
    this.hear(provider, early, now)
  }

  #sentAs(provider: string): { delivery: string; vault: string | null } | null {
    const [row] = this.#sql
      .exec<{ delivery: string; vault: string | null }>(
        'SELECT delivery, vault FROM sent WHERE provider = ?',
        provider,
      )
      .toArray()
    return row ?? null
  }

  drop(vault: string): void {
    this.#sql.exec('DELETE FROM reports WHERE vault = ?', vault)
    this.#sql.exec('UPDATE sent SET vault = NULL WHERE vault = ?', vault)
  }

  prune(now: number): void {
    this.#sql.exec('DELETE FROM sent WHERE at <= ?', now - PROVIDER_ID_LIFE_MS)
    this.#sql.exec('DELETE FROM reports WHERE at <= ?', now - REPORT_LIFE_MS)
    this.#sql.exec('DELETE FROM early WHERE at <= ?', now - EARLY_LIFE_MS)
  }

  nextPruneAt(): number | null {
    const { at } = this.#sql
      .exec<{ at: number | null }>(
        `SELECT min(at) AS at FROM (SELECT min(at) + ? AS at FROM sent UNION ALL SELECT min(at) + ? AS at FROM reports
           UNION ALL SELECT min(at) + ? AS at FROM early)`,
        ...[PROVIDER_ID_LIFE_MS, REPORT_LIFE_MS, EARLY_LIFE_MS],
      )
      .one()
    return at
  }
}
