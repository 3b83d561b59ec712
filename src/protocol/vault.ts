import * as z from 'zod/mini'
import { ChannelKind } from './channel.ts'
import { blob, HeldUntil, Id, Instant, integer, Key, Version } from './fields.ts'
import { StoredContact } from './join.ts'
import {
  CONTACTS_MAX,
  DELAY_MAX_MS,
  DOCUMENT_MAX_BYTES,
  LETTER_MAX_BYTES,
  LETTERS_MAX,
  LOCKS_MAX,
  PRESSERS_MAX,
  ROSTER_MAX_BYTES,
  SEAL_OVERHEAD_BYTES,
  SHOWN_PRESSES_MAX,
  VERSION_MAX,
} from './limits.ts'
import { Lock, Wrapped } from './locks.ts'
import { SealedPlan } from './plan.ts'
import { SealedCover } from './presser.ts'
import { SealedSituation } from './situation.ts'
import { OnIt } from './standing.ts'
import { Ticket } from './ticket.ts'

/** What the owner's device asks of a vault (`protocol.md §7.1`). `token` is the owner token. */
const sealed = (max: number) => blob(SEAL_OVERHEAD_BYTES, max)
/** A letter as it is stored: sealed at version `base + 1` of the commit that brings it. `receipt` is SHA-256 of the receipt token. */
export const StoredLetter = z.strictObject({
  id: Id,
  sealed: sealed(LETTER_MAX_BYTES),
  receipt: Key,
  locks: z.array(Lock).check(z.minLength(1), z.maxLength(LOCKS_MAX)),
  /** What of the family's plan this contact is shown, sealed under a key that the letter key gives. */
  share: z.nullable(SealedPlan),
})
export type StoredLetter = z.infer<typeof StoredLetter>

/**
 * `hash` is SHA-256 of the press key, `token` of the presser token; `wrapped` is the roster key under the press key; `cover` is what this
 * presser is told, sealed under its own secret. `arms`: check-ins are armed with it, and with no other.
 */
export const StoredPresser = z.strictObject({
  id: Id,
  hash: Key,
  token: Key,
  wrapped: Wrapped,
  cover: SealedCover,
  delayMs: integer(0, DELAY_MAX_MS),
  arms: z.boolean(),
})
export type StoredPresser = z.infer<typeof StoredPresser>

export const CommitRequest = z.strictObject({
  vault: Id,
  token: Key,
  /** Made by the client; the same commit sent again is answered as the first time. */
  commit: Id,
  /** The version that this commit builds on; 0 makes the vault. Everything it brings is sealed at `base + 1`. */
  base: integer(0, VERSION_MAX - 1),
  document: sealed(DOCUMENT_MAX_BYTES),
  roster: sealed(ROSTER_MAX_BYTES),
  pressers: z.array(StoredPresser).check(z.maxLength(PRESSERS_MAX)),
  /** Every contact; who is not in the list is invited no more, and whose `join` has changed is invited anew. */
  contacts: z.array(StoredContact).check(z.maxLength(CONTACTS_MAX)),
  letters: z.array(StoredLetter).check(z.maxLength(LETTERS_MAX)),
  /** Letters that stay as they are. Every other letter that no alert has released is erased. */
  keep: z.array(Id).check(z.maxLength(LETTERS_MAX)),
  /** With `base` 0 only. */
  ticket: z.nullable(Ticket),
  /** The family's plan, sealed anew; `keep` leaves it as it is, null erases it. */
  plan: z.nullable(z.union([z.literal('keep'), SealedPlan])),
  /** What is armed with a presser that this commit takes away ends; else the commit is refused. */
  endCheckIns: z.boolean(),
})
export type CommitRequest = z.infer<typeof CommitRequest>
export const CommitAnswer = z.strictObject({ ok: z.literal(true), version: Version })
export type CommitAnswer = z.infer<typeof CommitAnswer>

