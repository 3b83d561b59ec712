import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import { refuse } from '../refusal.ts'
import type { Accepted } from './accepted.ts'
import type { Caps, Counted } from './caps.ts'
import type { Codes } from './codes.ts'
import type { AddressBook, Hashes } from './hashes.ts'
import type { CodePosting, Proof, ReminderPosting } from './posting.ts'
import type { Pruning } from './pruning.ts'
import type { Queue } from './queue.ts'
import { nextDayAt } from './quota.ts'
import type { MailroomStore } from './store.ts'
import type { Suppression } from './suppression.ts'

/** Codes that go to an address and come back, and what goes out as they do (`protocol.md §7.5.2–3, §7.12.5–6`). No network, no clock. */
type With = {
  store: MailroomStore
  queue: Queue
  book: AddressBook
  caps: Caps
  codes: Codes
  accepted: Accepted
  suppression: Suppression
  pruning: Pruning
  newKey: () => string
  transaction: <T>(work: () => T) => T
}

export class CodeDesk {
  readonly #with: With

  constructor(rooms: With) {
    this.#with = rooms
  }

  /** Takes a code to be sent, or says when the next one may go. Who wants no messages gets none, and nobody can tell. */
  code(posting: CodePosting, now: number): DoneAnswer | Refusal {
    const { store, queue, book, caps, codes, suppression, pruning, newKey, transaction } = this.#with
    const { vault, contact, stop, code, asker, ...mail } = posting
    const delivery = newKey()
    const wait = transaction(() => {
      // What is left of the quota is for alerts: a code would not go out in its half hour.
      if (queue.restLeft(now) <= 0) return nextDayAt(now) - now
      const hashes = book.hashesOf(posting)
      const counted = this.#countedFor(asker, hashes, now)
      const waitMs = Math.max(...counted.map(([hash, kind]) => caps.waitMs(hash, kind, now)))
      if (waitMs > 0) return waitMs
      for (const [hash, kind] of counted) caps.count(hash, kind, delivery, now)
      if (suppression.isSuppressed(hashes)) return 0
      const before = codes.messageOf(hashes.place)
      if (before !== null) queue.refuse([before], 'expired', now)
      codes.put(hashes, book.codeOf(hashes.place, code), delivery, now)
      suppression.remember({ vault, contact, stop }, hashes, now)
      store.add({ ...mail, vault, delivery, group: `code.${delivery}`, priority: 'code' }, hashes, now)
      pruning.later(now)
      return 0
    })
    return wait > 0 ? refuse('slow-down', { waitMs: wait }) : { ok: true }
  }

  /** What one asks for takes nothing of another's: the first code of a contact is its own, and the owner's reminders have theirs. */
  #countedFor(
    asker: CodePosting['asker'],
    { address, contact, vault }: Hashes,
    now: number,
  ): readonly (readonly [string, Counted])[] {
    const { caps } = this.#with
    if (asker === 'owner')
      return [
        [address, 'code'],
        [vault, 'code-of-owner'],
      ]
    const first = [
      [contact, 'first-code'],
      [vault, 'first-codes-of-vault'],
    ] as const
    const isFirst = first.every(([hash, kind]) => caps.waitMs(hash, kind, now) === 0)
    const shared = [[vault, 'code-of-vault']] as const
    return [[address, 'code'], [contact, 'code-of-contact'], ...(isFirst ? first : shared)]
  }

  /** @returns whether it is right: then the address is accepted for this contact from now on */
  confirm(proof: Proof, now: number): boolean {
    const { book, accepted, transaction } = this.#with
    return transaction(() => {
      const hashes = book.hashesOf(proof)
      const right = this.#take(hashes, proof.code, now)
      if (right) accepted.add(hashes, now)
      return right
    })
  }

  /** Whether the code is right, and nothing else: what it proves, the vault keeps. */
  prove({ code, ...who }: Proof, now: number): boolean {
    return this.#with.transaction(() => this.#take(this.#with.book.hashesOf(who), code, now))
  }

  #take({ place }: Hashes, code: string, now: number): boolean {
    return this.#with.codes.take(place, this.#with.book.codeOf(place, code), now)
  }

  /**
   * Takes a reminder as it takes a code: it waits behind alerts, lives for half an hour, leaves them their part of the quota, and nobody is
   * told what became of it. @returns false where it may not go
   */
  remind({ delivery, ...posting }: ReminderPosting, now: number): boolean {
    const { store, queue, book, caps, suppression, pruning, transaction } = this.#with
    return transaction(() => {
      if (store.has(delivery)) return true
      const hashes = book.hashesOf(posting)
      if (queue.restLeft(now) <= 0 || suppression.isSuppressed(hashes)) return false
      if (caps.waitMs(hashes.vault, 'reminder-of-vault', now) > 0) return false
      caps.count(hashes.vault, 'reminder-of-vault', delivery, now)
      suppression.remember(posting, hashes, now)
      store.add({ ...posting, delivery, group: `reminder.${delivery}`, priority: 'code' }, hashes, now)
      pruning.later(now)
      return true
    })
  }
}
