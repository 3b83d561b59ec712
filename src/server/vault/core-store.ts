import { VAULT_TABLES } from './tables.ts'

/** The vault itself, its pressers, its list of KV keys and what is due (`docs/storage.md`). SQL only: no rules, no clock. */
export type VaultRow = {
  id: string
  tokenHash: string
  version: number
  lastCommit: string
  documentKey: string
}
export type PresserRow = {
  id: string
  hash: string
  token: string
  wrapped: string
  delayMs: number
  cover: string
  /** Check-ins are armed with it. */
  arms: boolean
}
/**
 * What the alarm has to do: `rules` time passed; `handover` messages to the mailroom; `push` to browsers; `leave` tells the mailroom
 * who has left; `sweep` KV; `drills` takes practice letters back; `check-ins` time passed for
 * them; `remind` their reminders; `tell` the owner of a press that waits; `erase` everything.
 */
export type DueKind =
  | 'rules'
  | 'handover'
  | 'push'
  | 'leave'
  | 'forget'
  | 'sweep'
  | 'drills'
  | 'check-ins'
  | 'remind'
  | 'tell'
  | 'erase'
export type Due = { kind: DueKind; at: number; attempts: number }

export class CoreStore {
  readonly #sql: SqlStorage
  /** Known to exist; never cached when false, since the first commit changes it. */
  #made = false

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Reads only: an unknown vault stays without a table. */
  isMade(): boolean {
    this.#made ||=
      this.#sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'vault'").toArray().length >
      0
    return this.#made
  }

  make(): void {
    this.#sql.exec(VAULT_TABLES)
  }

  /** After everything was deleted. */
  forget(): void {
    this.#made = false
  }