export const OwnerRequest = z.strictObject({ vault: Id, token: Key })
export type OwnerRequest = z.infer<typeof OwnerRequest>

/** `document` is the sealed vault document of `version`. */
export const OpenAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  document: sealed(DOCUMENT_MAX_BYTES),
})
export type OpenAnswer = z.infer<typeof OpenAnswer>

export const DeliveryState = z.enum(['waiting', 'sent', 'delivered', 'refused'])
export type DeliveryState = z.infer<typeof DeliveryState>
/**
 * Why a delivery is `refused`, still `waiting`, or not as it should be. `cap`: too many to an address whose owner has not accepted.
 * `gone`: the browser that was to be pushed to is not there any more. `not-accepted`: of a drill or a text, which go to nobody else. From the
 * provider, after it was `sent`: `bounced` (came back), `suppressed` (the provider sends nothing to this address any more), `delayed`,
 * `complained` (arrived, and was called spam).
 */
export const DeliveryReason = z.enum([
  'stopped',
  'no-address',
  'address',
  'provider',
  'expired',
  'not-configured',
  'quota',
  'cap',
  'gone',
  'not-accepted',
  'bounced',
  'suppressed',
  'delayed',
  'complained',
])
export type DeliveryReason = z.infer<typeof DeliveryReason>

/**
 * One contact of one alert, as the owner sees it. `changedAt`: since when `state` holds; `sentAt`: when a provider first took a message
 * of this alert; `openedAt` is null until the letter was opened; `onIt` while the contact says so.
 */
export const ContactProgress = z.strictObject({
  contact: Id,
  state: DeliveryState,
  reason: z.nullable(DeliveryReason),
  changedAt: Instant,
  sentAt: z.nullable(Instant),
  openedAt: z.nullable(Instant),
  onIt: z.nullable(OnIt),
  /** Each channel of the last wave that reached out to this contact. */
  channels: z
    .array(z.strictObject({ kind: ChannelKind, state: DeliveryState, reason: z.nullable(DeliveryReason) }))
    .check(z.maxLength(3)),
})
export const AlertSummary = z.strictObject({
  alert: Id,
  state: z.enum(['open', 'cleared', 'expired']),
  pressedAt: Instant,
  receivedAt: Instant,
  releasedAt: Instant,
  closedAt: z.nullable(Instant),
  waves: integer(1, 1_000),
  /** True while the letters of this alert can be read. */
  lettersOut: z.boolean(),
  heldUntil: HeldUntil,
  contacts: z.array(ContactProgress).check(z.maxLength(4 * CONTACTS_MAX)),
  /** Which pressers pressed, the one that opened the alert first. `sealed` is what it said of it last, with the instant. */
  presses: z
    .array(
      z.strictObject({
        presser: Id,
        pressedAt: Instant,
        receivedAt: Instant,
        said: z.nullable(z.strictObject({ at: Instant, sealed: SealedSituation })),
      }),
    )
    .check(z.maxLength(SHOWN_PRESSES_MAX)),
})
export type AlertSummary = z.infer<typeof AlertSummary>
/** Newest first; at most the last 20. `version` is the vault's. */
export const AlertsAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  alerts: z.array(AlertSummary).check(z.maxLength(20)),
})
export type AlertsAnswer = z.infer<typeof AlertsAnswer>

/**
 * The all-clear. While the alert is open the object still holds what opens the roster; after that `key` (a press key)
 * is needed again, and `key-needed` asks for it.
 */
export const ClearRequest = z.strictObject({ vault: Id, token: Key, alert: Id, key: z.nullable(Key) })
export type ClearRequest = z.infer<typeof ClearRequest>
/** Takes back the letters of an alert that has closed: they are not given out any more. */
export const WithdrawRequest = z.strictObject({ vault: Id, token: Key, alert: Id })
export type WithdrawRequest = z.infer<typeof WithdrawRequest>
