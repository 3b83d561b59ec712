import type { Batch as Body, Mail } from '../channels/channel.ts'
import type { Hashes } from './hashes.ts'
import type { Posting } from './posting.ts'
import { Reports } from './reports.ts'
import {
  type Batch,
  type Circuit,
  lifeMs,
  type Message,
  PRIORITIES,
  type Priority,
  RANK,
  type State,
} from './state.ts'
import { MAILROOM_TABLES } from './tables.ts'

/** The queue and its batches (`docs/storage.md`). SQL only: no rules, no clock. Never the whole queue at once: a raid is 50,000 messages. */
const OUTCOME_LIFE_MS = 48 * 3_600_000
/** Two batches' worth: what may go with the first may stand behind others that may not. */
const CANDIDATES = 200
const BATCHES = 8
const OLD_AT_ONCE = 500

/** `priority` `code`: a message that no vault counts, so that none is told. */
export type Queued = Omit<Posting, 'contact' | 'stop' | 'priority' | 'reminder'> & { priority: Priority }

type BatchColumns = Omit<Batch, 'members' | 'trying'> & { members: string; trying: number }

const MESSAGE = `delivery, priority, enqueued_at AS enqueuedAt, bytes, state, reason, batch, half`
const BATCH = `key, members, priority, ends_at AS endsAt, attempts, next_at AS nextAt, unsure, trying`
/** An all-clear waits until every message of its alert has its outcome: who hears "it is over" before "it has begun" takes the alert for the newer one. */
const NOT_HELD = `NOT (rank = ${RANK.clear} AND EXISTS (SELECT 1 FROM messages other
  WHERE other.alert = messages.alert AND other.rank = ${RANK.alert} AND other.done_at IS NULL))`
const QUEUED = `done_at IS NULL AND state = 'queued'`

/** A group is `alert.kind.wave`: what stands before the last two is one alert. */
const alertOf = (group: string): string => group.split('.').slice(0, -2).join('.')

