import type { Tries } from './guard-rules.ts'

/** The guards of the owner's phones (`docs/storage.md`): hashes and counts. Shares are in KV. SQL only: no rules, no clock. */
export type GuardRow = {
  id: string
  device: string
  /** Of each slot, in its order. */
  pins: string[]
  shareKey: string
  tries: Tries
}

type Stored = {
  id: string
  device: string
  pins: string
  shareKey: string
  wrong: number
  waitUntil: number
  recent: string
}

export class GuardStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): GuardRow[] {
    return this.#sql
      .exec<Stored>(
        `SELECT id, device, pins, share_key AS shareKey, wrong, wait_until AS waitUntil, recent FROM guards ORDER BY id`,
      )
      .toArray()
      .map(({ pins, wrong, waitUntil, recent, ...row }) => ({
        ...row,
        pins: JSON.parse(pins) as string[],
        tries: { wrong, waitUntil, recent: JSON.parse(recent) as string[] },
      }))
  }

  add({ id, device, pins, shareKey, tries }: GuardRow): void {
    const { wrong, waitUntil, recent } = tries
    this.#sql.exec(
      'INSERT INTO guards (id, device, pins, share_key, wrong, wait_until, recent) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[id, device, JSON.stringify(pins), shareKey, wrong, waitUntil, JSON.stringify(recent)],
    )
  }

  setTries(id: string, { wrong, waitUntil, recent }: Tries): void {
    this.#sql.exec(
      'UPDATE guards SET wrong = ?, wait_until = ?, recent = ? WHERE id = ?',
      ...[wrong, waitUntil, JSON.stringify(recent), id],
    )
  }

  drop(id: string): void {
    this.#sql.exec('DELETE FROM guards WHERE id = ?', id)
  }
}
