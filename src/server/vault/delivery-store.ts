import type { ChannelKind } from '../../protocol/channel.ts'
import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'
import type { Word } from '../delivery-order.ts'

/** Deliveries, of alerts and drills alike (`docs/storage.md`). SQL only: no rules, no clock. */
export type DeliveryRow = {
  id: string
  alert: string
  kind: 'alert' | 'clear' | 'drill'
  wave: number
  contact: string
  /** Which of the contact's channels in the roster of `hold`. */
  channel: number
  hold: string
  pressedAt: number
  createdAt: number
  /** What kind of channel that is; null where there is none to hand it over to. */
  way: ChannelKind | null
}

export const DELIVERY = `id, alert, kind, wave, contact, channel, hold, pressed_at AS pressedAt, created_at AS createdAt, way`

export class DeliveryStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** @param refused why it will never be handed over, or null */
  add(row: DeliveryRow, refused: DeliveryReason | null = null): void {
    this.#sql.exec(
      `INSERT INTO deliveries (id, alert, kind, wave, contact, channel, hold, pressed_at, created_at,
         handed, state, reason, changed_at, way) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[row.id, row.alert, row.kind, row.wave, row.contact, row.channel, row.hold, row.pressedAt],
      ...[row.createdAt, refused === null ? 0 : 1, refused === null ? 'waiting' : 'refused', refused],
      ...[row.createdAt, row.way],
    )
  }

  /** Nothing more is handed over to this contact. */
  refuseUnhanded(contact: string, reason: DeliveryReason, now: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET state = 'refused', reason = ?, changed_at = ?
       WHERE contact = ? AND handed = 0 AND state = 'waiting'`,
      ...[reason, now, contact],
    )
    // Also what the mailroom has sent already, and whose answer was lost.
    this.#sql.exec('UPDATE deliveries SET handed = 1 WHERE contact = ? AND handed = 0', contact)
  }

  /** Deliveries that their room has not taken yet: what is real first, then the oldest. */
  unhanded(way: 'email' | 'sms', limit: number): DeliveryRow[] {
    return this.#sql
      .exec<DeliveryRow>(
        `SELECT ${DELIVERY} FROM deliveries WHERE handed = 0 AND way = ?
         ORDER BY kind = 'drill', created_at, kind, id LIMIT ?`,
        ...[way, limit],
      )
      .toArray()
  }

  markHanded(id: string): void {
    this.#sql.exec('UPDATE deliveries SET handed = 1 WHERE id = ?', id)
  }

  /** Which channels of which rosters an alert has gone out to; who was not written to at all is not among them. */
  alerted(alert: string): Pick<DeliveryRow, 'contact' | 'channel' | 'hold'>[] {
    return this.#sql
      .exec<Pick<DeliveryRow, 'contact' | 'channel' | 'hold'>>(
        `SELECT DISTINCT contact, channel, hold FROM deliveries WHERE alert = ? AND kind = 'alert'
           AND (reason IS NULL OR reason NOT IN ('no-address', 'stopped', 'cap', 'gone')) ORDER BY wave DESC, contact, channel`,
        alert,
      )
      .toArray()
  }

  wordOf(id: string): Word | null {
    return this.#sql.exec<Word>('SELECT state, reason FROM deliveries WHERE id = ?', id).toArray()[0] ?? null
  }

  setState(id: string, state: DeliveryState, reason: DeliveryReason | null, at: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET state = ?1, reason = ?2, changed_at = ?3,
         sent_at = CASE WHEN ?1 IN ('sent', 'delivered') THEN coalesce(sent_at, ?3) ELSE sent_at END WHERE id = ?4`,
      ...[state, reason, at, id],
    )
  }

  /** By which ways messages of this alert wait until their provider takes any again. */
  heldWays(alert: string): ('email' | 'sms')[] {
    return this.#sql
      .exec<{ way: 'email' | 'sms' }>(
        `SELECT DISTINCT way FROM deliveries WHERE alert = ? AND way IN ('email', 'sms') AND handed = 1
           AND state = 'waiting' AND reason IN ('quota', 'not-configured')`,
        alert,
      )
      .toArray()
      .map(({ way }) => way)
  }
}
