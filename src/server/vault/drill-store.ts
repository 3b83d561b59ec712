import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'
import { endOf } from './drill-rules.ts'

/** Drills (`docs/storage.md`); their deliveries and releases stand with those of alerts. SQL only: no rules, no clock. */
export type DrillRow = { id: string; startedAt: number }
export type DrillDelivery = {
  contact: string
  state: DeliveryState
  reason: DeliveryReason | null
  changedAt: number
  openedAt: number | null
}

export class DrillStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Newest first. */
  all(): DrillRow[] {
    return this.#sql
      .exec<DrillRow>('SELECT id, started_at AS startedAt FROM drills ORDER BY started_at DESC, rowid DESC')
      .toArray()
  }

  has(id: string): boolean {
    return this.#sql.exec('SELECT 1 FROM drills WHERE id = ?', id).toArray().length > 0
  }

  /** Whether its messages have left the vault, and what opened the roster is erased. */
  isSettled(id: string): boolean {
    return this.#sql.exec('SELECT 1 FROM holds WHERE id = ?', id).toArray().length === 0
  }

  add(id: string, now: number): void {
    this.#sql.exec('INSERT INTO drills (id, started_at, letters_out) VALUES (?, ?, 1)', id, now)
  }

  deliveries(drill: string): DrillDelivery[] {
    return this.#sql
      .exec<DrillDelivery>(
        `SELECT d.contact, d.state, d.reason, d.changed_at AS changedAt,
           (SELECT min(r.opened_at) FROM releases r WHERE r.alert = d.alert AND r.contact = d.contact) AS openedAt
         FROM deliveries d WHERE d.alert = ? AND d.kind = 'drill' ORDER BY d.rowid`,
        drill,
      )
      .toArray()
  }

  /** Takes back the practice letters of every drill that is over. @returns when the next one is, or null */
  end(now: number): number | null {
    let next: number | null = null
    const running = this.#sql
      .exec<DrillRow>('SELECT id, started_at AS startedAt FROM drills WHERE letters_out = 1')
      .toArray()
    for (const { id, startedAt } of running) {
      const at = endOf(startedAt)
      if (at <= now) this.#sql.exec('UPDATE drills SET letters_out = 0 WHERE id = ?', id)
      else next = Math.min(next ?? at, at)
    }
    return next
  }

  /** Forgets all but the newest, with what was delivered and released. */
  prune(keep: number): void {
    for (const { id } of this.all().slice(keep)) {
      for (const table of ['deliveries', 'releases'])
        this.#sql.exec(`DELETE FROM ${table} WHERE alert = ?`, id)
      this.#sql.exec('DELETE FROM drills WHERE id = ?', id)
    }
  }
}
