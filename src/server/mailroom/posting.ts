import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'

/** What passes between a vault and the mailroom. */

/** One rendered message to one address. `group`: messages of one wave, which may share a request. */
export type Posting = {
  delivery: string
  vault: string
  contact: string
  /** The contact's stop token. */
  stop: string
  group: string
  priority: 'alert' | 'clear'
  address: string
  subject: string
  text: string
  html: string
}

/** How a delivery stands; `at` is an instant. */
export type Report = { delivery: string; state: DeliveryState; reason: DeliveryReason | null; at: number }