  /** The vault has ended for good: nobody makes one under this id again. Reads only. */
  isEnded(): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'ended'").toArray().length >
      0
    )
  }

  /** Of a vault that has ended for good: all but that. */
  dropAllButEnd(): void {
    const tables = this.#sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'ended' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
      )
      .toArray()
    for (const { name } of tables) this.#sql.exec(`DROP TABLE "${name}"`)
  }

  vault(): VaultRow | null {
    if (!this.isMade()) return null
    const rows = this.#sql
      .exec<VaultRow>(
        `SELECT id, token_hash AS tokenHash, version, last_commit AS lastCommit, document_key AS documentKey FROM vault`,
      )
      .toArray()
    return rows[0] ?? null
  }

  setVault({ id, tokenHash, version, lastCommit, documentKey }: VaultRow): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO vault (one, id, token_hash, version, last_commit, document_key) VALUES (1, ?, ?, ?, ?, ?)`,
      ...[id, tokenHash, version, lastCommit, documentKey],
    )
  }

  pressers(): PresserRow[] {
    return this.#sql
      .exec<Omit<PresserRow, 'arms'> & { arms: number }>(
        'SELECT id, hash, token, wrapped, delay_ms AS delayMs, cover, arms FROM pressers ORDER BY id',
      )
      .toArray()
      .map(({ arms, ...presser }) => ({ ...presser, arms: arms === 1 }))
  }

  setPressers(pressers: readonly PresserRow[]): void {
    this.#sql.exec('DELETE FROM pressers')
    for (const { id, hash, token, wrapped, delayMs, cover, arms } of pressers) {
      this.#sql.exec(
        'INSERT INTO pressers (id, hash, token, wrapped, delay_ms, cover, arms) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[id, hash, token, wrapped, delayMs, cover, arms ? 1 : 0],
      )
    }
  }

  /** Written down before KV is written, so that no key is ever lost from sight. */
  announceKeys(keys: readonly string[], now: number): void {
    for (const key of keys) {
      this.#sql.exec("INSERT INTO sealed_keys (key, state, at) VALUES (?, 'pending', ?)", key, now)
    }
  }

  /** @returns false if one of them has been swept meanwhile: its bytes may be gone */
  confirmKeys(keys: readonly string[], now: number): boolean {
    return keys.every(
      (key) =>
        this.#sql
          .exec(
            "UPDATE sealed_keys SET state = 'live', at = ? WHERE key = ? AND state = 'pending' RETURNING key",
            ...[now, key],
          )
          .toArray().length === 1,
    )
  }

  keyState(key: string): 'pending' | 'live' | 'dead' | null {
    const query = 'SELECT state FROM sealed_keys WHERE key = ?'
    return this.#sql.exec<{ state: 'pending' | 'live' | 'dead' }>(query, key).toArray()[0]?.state ?? null
  }

  /** The bytes behind it are needed no more from `at` on. */
  retireKey(key: string, at: number): void {
    this.#sql.exec("UPDATE sealed_keys SET state = 'dead', at = ? WHERE key = ?", at, key)
  }

  retirePendingKeys(olderThan: number, now: number): void {
    this.#sql.exec(
      "UPDATE sealed_keys SET state = 'dead', at = ? WHERE state = 'pending' AND at <= ?",
      ...[now, olderThan],
    )
  }

  deadKeys(now: number, limit: number): string[] {
    const query = "SELECT key FROM sealed_keys WHERE state = 'dead' AND at <= ? ORDER BY at LIMIT ?"
    return this.#sql
      .exec<{ key: string }>(query, now, limit)
      .toArray()
      .map(({ key }) => key)
  }

  retireAllKeys(at: number): void {
    this.#sql.exec("UPDATE sealed_keys SET state = 'dead', at = ?", at)
  }

  dropKey(key: string): void {
    this.#sql.exec('DELETE FROM sealed_keys WHERE key = ?', key)
  }

  countKeys(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM sealed_keys').one().n
  }

  /** When the next unconfirmed or dead key is to be looked at, given how long a commit may take. */
  nextSweepAt(pendingMs: number): number | null {
    const query = `SELECT min(CASE state WHEN 'dead' THEN at ELSE at + ? END) AS at FROM sealed_keys WHERE state != 'live'`
    return this.#sql.exec<{ at: number | null }>(query, pendingMs).one().at
  }

  dues(): Due[] {
    if (!this.isMade()) return []
    return this.#sql.exec<Due>('SELECT kind, at, attempts FROM due ORDER BY at').toArray()
  }

  setDue(kind: DueKind, at: number | null, attempts = 0): void {
    if (at === null) this.#sql.exec('DELETE FROM due WHERE kind = ?', kind)
    else
      this.#sql.exec('INSERT OR REPLACE INTO due (kind, at, attempts) VALUES (?, ?, ?)', kind, at, attempts)
  }

  erasing(): string | null {
    if (!this.isMade()) return null
    return this.#sql.exec<{ id: string }>('SELECT id FROM erasing').toArray()[0]?.id ?? null
  }

  /**
   * From here on the vault is unknown; what is left is the list of what has still to be erased elsewhere, and who has left without the
   * mailroom's knowing it yet.
   */
  startErasing(id: string, now: number, until: 'made-anew' | 'for-good' = 'made-anew'): void {
    const rest = [
      'rosters',
      'pressers',
      'cards',
      'contacts',
      'stop_links',
      'letters',
      'presses',
      'pressed_by',
      'situations',
      'alerts',
      'holds',
      'deliveries',
      'pushes',
      'gone_pushes',
      'dropped',
      'releases',
      'on_it',
      'plan',
      'shares',
      'steps',
      'drills',
      'guards',
      'check_ins',
      'check_in_keys',
      'ended_check_ins',
      'reminders',
      'succession',
      'told_phones',
      'tellings',
      'due',
    ]
    for (const table of ['vault', ...rest]) this.#sql.exec(`DELETE FROM ${table}`)
    this.#sql.exec('DROP TABLE IF EXISTS secret')
    this.#sql.exec('DELETE FROM departures WHERE untold IS NULL')
    this.#sql.exec('INSERT INTO erasing (one, id) VALUES (1, ?)', id)
    if (until === 'for-good')
      this.#sql.exec('CREATE TABLE IF NOT EXISTS ended (one INTEGER PRIMARY KEY CHECK (one = 1))')
    this.retireAllKeys(now)
    this.setDue('erase', now)
  }
}
