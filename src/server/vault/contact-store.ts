import type { JoinState, StoredContact } from '../../protocol/join.ts'

/** Contacts, what they said back, and who has left (`docs/storage.md`). SQL only: no rules, no clock. */
export type ContactRow = {
  id: string
  joinHash: string
  stopHash: string
  /** The invitation, sealed at `version`. */
  sealed: string
  version: number
  /** Number of the last answer, 0 before the first. */
  answers: number
  answer: string | null
  acceptedAt: number | null
  leftAt: number | null
}
/** `times`: how often the mailroom had to be told when this was read. */
type Leaving = { contact: string; times: number }

export const joinStateOf = ({ acceptedAt, leftAt }: ContactRow): JoinState =>
  leftAt !== null ? 'left' : acceptedAt !== null ? 'accepted' : 'invited'

export class ContactStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): ContactRow[] {
    return this.#sql
      .exec<ContactRow>(
        `SELECT c.id, c.join_hash AS joinHash, c.stop_hash AS stopHash, c.sealed, c.version, c.answers, c.answer,
           c.accepted_at AS acceptedAt, d.at AS leftAt
         FROM contacts c LEFT JOIN departures d ON d.contact = c.id ORDER BY c.rowid`,
      )
      .toArray()
  }

  /**
   * These and no others. Who is invited as before keeps what was said back. That somebody has left is kept for a while after the
   * contact is dropped, for an alert under way; and for one who is invited anew until the mailroom has been told.
   */
  set(contacts: readonly StoredContact[], version: number): void {
    const before = new Map(this.all().map(({ id, joinHash }) => [id, joinHash]))
    const listed = new Set(contacts.map(({ id }) => id))
    for (const id of before.keys()) {
      if (listed.has(id)) continue
      this.#sql.exec('DELETE FROM contacts WHERE id = ?', id)
      this.#sql.exec('INSERT OR IGNORE INTO dropped (contact) VALUES (?)', id)
    }
    this.#sql.exec(
      'DELETE FROM dropped WHERE contact IN (SELECT value FROM json_each(?))',
      JSON.stringify([...listed]),
    )
    for (const { id, join, stop, sealed } of contacts) {
      if (before.get(id) === join) {
        this.#sql.exec(
          'UPDATE contacts SET stop_hash = ?, sealed = ?, version = ? WHERE id = ?',
          ...[stop, sealed, version, id],
        )
        continue
      }
      this.#sql.exec('DELETE FROM departures WHERE contact = ? AND untold IS NULL', id)
      this.#sql.exec(
        `INSERT OR REPLACE INTO contacts (id, join_hash, stop_hash, sealed, version, answers, answer, accepted_at)
         VALUES (?, ?, ?, ?, ?, 0, NULL, NULL)`,
        ...[id, join, stop, sealed, version],
      )
    }
  }

  /** Whoever had left is back. Only after the mailroom has been told of it (`isUntold`). */
  accept(id: string, n: number, answer: string, now: number): void {
    this.#sql.exec(
      'UPDATE contacts SET answers = ?, answer = ?, accepted_at = ? WHERE id = ?',
      ...[n, answer, now, id],
    )
    this.#sql.exec('DELETE FROM departures WHERE contact = ?', id)
  }

  /** The first time counts; the mailroom has to be told each time, since something may have come there in between. */
  leave(contact: string, now: number): void {
    this.#sql.exec(
      `INSERT INTO departures (contact, at, untold) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET untold = coalesce(untold, 0) + 1`,
      ...[contact, now],
    )
  }

  hasLeft(contact: string): boolean {
    return this.#sql.exec('SELECT 1 FROM departures WHERE contact = ?', contact).toArray().length > 0
  }

  isUntold(contact: string): boolean {
    return this.untold().some((leaving) => leaving.contact === contact)
  }

  /** Of what the mailroom has still to be told. */
  untold(): Leaving[] {
    return this.#sql
      .exec<Leaving>('SELECT contact, untold AS times FROM departures WHERE untold IS NOT NULL ORDER BY at')
      .toArray()
  }

  /** Unless there was more to tell meanwhile. */
  markTold({ contact, times }: Leaving): void {
    this.#sql.exec('UPDATE departures SET untold = NULL WHERE contact = ? AND untold = ?', contact, times)
  }

  /** Of whom the mailroom has still to forget what they confirmed. */
  dropped(): string[] {
    return this.#sql
      .exec<{ contact: string }>('SELECT contact FROM dropped')
      .toArray()
      .map(({ contact }) => contact)
  }

  markForgotten(contact: string): void {
    this.#sql.exec('DELETE FROM dropped WHERE contact = ?', contact)
  }

  dropOldDepartures(): void {
    this.#sql.exec('DELETE FROM departures WHERE untold IS NULL AND contact NOT IN (SELECT id FROM contacts)')
  }
}
