import type { ChannelKind } from '../../protocol/channel.ts'
import type { OnIt } from '../../protocol/standing.ts'
import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'
import type { Alert, Press, State } from './alert-state.ts'
import type { Progress } from './status.ts'

/** Presses, alerts and holds, and how an alert stands (`docs/storage.md`). SQL only: no rules, no clock. */

/** What opens the roster of one press (or of a late all-clear). `rosterKey` is null where the wrapped key did not open. */
export type Hold = { id: string; version: number; rosterKey: string | null; origin: string; at: number }

type PressColumns = Omit<Press, 'practice'> & { practice: number }
const PRESS = `id, practice, received_at AS receivedAt, pressed_at AS pressedAt, release_at AS releaseAt, stage, alert, wave`
const ALERT = `id, pressed_at AS pressedAt, opened_at AS openedAt, stage, closed_at AS closedAt, waves,
  last_wave_at AS lastWaveAt, repeats, owed_at AS owedAt,
  (SELECT count(*) FROM on_it o WHERE o.alert = alerts.id AND o.sealed IS NOT NULL) AS onIt,
  (SELECT count(DISTINCT d.contact) FROM deliveries d WHERE d.alert = alerts.id AND d.kind = 'alert'
     AND (d.reason IS NULL OR d.reason NOT IN ('no-address', 'stopped'))
     AND d.contact NOT IN (SELECT contact FROM departures)
     AND d.contact NOT IN (SELECT r.contact FROM releases r WHERE r.alert = alerts.id AND r.opened_at IS NOT NULL)
  ) AS unopened`
