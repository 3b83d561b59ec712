import type { DeliveryReason } from '../../protocol/vault.ts'

/** One way to send (`DESIGN`: channels): messages in, one outcome for each out. A channel never retries and never throws. */

export type Mail = { to: string; subject: string; text: string; html: string }

/** A request to the provider, fixed before it is sent: repeated, it is the same bytes under the same key. */
export type Batch = { key: string; from: string; mails: readonly Mail[] }

export type Outcome =
  /** `provider`: the provider's id of the message. */
  | { kind: 'accepted'; provider: string }
  /**
   * Try the same batch again, `afterMs` from now if the provider said when. `unsure`: it may have been accepted all the
   * same. `reason` is what people are told meanwhile; `pause`: nothing else can be sent until then either.
   */
  | { kind: 'retry'; afterMs: number | null; unsure: boolean; reason: DeliveryReason | null; pause: boolean }
  /** The key is spent on something else: the same messages need another one. */
  | { kind: 'rekey' }
  /** Final for this message; `whole`: the provider judged the batch, not the message. */
  | { kind: 'refused'; reason: DeliveryReason; whole: boolean }

/** Of the provider's requests in its window: how many in all, how many are left, when it is over. Null: not said. */
export type Rate = { limit: number | null; remaining: number | null; resetMs: number | null }

/** What an answer says beside the outcomes. `day`, `month`: messages that the account has sent in it, null where not said. */
export type Signals = { rate: Rate; day: number | null; month: number | null }

export type Channel = {
  /** @param hear is told what the answer says of rate and quota, before the outcomes */
  send: (batch: Batch, hear?: (signals: Signals) => void) => Promise<Outcome[]>
  /** Requests that the provider takes a second, until its headers say another number. Not there: as many as come. */
  perSecond?: number
  /** Messages that fit into one request; 100 if it does not say. */
  batchMax?: number
  /** The provider knows a request again by its key: what is repeated is accepted once. Not said: it does. */
  keyed?: boolean
}
