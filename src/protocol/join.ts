import * as z from 'zod/mini'
import { PhoneNumber } from './channel.ts'
import { blob, Code, EmailAddress, Id, Instant, integer, Key, Language, Secret, Version } from './fields.ts'
import {
  ANSWER_MAX_BYTES,
  ANSWERS_MAX,
  CONTACTS_MAX,
  INVITATION_MAX_BYTES,
  SEAL_OVERHEAD_BYTES,
} from './limits.ts'

/**
 * What a contact who holds an invitation asks (`protocol.md §7.5`), and what the owner sees of it (§7.1.7). `token` is the
 * join token, which comes from the contact's secret.
 */
const SealedAnswer = blob(SEAL_OVERHEAD_BYTES, ANSWER_MAX_BYTES)

/** `join` is SHA-256 of the join token, `stop` of the stop token; `sealed` is the invitation, kind 12. */
export const StoredContact = z.strictObject({
  id: Id,
  join: Key,
  stop: Key,
  sealed: blob(SEAL_OVERHEAD_BYTES, INVITATION_MAX_BYTES),
})
export type StoredContact = z.infer<typeof StoredContact>

export const JoinState = z.enum(['invited', 'accepted', 'left'])
export type JoinState = z.infer<typeof JoinState>

export const JoinQuestion = z.strictObject({ vault: Id, contact: Id, token: Key })
export type JoinQuestion = z.infer<typeof JoinQuestion>

/** `answers` is the number of the last answer, 0 before the first; `letters` are those that are out, newest first. */
export const JoinAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  sealed: blob(SEAL_OVERHEAD_BYTES, INVITATION_MAX_BYTES),
  state: JoinState,
  answers: integer(0, ANSWERS_MAX),
  answer: z.nullable(SealedAnswer),
  letters: z
    .array(
      z.strictObject({
        letter: Id,
        state: z.enum(['open', 'cleared', 'expired']),
        pressedAt: Instant,
        /** Released by a drill. */
        practice: z.boolean(),
      }),
    )
    .check(z.maxLength(20)),
})
export type JoinAnswer = z.infer<typeof JoinAnswer>

/** What a code goes to. */
const Address = z.union([EmailAddress, PhoneNumber])

/** Asks for a code by mail, or by text message. `stop` is the stop token of the invitation, for the mail's "never again". */
export const CodeRequest = z.strictObject({
  vault: Id,
  contact: Id,
  token: Key,
  stop: Secret,
  address: Address,
  language: Language,
})
export type CodeRequest = z.infer<typeof CodeRequest>

/** `answers` is the number of the last answer that the page knows; `sealed` has the next one. */
export const AcceptRequest = z.strictObject({
  vault: Id,
  contact: Id,
  token: Key,
  answers: integer(0, ANSWERS_MAX - 1),
  sealed: SealedAnswer,
  /** The address that is confirmed, with the code that was mailed to it; null for a contact without one. */
  proof: z.nullable(z.strictObject({ address: Address, code: Code })),
})
export type AcceptRequest = z.infer<typeof AcceptRequest>

/** Of this owner alone: the owner holds the contact's secret too, and must not be able to cut it off from others. */
export const LeaveRequest = z.strictObject({ vault: Id, contact: Id, token: Key })
export type LeaveRequest = z.infer<typeof LeaveRequest>

/** One contact as the owner sees it; `at` is when the state was reached, null while only invited. */
export const ContactStanding = z.strictObject({
  contact: Id,
  state: JoinState,
  at: z.nullable(Instant),
  answers: integer(0, ANSWERS_MAX),
  answer: z.nullable(SealedAnswer),
})
export type ContactStanding = z.infer<typeof ContactStanding>

export const ContactsAnswer = z.strictObject({
  ok: z.literal(true),
  version: Version,
  contacts: z.array(ContactStanding).check(z.maxLength(CONTACTS_MAX)),
})
export type ContactsAnswer = z.infer<typeof ContactsAnswer>
