import type { Lock } from '../../protocol/locks.ts'
import type { Alert } from './alert-state.ts'
import { FRESH_LANES, type Lanes } from './lanes.ts'

/** Letters and their releases (`docs/storage.md`). SQL only: no rules, no clock. */
export type LetterRow = { id: string; version: number; key: string; receipt: string; locks: readonly Lock[] }
/** A released letter with the alert that released it last. */
export type ReleasedLetter = LetterRow & {
  lanes: Lanes
  alert: string
  contact: string
  stage: Alert['stage']
  pressedAt: number
  closedAt: number | null
  /** Released by a drill. */
  practice: boolean
  /** Whose letter it is, is a contact still. */
  listed: boolean
}
/** A letter that is out, as who holds the invitation hears of it. */
export type LetterOut = { letter: string; state: Alert['stage']; pressedAt: number; practice: boolean }
type Version = { id: string; version: number }

/** Alerts, and the drills that release practice letters as they do. */
const ALERTS = `(SELECT id, stage, pressed_at, closed_at, letters_out, 0 AS practice FROM alerts
  UNION ALL SELECT id, 'open', started_at, NULL, letters_out, 1 FROM drills)`
const RELEASED = `EXISTS (SELECT 1 FROM releases r JOIN ${ALERTS} a ON a.id = r.alert
  WHERE r.letter = letters.id AND r.version = letters.version AND a.letters_out = 1)`

export class LetterStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add({ id, version, key, receipt, locks }: LetterRow): void {
    this.#sql.exec(
      'INSERT INTO letters (id, version, key, receipt, locks, current) VALUES (?, ?, ?, ?, ?, 1)',
      ...[id, version, key, receipt, JSON.stringify(locks)],
    )
  }

  currentIds(): Set<string> {
    const rows = this.#sql.exec<{ id: string }>('SELECT id FROM letters WHERE current = 1').toArray()
    return new Set(rows.map(({ id }) => id))
  }

  current(): Version[] {
    return this.#sql.exec<Version>('SELECT id, version FROM letters WHERE current = 1 ORDER BY id').toArray()
  }

  currentReleasedIds(): Set<string> {
    const rows = this.#sql
      .exec<{ id: string }>(`SELECT id FROM letters WHERE current = 1 AND ${RELEASED}`)
      .toArray()
    return new Set(rows.map(({ id }) => id))
  }

  countSupersededReleased(): number {
    return this.#sql
      .exec<{ n: number }>(`SELECT count(*) AS n FROM letters WHERE current = 0 AND ${RELEASED}`)
      .one().n
  }

  /** All but those in `keep` are of the past. */
  supersede(keep: ReadonlySet<string>): void {
    for (const id of this.currentIds()) {
      if (!keep.has(id)) this.#sql.exec('UPDATE letters SET current = 0 WHERE id = ? AND current = 1', id)
    }
  }

  /** Drops letters that are neither current nor released. @returns their KV keys */
  dropUnneeded(): string[] {
    const query = `DELETE FROM letters WHERE current = 0 AND NOT ${RELEASED} RETURNING key`
    return this.#sql
      .exec<{ key: string }>(query)
      .toArray()
      .map(({ key }) => key)
  }

  has({ id, version }: Version): boolean {
    return (
      this.#sql.exec('SELECT 1 FROM letters WHERE id = ? AND version = ?', id, version).toArray().length > 0
    )
  }

  release(alert: string, contact: string, { id, version }: Version, now: number): void {
    this.#sql.exec(
      `INSERT INTO releases (alert, contact, letter, version, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at`,
      ...[alert, contact, id, version, now],
    )
    this.#sql.exec('UPDATE alerts SET letters_out = 1 WHERE id = ?', alert)
  }

  withdraw(alert: string): void {
    this.#sql.exec('UPDATE alerts SET letters_out = 0 WHERE id = ?', alert)
    this.#sql.exec('DELETE FROM on_it WHERE alert = ?', alert)
  }

  /** @param version null for the one that was released last */
  released(id: string, version: number | null): ReleasedLetter | null {
    type Row = Omit<ReleasedLetter, 'locks' | 'lanes' | 'practice' | 'listed'> & {
      locks: string
      gateState: string | null
      practice: number
      listed: number
    }
    const rows = this.#sql
      .exec<Row>(
        `SELECT l.id, l.version, l.key, l.receipt, l.locks, l.gate_state AS gateState, r.alert, r.contact,
           a.stage, a.pressed_at AS pressedAt, a.closed_at AS closedAt, a.practice,
           r.contact IN (SELECT id FROM contacts) AS listed
         FROM releases r JOIN letters l ON l.id = r.letter AND l.version = r.version JOIN ${ALERTS} a ON a.id = r.alert
         WHERE r.letter = ? AND a.letters_out = 1 AND (? IS NULL OR r.version = ?)
         ORDER BY r.at DESC, r.version DESC LIMIT 1`,
        ...[id, version, version],
      )
      .toArray()
    const row = rows[0]
    if (row === undefined) return null
    const { locks, gateState, practice, listed, ...rest } = row
    return {
      ...rest,
      practice: practice === 1,
      listed: listed === 1,
      locks: JSON.parse(locks),
      lanes: gateState === null ? FRESH_LANES : JSON.parse(gateState),
    }
  }

  /** Each letter once, by the alert that released it last; the newest first. */
  outTo(contact: string, limit: number): LetterOut[] {
    return this.#sql
      .exec<Omit<LetterOut, 'practice'> & { practice: number; at: number }>(
        `SELECT r.letter, a.stage AS state, a.pressed_at AS pressedAt, a.practice, max(r.at) AS at
         FROM releases r JOIN letters l ON l.id = r.letter AND l.version = r.version JOIN ${ALERTS} a ON a.id = r.alert
         WHERE r.contact = ? AND a.letters_out = 1 GROUP BY r.letter ORDER BY max(r.at) DESC, r.letter LIMIT ?`,
        ...[contact, limit],
      )
      .toArray()
      .map(({ letter, state, pressedAt, practice }) => ({
        letter,
        state,
        pressedAt,
        practice: practice === 1,
      }))
  }

  setLanes({ id, version }: Version, lanes: Lanes): void {
    const state = Object.keys(lanes).length === 0 ? null : JSON.stringify(lanes)
    this.#sql.exec('UPDATE letters SET gate_state = ? WHERE id = ? AND version = ?', state, id, version)
  }

  /** The first time counts. */
  markOpened(alert: string, { id, version }: Version, now: number): void {
    this.#sql.exec(
      'UPDATE releases SET opened_at = ? WHERE alert = ? AND letter = ? AND version = ? AND opened_at IS NULL',
      ...[now, alert, id, version],
    )
  }
}