export class AlertStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** All that is not over, and the press and the alert named `id`, with the alert that the press joined. */
  load(id: string | null): State {
    const presses = this.#sql
      .exec<PressColumns>(`SELECT ${PRESS} FROM presses WHERE stage IN ('counting', 'queued') OR id = ?`, id)
      .toArray()
      .map((press) => ({ ...press, practice: press.practice === 1 }))
    const alerts = this.#sql
      .exec<Alert>(
        `SELECT ${ALERT} FROM alerts WHERE stage = 'open' OR id = ? OR id = (SELECT alert FROM presses WHERE id = ?)`,
        ...[id, id],
      )
      .toArray()
    return { presses, alerts }
  }

  /** Writes what `after` has and `before` had not. */
  save(before: State, after: State): void {
    const known = new Set(before.presses)
    for (const press of after.presses) {
      if (known.has(press)) continue
      const { id, practice, receivedAt, pressedAt, releaseAt, stage, alert, wave } = press
      this.#sql.exec(
        `INSERT OR REPLACE INTO presses (id, practice, received_at, pressed_at, release_at, stage, alert, wave)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, practice ? 1 : 0, receivedAt, pressedAt, releaseAt, stage, alert, wave],
      )
    }
    for (const alert of after.alerts) {
      if (before.alerts.includes(alert)) continue
      const { id, pressedAt, openedAt, stage, closedAt, waves, lastWaveAt, repeats, owedAt } = alert
      this.#sql.exec(
        `INSERT INTO alerts (id, pressed_at, opened_at, stage, closed_at, waves, last_wave_at, repeats, owed_at,
           letters_out, roster_opened) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1)
         ON CONFLICT DO UPDATE SET stage = excluded.stage, closed_at = excluded.closed_at, waves = excluded.waves,
           last_wave_at = excluded.last_wave_at, repeats = excluded.repeats, owed_at = excluded.owed_at`,
        ...[id, pressedAt, openedAt, stage, closedAt, waves, lastWaveAt, repeats, owedAt],
      )
    }
  }

  newest(limit: number): (Alert & { receivedAt: number; lettersOut: boolean })[] {
    return this.#sql
      .exec<Alert & { receivedAt: number; out: number }>(
        `SELECT ${ALERT}, letters_out AS out,
           coalesce((SELECT p.received_at FROM presses p WHERE p.id = alerts.id), opened_at) AS receivedAt
         FROM alerts ORDER BY opened_at DESC, rowid DESC LIMIT ?`,
        limit,
      )
      .toArray()
      .map(({ out, ...alert }) => ({ ...alert, lettersOut: out === 1 }))
  }

  progress(alert: string): Progress {
    type Row = {
      contact: string
      wave: number
      state: DeliveryState
      reason: DeliveryReason | null
      changedAt: number
      sentAt: number | null
      way: ChannelKind | null
    }
    const deliveries = this.#sql
      .exec<Row>(
        `SELECT contact, wave, state, reason, changed_at AS changedAt, sent_at AS sentAt, way FROM deliveries
         WHERE alert = ? AND kind = 'alert' ORDER BY wave, contact, channel`,
        alert,
      )
      .toArray()
    const opened = this.#sql
      .exec<{ contact: string; at: number }>(
        'SELECT contact, min(opened_at) AS at FROM releases WHERE alert = ? AND opened_at IS NOT NULL GROUP BY contact',
        alert,
      )
      .toArray()
    const onIt = this.#sql
      .exec<OnIt & { contact: string }>(
        'SELECT contact, at, sealed FROM on_it WHERE alert = ? AND sealed IS NOT NULL',
        alert,
      )
      .toArray()
    const row = this.#sql
      .exec<{ ok: number }>('SELECT roster_opened AS ok FROM alerts WHERE id = ?', alert)
      .toArray()
    return {
      deliveries,
      openedAt: new Map(opened.map(({ contact, at }) => [contact, at])),
      onIt: new Map(onIt.map(({ contact, at, sealed }) => [contact, { at, sealed }])),
      pressWave: this.lastPress(alert)?.wave ?? 1,
      rosterOpened: row[0]?.ok !== 0,
    }
  }

  /** The press that spoke last in an alert. */
  lastPress(alert: string): { id: string; pressedAt: number; wave: number } | null {
    return (
      this.#sql
        .exec<{ id: string; pressedAt: number; wave: number }>(
          `SELECT id, pressed_at AS pressedAt, wave FROM presses WHERE alert = ? AND wave IS NOT NULL
           ORDER BY wave DESC, pressed_at DESC, rowid DESC LIMIT 1`,
          alert,
        )
        .toArray()[0] ?? null
    )
  }

  /** Is this wave of no press? */
  isRepeat(alert: string, wave: number): boolean {
    return (
      this.#sql.exec('SELECT 1 FROM presses WHERE alert = ? AND wave = ? LIMIT 1', alert, wave).toArray()
        .length === 0
    )
  }

  setRosterOpened(alert: string, opened: boolean): void {
    this.#sql.exec('UPDATE alerts SET roster_opened = ? WHERE id = ?', opened ? 1 : 0, alert)
  }

  addHold({ id, version, rosterKey, origin, at }: Hold): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO holds (id, version, roster_key, origin, at) VALUES (?, ?, ?, ?, ?)',
      ...[id, version, rosterKey, origin, at],
    )
  }

  hold(id: string): Hold | null {
    return (
      this.#sql
        .exec<Hold>('SELECT id, version, roster_key AS rosterKey, origin, at FROM holds WHERE id = ?', id)
        .toArray()[0] ?? null
    )
  }

  /** Holds of the presses of an alert, newest first. */
  holdsOf(alert: string): Hold[] {
    return this.#sql
      .exec<Hold>(
        `SELECT h.id, h.version, h.roster_key AS rosterKey, h.origin, h.at FROM holds h
         JOIN presses p ON p.id = h.id WHERE p.alert = ? ORDER BY h.at DESC, h.id`,
        alert,
      )
      .toArray()
  }

  /** Erases keys that nothing needs: no press waits, no alert is open, no message is to be handed over. */
  dropSpentHolds(): void {
    this.#sql.exec(
      `DELETE FROM holds WHERE id NOT IN (SELECT id FROM presses WHERE stage IN ('counting', 'queued'))
         AND id NOT IN (SELECT p.id FROM presses p JOIN alerts a ON a.id = p.alert WHERE a.stage = 'open')
         AND id NOT IN (SELECT hold FROM deliveries WHERE handed = 0)`,
    )
  }

  hasHolds(): boolean {
    return this.#sql.exec('SELECT 1 FROM holds LIMIT 1').toArray().length > 0
  }

  setRoster(version: number, sealed: string): void {
    this.#sql.exec('INSERT INTO rosters (version, sealed) VALUES (?, ?)', version, sealed)
  }

  roster(version: number): string | null {
    return (
      this.#sql.exec<{ sealed: string }>('SELECT sealed FROM rosters WHERE version = ?', version).toArray()[0]
        ?.sealed ?? null
    )
  }

  dropOldRosters(current: number): void {
    this.#sql.exec(
      'DELETE FROM rosters WHERE version != ? AND version NOT IN (SELECT version FROM holds)',
      current,
    )
  }

  /** What was cancelled (a cancel may come before its press) or practised is kept to be asked about, but not without end. @returns whether any went */
  trimOver(keep: number): boolean {
    const trim = (stage: 'cancelled' | 'practised'): boolean =>
      this.#sql
        .exec(
          `DELETE FROM presses WHERE stage = ?1 AND id NOT IN
             (SELECT id FROM presses WHERE stage = ?1 ORDER BY received_at DESC, rowid DESC LIMIT ?2) RETURNING id`,
          ...[stage, keep],
        )
        .toArray().length > 0
    return [trim('cancelled'), trim('practised')].includes(true)
  }

  /**
   * Forgets what one presser has made, but for the newest `keep`: the rest says nothing that those do not say in the wave they wait for, or were in. Never an
   * alert's own, nor what spoke in a wave, nor what is released next. @returns whether any went
   */
  trimMade(presser: string, keep: number): boolean {
    const older = `SELECT p.id FROM presses p JOIN pressed_by b ON b.press = p.id
      WHERE b.presser = ?1 AND p.stage IN ('counting', 'queued', 'released', 'absorbed')
      ORDER BY p.received_at DESC, p.rowid DESC LIMIT -1 OFFSET ?2`
    const next = `SELECT p.id FROM presses p JOIN pressed_by b ON b.press = p.id
      WHERE b.presser = ?1 AND p.stage = 'counting' ORDER BY p.practice, p.release_at, p.received_at, p.id LIMIT 1`
    const isSpokenFor = `EXISTS (SELECT 1 FROM presses later WHERE later.alert = presses.alert AND later.wave = presses.wave
      AND (later.pressed_at, later.rowid) > (presses.pressed_at, presses.rowid))`
    return (
      this.#sql
        .exec(
          `DELETE FROM presses WHERE id IN (${older}) AND id NOT IN (${next}) AND id NOT IN (SELECT id FROM alerts)
             AND id NOT IN (SELECT hold FROM deliveries) AND (stage != 'released' OR ${isSpokenFor}) RETURNING id`,
          ...[presser, keep],
        )
        .toArray().length > 0
    )
  }

  /** When the oldest press that belongs to no alert is to be forgotten, or null. */
  nextPruneAt(afterMs: number): number | null {
    const query = `SELECT min(received_at) AS at FROM presses WHERE alert IS NULL AND stage IN ('cancelled', 'practised')`
    const first = this.#sql.exec<{ at: number | null }>(query).one().at
    return first === null ? null : first + afterMs
  }

  /** Forgets presses and withdrawn alerts older than `before`, but never one of the newest `keep` alerts. */
  prune(before: number, keep: number): void {
    const old = `SELECT id FROM alerts WHERE stage != 'open' AND letters_out = 0 AND closed_at < ?
      AND id NOT IN (SELECT id FROM alerts ORDER BY opened_at DESC, rowid DESC LIMIT ?)`
    for (const { id } of this.#sql.exec<{ id: string }>(old, before, keep).toArray()) {
      for (const table of ['deliveries', 'releases', 'on_it', 'presses']) {
        this.#sql.exec(`DELETE FROM ${table} WHERE alert = ?`, id)
      }
      this.#sql.exec('DELETE FROM alerts WHERE id = ?', id)
    }
    this.#sql.exec(
      "DELETE FROM presses WHERE alert IS NULL AND stage IN ('cancelled', 'practised') AND received_at < ?",
      before,
    )
  }
}
