import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'
import type { Batch as Body, Mail } from '../channels/channel.ts'
import type { Hashes } from './hashes.ts'
import type { Posting, Report } from './posting.ts'
import type { Batch, Message, Priority, State } from './rules.ts'
import { MAILROOM_TABLES } from './tables.ts'

/** The queue, its batches and reports (`docs/storage.md`). SQL only: no rules, no clock. */
const OUTCOME_LIFE_MS = 48 * 3_600_000
const PROVIDER_ID_LIFE_MS = 7 * 86_400_000
/** A vault that cannot be told for so long is not waited for. */
const REPORT_LIFE_MS = 7 * 86_400_000

/** `priority` `code`: a message that no vault counts, so that none is told. */
export type Queued = Omit<Posting, 'contact' | 'stop' | 'priority'> & { priority: Priority }

export type PendingReport = Report & { vault: string; attempts: number }
type MessageColumns = Omit<Message, 'solo'> & { solo: number }
type BatchColumns = Omit<Batch, 'members'> & { members: string }

export class MailroomStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(MAILROOM_TABLES)
  }

  has(delivery: string): boolean {
    return this.#sql.exec('SELECT 1 FROM messages WHERE delivery = ?', delivery).toArray().length > 0
  }

  /** @param alone its channel takes one message a request */
  add(posting: Queued, hashes: Hashes, now: number, alone = false): void {
    const { delivery, vault, group, priority, address, subject, text, html } = posting
    this.#sql.exec(
      `INSERT OR IGNORE INTO messages (delivery, vault, grp, priority, address, subject, text, html,
         address_hash, pair_hash, contact_hash, state, reason, batch, solo, enqueued_at, done_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', NULL, NULL, ?, ?, NULL)`,
      ...[delivery, vault, `${vault}.${group}`, priority, address, subject, text, html],
      ...[hashes.address, hashes.pair, hashes.contact, alone ? 1 : 0, now],
    )
  }

  /** All that has no outcome yet. */
  load(): State {
    const messages = this.#sql
      .exec<MessageColumns>(
        `SELECT delivery, grp AS "group", priority, enqueued_at AS enqueuedAt, state, reason, batch, solo
         FROM messages WHERE state IN ('queued', 'frozen') ORDER BY enqueued_at, delivery`,
      )
      .toArray()
      .map((message) => ({ ...message, solo: message.solo === 1 }))
    const batches = this.#sql
      .exec<BatchColumns>(
        `SELECT key, members, frozen_at AS frozenAt, attempts, next_at AS nextAt, unsure FROM batches ORDER BY frozen_at`,
      )
      .toArray()
      .map((batch) => ({ ...batch, members: JSON.parse(batch.members) as string[] }))
    const pause = this.#sql.exec<{ until: number }>('SELECT until FROM pause').toArray()[0]
    return { messages, batches, pausedUntil: pause?.until ?? 0 }
  }

  /**
   * Writes the difference. A message that has its outcome loses address and body, and its vault is told.
   * @param from sender of batches that are fixed now
   */
  save(before: State, after: State, from: string, now: number): void {
    for (const message of after.messages)
      if (!before.messages.includes(message)) this.#saveMessage(message, now)
    const kept = new Set(after.batches.map(({ key }) => key))
    for (const batch of after.batches)
      if (!before.batches.includes(batch)) this.#saveBatch(batch, before, from)
    for (const { key } of before.batches) {
      if (!kept.has(key)) this.#sql.exec('DELETE FROM batches WHERE key = ?', key)
    }
    if (after.pausedUntil !== before.pausedUntil) {
      this.#sql.exec('INSERT OR REPLACE INTO pause (one, until) VALUES (1, ?)', after.pausedUntil)
    }
  }

  #saveMessage({ delivery, priority, state, reason, batch, solo }: Message, now: number): void {
    const known = this.#sql
      .exec<{ vault: string | null; reason: string | null }>(
        'SELECT vault, reason FROM messages WHERE delivery = ?',
        delivery,
      )
      .toArray()[0]
    if (known === undefined) return
    const done = state === 'accepted' || state === 'refused'
    this.#sql.exec(
      'UPDATE messages SET state = ?, reason = ?, batch = ?, solo = ? WHERE delivery = ?',
      ...[state, reason, batch, solo ? 1 : 0, delivery],
    )
    if (done) {
      this.#sql.exec(
        `UPDATE messages SET vault = NULL, grp = '', address = NULL, subject = NULL, text = NULL, html = NULL,
           address_hash = NULL, pair_hash = NULL, contact_hash = NULL, done_at = ? WHERE delivery = ?`,
        ...[now, delivery],
      )
    }
    if (priority === 'code' || known.vault === null || (!done && known.reason === reason)) return
    const told = state === 'accepted' ? 'sent' : done ? 'refused' : 'waiting'
    this.#sql.exec(
      `INSERT OR REPLACE INTO reports (delivery, vault, state, reason, at, due_at, attempts)
       VALUES (?, ?, ?, ?, ?, ?, 0)`,
      ...[delivery, known.vault, told, reason, now, now],
    )
  }

  /** The body is written when the batch is fixed, and goes on unchanged under another key. */
  #saveBatch(batch: Batch, before: State, from: string): void {
    const { key, members, frozenAt, attempts, nextAt, unsure } = batch
    const known = before.batches.find((one) => one.key === key || one.members === members)
    const body = known === undefined ? this.#bodyOf(members, from) : this.#storedBody(known.key)
    this.#sql.exec(
      `INSERT OR REPLACE INTO batches (key, members, body, frozen_at, attempts, next_at, unsure)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[key, JSON.stringify(members), body, frozenAt, attempts, nextAt, unsure],
    )
  }

  #bodyOf(members: readonly string[], from: string): string {
    const mails = members.map((delivery) =>
      this.#sql
        .exec<Mail>('SELECT address AS "to", subject, text, html FROM messages WHERE delivery = ?', delivery)
        .one(),
    )
    return JSON.stringify({ from, mails })
  }

  #storedBody(key: string): string {
    return this.#sql.exec<{ body: string }>('SELECT body FROM batches WHERE key = ?', key).one().body
  }

  /** Exactly what was fixed. */
  bodyOf(key: string): Body {
    const { from, mails } = JSON.parse(this.#storedBody(key)) as Omit<Body, 'key'>
    return { key, from, mails }
  }

  addSent(provider: string, delivery: string, vault: string | null, now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO sent (provider, delivery, vault, at) VALUES (?, ?, ?, ?)',
      ...[provider, delivery, vault, now],
    )
  }

  /** Whom to tell; of a code, nobody. */
  vaultOf(delivery: string): string | null {
    const [row] = this.#sql
      .exec<{ vault: string | null }>(
        "SELECT vault FROM messages WHERE delivery = ? AND priority != 'code'",
        delivery,
      )
      .toArray()
    return row?.vault ?? null
  }

  /** What the provider says of a message that it has accepted; its vault is told. Of a code, nothing. */
  isNow(provider: string, state: DeliveryState, reason: DeliveryReason | null, now: number): void {
    const [sent] = this.#sql
      .exec<{ delivery: string; vault: string | null }>(
        'SELECT delivery, vault FROM sent WHERE provider = ?',
        provider,
      )
      .toArray()
    if (sent === undefined || sent.vault === null) return
    this.#sql.exec(
      `INSERT OR REPLACE INTO reports (delivery, vault, state, reason, at, due_at, attempts)
       VALUES (?, ?, ?, ?, ?, ?, 0)`,
      ...[sent.delivery, sent.vault, state, reason, now, now],
    )
  }

  /** Messages to any of these addresses, pairs or contacts (by hash) that have no outcome yet. */
  waitingTo(hashes: readonly string[]): string[] {
    return hashes.flatMap((hash) =>
      this.#sql
        .exec<{ delivery: string }>(
          `SELECT delivery FROM messages WHERE state IN ('queued', 'frozen')
           AND (address_hash = ? OR pair_hash = ? OR contact_hash = ?)`,
          ...[hash, hash, hash],
        )
        .toArray()
        .map(({ delivery }) => delivery),
    )
  }

  /** All that waits for this vault. A batch never mixes vaults, since its group names one. */
  drop(vault: string): void {
    this.#sql.exec('DELETE FROM batches WHERE key IN (SELECT batch FROM messages WHERE vault = ?)', vault)
    this.#sql.exec('DELETE FROM messages WHERE vault = ?', vault)
    this.#sql.exec('DELETE FROM reports WHERE vault = ?', vault)
    this.#sql.exec('UPDATE sent SET vault = NULL WHERE vault = ?', vault)
  }

  dueReports(now: number, limit: number): PendingReport[] {
    return this.#sql
      .exec<PendingReport>(
        `SELECT delivery, vault, state, reason, at, attempts FROM reports WHERE due_at <= ?
         ORDER BY due_at, vault LIMIT ?`,
        ...[now, limit],
      )
      .toArray()
  }

  /** Acknowledged, unless something newer is to be told meanwhile. */
  dropReport({ delivery, state, reason, at }: Report): void {
    this.#sql.exec(
      'DELETE FROM reports WHERE delivery = ? AND state = ? AND reason IS ? AND at = ?',
      ...[delivery, state, reason, at],
    )
  }

  putOffReport({ delivery, at }: Report, dueAt: number): void {
    this.#sql.exec(
      'UPDATE reports SET due_at = ?, attempts = attempts + 1 WHERE delivery = ? AND at = ?',
      ...[dueAt, delivery, at],
    )
  }

  prune(now: number): void {
    this.#sql.exec('DELETE FROM messages WHERE done_at <= ?', now - OUTCOME_LIFE_MS)
    this.#sql.exec('DELETE FROM sent WHERE at <= ?', now - PROVIDER_ID_LIFE_MS)
    this.#sql.exec('DELETE FROM reports WHERE at <= ?', now - REPORT_LIFE_MS)
  }

  /** When the next report is due, or the next row too old. */
  nextDueAt(): number | null {
    const times = this.#sql
      .exec<{ at: number | null }>(
        `SELECT min(due_at) AS at FROM reports UNION ALL SELECT min(done_at) + ? FROM messages
         UNION ALL SELECT min(at) + ? FROM sent`,
        ...[OUTCOME_LIFE_MS, PROVIDER_ID_LIFE_MS],
      )
      .toArray()
      .flatMap(({ at }) => (at === null ? [] : [at]))
    return times.length === 0 ? null : Math.min(...times)
  }
}
