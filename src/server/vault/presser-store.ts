import { LISTED_PRESSES_MAX, SHOWN_PRESSES_MAX } from '../../protocol/limits.ts'
import type { SituationOut } from '../../protocol/situation.ts'
import type { Alert, PressStage } from './alert-state.ts'

/** Who pressed, and what was written of it (`docs/storage.md`). SQL only: no rules, no clock. */

/** The last thing that a presser has said of one press, and how many there were. */
export type SaidOfPress = { said: number; at: number; sealed: string }

/** One press with who made it. `alertStage` is null while it belongs to no alert. */
export type MadePress = {
  id: string
  presser: string
  practice: boolean
  stage: PressStage
  pressedAt: number
  receivedAt: number
  releaseAt: number
  alert: string | null
  alertStage: Alert['stage'] | null
}

/** A press of an alert as the owner is told of it; `sealed` is null where nothing was written. */
export type PressOfAlert = {
  presser: string
  pressedAt: number
  receivedAt: number
  at: number | null
  sealed: string | null
}

export class PresserStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The first time counts: a press belongs to who made it. */
  made(press: string, presser: string): void {
    this.#sql.exec('INSERT OR IGNORE INTO pressed_by (press, presser) VALUES (?, ?)', press, presser)
  }

  isOf(press: string, presser: string): boolean {
    const query = 'SELECT 1 FROM pressed_by WHERE press = ? AND presser = ?'
    return this.#sql.exec(query, press, presser).toArray().length > 0
  }

  /** Real presses of this one that are in their delay. */
  countWaiting(presser: string): number {
    const query = `SELECT count(*) AS n FROM presses p JOIN pressed_by b ON b.press = p.id
      WHERE b.presser = ? AND p.stage = 'counting' AND p.practice = 0`
    return this.#sql.exec<{ n: number }>(query, presser).one().n
  }

  /** Of who could still be asked about: every other press was forgotten with its alert, or is long over. */
  dropUnneeded(): void {
    this.#sql.exec('DELETE FROM pressed_by WHERE press NOT IN (SELECT id FROM presses)')
    this.#sql.exec('DELETE FROM situations WHERE press NOT IN (SELECT id FROM presses)')
  }

  said(press: string): SaidOfPress | null {
    return (
      this.#sql
        .exec<SaidOfPress>('SELECT said, at, sealed FROM situations WHERE press = ?', press)
        .toArray()[0] ?? null
    )
  }

  say(press: string, { said, at, sealed }: SaidOfPress): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO situations (press, said, at, sealed) VALUES (?, ?, ?, ?)',
      ...[press, said, at, sealed],
    )
  }

  /** With the letters of an alert goes what was said of it. */
  withdraw(alert: string): void {
    this.#sql.exec('DELETE FROM situations WHERE press IN (SELECT id FROM presses WHERE alert = ?)', alert)
  }

  /**
   * The press that opened the alert first, then the newest. Where there are too many, each presser has its turn: one that presses again and again
   * pushes out nobody else.
   */
  ofAlert(alert: string): PressOfAlert[] {
    return this.#sql
      .exec<PressOfAlert>(
        `SELECT presser, pressedAt, receivedAt, at, sealed FROM (
           SELECT b.presser, p.pressed_at AS pressedAt, p.received_at AS receivedAt, s.at, s.sealed, p.id = ?1 AS first, p.rowid AS n,
             row_number() OVER (PARTITION BY b.presser ORDER BY s.at IS NULL, p.received_at DESC, p.rowid DESC) AS turn
           FROM presses p JOIN pressed_by b ON b.press = p.id LEFT JOIN situations s ON s.press = p.id
           WHERE p.alert = ?1 ORDER BY first DESC, turn, receivedAt DESC, n DESC LIMIT ?2
         ) ORDER BY first DESC, receivedAt DESC, n DESC`,
        ...[alert, SHOWN_PRESSES_MAX],
      )
      .toArray()
  }

  /** What contacts are told: the last words of each press, in their order; where there are too many, each presser has its turn. */
  situations(alert: string): SituationOut[] {
    return this.#sql
      .exec<SituationOut>(
        `SELECT presser, pressedAt, at, sealed FROM (
           SELECT b.presser, p.pressed_at AS pressedAt, s.at, s.sealed, p.rowid AS n,
             row_number() OVER (PARTITION BY b.presser ORDER BY s.at DESC, p.rowid DESC) AS turn
           FROM presses p JOIN pressed_by b ON b.press = p.id JOIN situations s ON s.press = p.id
           WHERE p.alert = ? ORDER BY turn, s.at DESC, n DESC LIMIT ?
         ) ORDER BY at, n`,
        ...[alert, SHOWN_PRESSES_MAX],
      )
      .toArray()
  }

  newest(): MadePress[] {
    return this.#sql
      .exec<Omit<MadePress, 'practice'> & { practice: number }>(
        `SELECT p.id, b.presser, p.practice, p.stage, p.pressed_at AS pressedAt, p.received_at AS receivedAt,
           p.release_at AS releaseAt, p.alert, a.stage AS alertStage
         FROM presses p JOIN pressed_by b ON b.press = p.id LEFT JOIN alerts a ON a.id = p.alert
         ORDER BY p.received_at DESC, p.rowid DESC LIMIT ?`,
        LISTED_PRESSES_MAX,
      )
      .toArray()
      .map(({ practice, ...press }) => ({ ...press, practice: practice === 1 }))
  }
}
