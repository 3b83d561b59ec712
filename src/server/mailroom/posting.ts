import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'

/** What passes between a vault and the mailroom. */

/** One rendered message to one address. `group`: messages of one wave, which may share a request. */
export type Posting = {
  delivery: string
  vault: string
  contact: string
  /** The token of the stop link in it (`vault/stop-links.ts`). */
  stop: string
  group: string
  /** In this order; a drill is practice, and waits for everything else. */
  priority: 'alert' | 'clear' | 'drill'
  /** It repeats an alert by itself, and must leave room for a real one. */
  reminder: boolean
  address: string
  subject: string
  text: string
  html: string
}

/** How a delivery stands; `at` is an instant. */
export type Report = { delivery: string; state: DeliveryState; reason: DeliveryReason | null; at: number }

/**
 * A rendered mail with a code (`protocol.md §7.5.2`). `stop` is the token of the stop link in it. `asker`: a contact, or the owner for a reminder of the
 * check-in whose id `contact` is.
 */
export type CodePosting = {
  asker: 'contact' | 'owner'
  vault: string
  contact: string
  stop: string
  address: string
  code: string
  subject: string
  text: string
  html: string
}

/** A code that came back (`protocol.md §7.5.3`). */
export type Proof = { vault: string; contact: string; address: string; code: string }

/** A rendered reminder of a check-in (`protocol.md §7.12`); `contact` is the check-in's id. */
export type ReminderPosting = Omit<CodePosting, 'code' | 'asker'> & { delivery: string }