export class MailroomStore {
  readonly #sql: SqlStorage
  readonly reports: Reports

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(MAILROOM_TABLES)
    this.reports = new Reports(sql)
  }

  has(delivery: string): boolean {
    return this.#sql.exec('SELECT 1 FROM messages WHERE delivery = ?', delivery).toArray().length > 0
  }

  add(posting: Queued, hashes: Pick<Hashes, 'address' | 'pair' | 'contact'>, now: number): void {
    const { delivery, vault, group, priority, address, subject, text, html } = posting
    const bytes = new TextEncoder().encode(JSON.stringify({ address, subject, text, html })).byteLength
    this.#sql.exec(
      `INSERT OR IGNORE INTO messages (delivery, vault, alert, priority, rank, address, subject, text, html, bytes,
         address_hash, pair_hash, contact_hash, state, reason, batch, half, enqueued_at, done_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', NULL, NULL, NULL, ?, NULL)`,
      ...[delivery, vault, `${vault}.${alertOf(group)}`, priority, RANK[priority], address, subject, text],
      ...[html, bytes, hashes.address, hashes.pair, hashes.contact, now],
    )
  }

  /** What may go next, most urgent first, and the batch that is due. @param rest codes and drills too */
  toGo(now: number, rest: boolean): State {
    const messages = this.#messages(
      `WHERE ${QUEUED} AND rank <= ? AND ${NOT_HELD} ORDER BY rank, enqueued_at LIMIT ${CANDIDATES}`,
      rest ? RANK.drill : RANK.clear,
    )
    const due = 'WHERE next_at <= ? AND ends_at > ? ORDER BY rank, next_at LIMIT 1'
    return { messages, batches: this.#batches(due, now, now), ...this.pause() }
  }

  /** When the attempts that are under way are over at the latest; null where there is none. */
  underWayUntil(now: number): number | null {
    return this.#sql
      .exec<{ at: number | null }>(
        'SELECT max(next_at) AS at FROM batches WHERE trying = 1 AND next_at > ?',
        now,
      )
      .one().at
  }

  /** What has waited too long, and the batches whose time is over. */
  old(now: number): State {
    const messages = PRIORITIES.flatMap((priority) =>
      this.#messages(
        `WHERE ${QUEUED} AND rank = ? AND enqueued_at <= ? LIMIT ${OLD_AT_ONCE}`,
        ...[RANK[priority], now - lifeMs(priority)],
      ),
    )
    return this.#window(messages, this.#batches(`WHERE ends_at <= ? LIMIT ${BATCHES}`, now))
  }

  batch(key: string): State {
    return this.#window([], this.#batches('WHERE key = ?', key))
  }

  trying(): State {
    return this.#window([], this.#batches('WHERE trying = 1'))
  }

  /** These messages, and the batches they are in. */
  of(deliveries: readonly string[]): State {
    const messages = deliveries.flatMap((delivery) => this.#messages('WHERE delivery = ?', delivery))
    const keys = new Set(messages.flatMap(({ batch }) => batch ?? []))
    return this.#window(
      messages,
      [...keys].flatMap((key) => this.#batches('WHERE key = ?', key)),
    )
  }

  #messages(where: string, ...values: (string | number)[]): Message[] {
    return this.#sql.exec<Message>(`SELECT ${MESSAGE} FROM messages ${where}`, ...values).toArray()
  }

  #batches(where: string, ...values: (string | number)[]): Batch[] {
    return this.#sql
      .exec<BatchColumns>(`SELECT ${BATCH} FROM batches ${where}`, ...values)
      .toArray()
      .map((batch) => ({
        ...batch,
        members: JSON.parse(batch.members) as string[],
        trying: batch.trying === 1,
      }))
  }

  #window(messages: Message[], batches: Batch[]): State {
    const known = new Set(messages.map(({ delivery }) => delivery))
    const members = batches
      .flatMap((batch) => batch.members)
      .filter((delivery) => !known.has(delivery))
      .flatMap((delivery) => this.#messages('WHERE delivery = ?', delivery))
    return { messages: [...messages, ...members], batches, ...this.pause() }
  }

  pause(): Pick<State, 'pausedUntil' | 'circuit'> {
    const [row] = this.#sql
      .exec<{ until: number; circuit: Circuit | null }>('SELECT until, circuit FROM pause')
      .toArray()
    return { pausedUntil: row?.until ?? 0, circuit: row?.circuit ?? null }
  }

  /**
   * Writes the difference. A message that has its outcome loses address and body, and its vault is told.
   * @param from sender of batches that are fixed now
   */
  save(before: State, after: State, from: string, now: number): void {
    const same = new Set<unknown>([...before.messages, ...before.batches])
    const kept = new Set(after.batches.map(({ key }) => key))
    for (const { key } of before.batches) {
      if (!kept.has(key)) this.#sql.exec('DELETE FROM batches WHERE key = ?', key)
    }
    for (const batch of after.batches) if (!same.has(batch)) this.#saveBatch(batch, from)
    for (const message of after.messages) if (!same.has(message)) this.#saveMessage(message, now)
    if (after.pausedUntil !== before.pausedUntil || after.circuit !== before.circuit) {
      this.#sql.exec(
        'INSERT OR REPLACE INTO pause (one, until, circuit) VALUES (1, ?, ?)',
        ...[after.pausedUntil, after.circuit],
      )
    }
  }

  #saveMessage({ delivery, priority, state, reason, batch, half }: Message, now: number): void {
    const [known] = this.#sql
      .exec<{ vault: string | null; reason: string | null }>(
        'SELECT vault, reason FROM messages WHERE delivery = ?',
        delivery,
      )
      .toArray()
    if (known === undefined) return
    const done = state === 'accepted' || state === 'refused'
    this.#sql.exec(
      'UPDATE messages SET state = ?, reason = ?, batch = ?, half = ? WHERE delivery = ?',
      ...[state, reason, batch, half, delivery],
    )
    if (done) {
      this.#sql.exec(
        `UPDATE messages SET vault = NULL, alert = NULL, address = NULL, subject = NULL, text = NULL, html = NULL,
           half = NULL, address_hash = NULL, pair_hash = NULL, contact_hash = NULL, done_at = ? WHERE delivery = ?`,
        ...[now, delivery],
      )
    }
    if (priority === 'code' || known.vault === null || (!done && known.reason === reason)) return
    const told = state === 'accepted' ? 'sent' : done ? 'refused' : 'waiting'
    this.reports.put(known.vault, { delivery, state: told, reason, at: now }, now)
  }

  /** The body is written when the batch is fixed. */
  #saveBatch(batch: Batch, from: string): void {
    const { key, members, priority, endsAt, attempts, nextAt, unsure, trying } = batch
    const changed = this.#sql.exec(
      'UPDATE batches SET attempts = ?, next_at = ?, unsure = ?, trying = ? WHERE key = ?',
      ...[attempts, nextAt, unsure, trying ? 1 : 0, key],
    )
    if (changed.rowsWritten > 0) return
    this.#sql.exec(
      `INSERT INTO batches (key, members, body, priority, rank, ends_at, attempts, next_at, unsure, trying)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[key, JSON.stringify(members), this.#bodyOf(members, from), priority, RANK[priority]],
      ...[endsAt, attempts, nextAt, unsure, trying ? 1 : 0],
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

  /** Exactly what was fixed. */
  bodyOf(key: string): Body {
    const { body } = this.#sql.exec<{ body: string }>('SELECT body FROM batches WHERE key = ?', key).one()
    return { key, ...(JSON.parse(body) as Omit<Body, 'key'>) }
  }

  vaultOf(delivery: string): string | null {
    const [row] = this.#sql
      .exec<{ vault: string | null }>('SELECT vault FROM messages WHERE delivery = ?', delivery)
      .toArray()
    return row?.vault ?? null
  }

  /** Messages to any of these addresses, pairs or contacts (by hash) that have no outcome yet. */
  waitingTo(hashes: readonly string[]): string[] {
    return hashes.flatMap((hash) =>
      this.#sql
        .exec<{ delivery: string }>(
          `SELECT delivery FROM messages WHERE done_at IS NULL
           AND (address_hash = ? OR pair_hash = ? OR contact_hash = ?)`,
          ...[hash, hash, hash],
        )
        .toArray()
        .map(({ delivery }) => delivery),
    )
  }

  waitingFor(vault: string): string[] {
    return this.#sql
      .exec<{ delivery: string }>('SELECT delivery FROM messages WHERE done_at IS NULL AND vault = ?', vault)
      .toArray()
      .map(({ delivery }) => delivery)
  }

  /** Erases what waited for this vault. A request that may have arrived goes on as it is for the others in it, if there are any. */
  drop(vault: string, deliveries: readonly string[]): void {
    const { batches } = this.of(deliveries)
    for (const delivery of deliveries) this.#sql.exec('DELETE FROM messages WHERE delivery = ?', delivery)
    for (const { key, members } of batches) {
      if (!members.some((member) => this.has(member)))
        this.#sql.exec('DELETE FROM batches WHERE key = ?', key)
    }
    this.reports.drop(vault)
  }

  /** Messages that wait, and do not say for this reason yet, say so. @returns how many */
  explain(reason: Circuit, now: number): number {
    const rows = this.#sql
      .exec<{ delivery: string; vault: string; priority: Priority }>(
        `SELECT delivery, vault, priority FROM messages WHERE done_at IS NULL AND state IN ('queued', 'frozen')
           AND reason IS NOT ? LIMIT ${OLD_AT_ONCE}`,
        reason,
      )
      .toArray()
    for (const { delivery, vault, priority } of rows) {
      this.#sql.exec('UPDATE messages SET reason = ? WHERE delivery = ?', reason, delivery)
      if (priority !== 'code') this.reports.put(vault, { delivery, state: 'waiting', reason, at: now }, now)
    }
    return rows.length
  }

  /** Codes and drills that a batch holds: they count as used. */
  restUnderWay(): number {
    return this.#batches(`WHERE rank > ${RANK.clear}`).reduce((sum, { members }) => sum + members.length, 0)
  }

  isReady(rest: boolean): boolean {
    return (
      this.#messages(
        `WHERE ${QUEUED} AND rank <= ? AND ${NOT_HELD} ORDER BY rank, enqueued_at LIMIT 1`,
        rest ? RANK.drill : RANK.clear,
      ).length > 0
    )
  }

  /** `batch`: when the first batch is due; `old`: when the first message or batch has waited too long. */
  times(): { batch: number | null; old: number | null } {
    const first = (query: string): number[] =>
      this.#sql
        .exec<{ at: number | null }>(query)
        .toArray()
        .flatMap(({ at }) => at ?? [])
    const ends = PRIORITIES.flatMap((priority) =>
      first(
        `SELECT enqueued_at AS at FROM messages WHERE ${QUEUED} AND rank = ${RANK[priority]} ORDER BY enqueued_at LIMIT 1`,
      ).map((at) => at + lifeMs(priority)),
    )
    ends.push(
      ...first(
        'SELECT min(CASE WHEN trying = 1 THEN max(ends_at, next_at) ELSE ends_at END) AS at FROM batches',
      ),
    )
    return {
      batch: first('SELECT min(next_at) AS at FROM batches')[0] ?? null,
      old: ends.length === 0 ? null : Math.min(...ends),
    }
  }

  prune(now: number): void {
    this.#sql.exec('DELETE FROM messages WHERE done_at <= ?', now - OUTCOME_LIFE_MS)
  }

  nextPruneAt(): number | null {
    const { at } = this.#sql
      .exec<{ at: number | null }>('SELECT min(done_at) AS at FROM messages WHERE done_at IS NOT NULL')
      .one()
    return at === null ? null : at + OUTCOME_LIFE_MS
  }
}
