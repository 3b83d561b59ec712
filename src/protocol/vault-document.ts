import * as z from 'zod/mini'
import { PhoneNumber, PushTarget } from './channel.ts'
import {
  EmailAddress,
  HotlineId,
  Id,
  Instant,
  integer,
  Key,
  Language,
  line,
  OwnerName,
  Secret,
  TimeZone,
  Version,
} from './fields.ts'
import { LetterText } from './letter-content.ts'
import {
  ANSWERS_MAX,
  CONTACT_NAME_MAX_CHARS,
  CONTACTS_MAX,
  DELAY_MAX_MS,
  FORMER_PRESSERS_MAX,
  HINT_MAX_CHARS,
  PHRASE_MAX_CHARS,
  PRESSERS_MAX,
  WORD_MAX_CHARS,
} from './limits.ts'

/** How a letter opens beside the invitation, which always opens it. `word` and `hint` are kept so that the locks can be made again. */
export const LockChoice = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('word'),
    word: line(WORD_MAX_CHARS),
    hint: z.nullable(line(HINT_MAX_CHARS)),
  }),
  z.strictObject({ kind: z.literal('link') }),
  /** Only by the invitation: the mail carries no secret. */
  z.strictObject({ kind: z.literal('paired') }),
])
export type LockChoice = z.infer<typeof LockChoice>

export const DocumentContact = z.strictObject({
  id: Id,
  name: line(CONTACT_NAME_MAX_CHARS),
  language: Language,
  /** Where all three are null nothing is sent; the invitation, opened again, opens the letter. */
  email: z.nullable(EmailAddress),
  /** Only what the contact has answered: the owner types neither. */
  sms: z.nullable(PhoneNumber),
  push: z.nullable(PushTarget),
  stop: Secret,
  /** The contact's secret: it is in the invitation, and nowhere else but here. */
  secret: Secret,
  /** When the owner handed the invitation over. */
  invitedAt: z.nullable(Instant),
  /** The last answer that was taken over; `n` is its number. */
  answer: z.nullable(z.strictObject({ n: integer(1, ANSWERS_MAX), at: Instant })),
  /** When the owner said that the invitation is gone from her own chat. */
  clearedAt: z.nullable(Instant),
  letter: z.strictObject({
    id: Id,
    /** The vault version at which it was sealed last. */
    version: Version,
    secret: Secret,
    text: LetterText,
    phrase: z.nullable(line(PHRASE_MAX_CHARS)),
    lock: LockChoice,
  }),
})
export type DocumentContact = z.infer<typeof DocumentContact>

const PRESSER = {
  label: line(CONTACT_NAME_MAX_CHARS),
  delayMs: integer(0, DELAY_MAX_MS),
  addedAt: Instant,
}
export const DocumentPresser = z.discriminatedUnion('kind', [
  /** `secret` is P itself: 32 bytes. It never leaves the owner's devices but inside this document. */
  z.strictObject({ id: Id, kind: z.enum(['phone', 'check-in']), secret: Key, ...PRESSER }),
  /** `secret` is that of the link which is handed over; P comes from it (`protocol.md §6`). */
  z.strictObject({ id: Id, kind: z.enum(['person', 'card']), secret: Secret, ...PRESSER }),
])
export type DocumentPresser = z.infer<typeof DocumentPresser>

export type PresserKind = DocumentPresser['kind']
export const FormerPresser = z.strictObject({
  id: Id,
  kind: z.enum(['phone', 'person', 'card', 'check-in']),
  label: line(CONTACT_NAME_MAX_CHARS),
})

/** The vault document: all that an owner stores. */
export const VaultDocument = z.strictObject({
  v: z.literal(1),
  name: OwnerName,
  language: Language,
  hotline: HotlineId,
  zone: TimeZone,
  situation: Key,
  /** The contact who is asked first to call the hotline. */
  lead: z.nullable(Id),
  contacts: z.array(DocumentContact).check(z.maxLength(CONTACTS_MAX)),
  pressers: z.array(DocumentPresser).check(z.maxLength(PRESSERS_MAX)),
  /** Revoked and replaced ones, the last first, so that an alert of theirs can still be told by name. They press nothing. */
  former: z.array(FormerPresser).check(z.maxLength(FORMER_PRESSERS_MAX)),
  wordsConfirmedAt: z.nullable(Instant),
  practisedAt: z.nullable(Instant),
  /** Alerts after which the keys have rolled already. */
  rolledAfter: z.array(Id).check(z.maxLength(20)),
  /** The vault version at which the family's plan was sealed last; null without one. */
  plan: z.nullable(Version),
})
export type VaultDocument = z.infer<typeof VaultDocument>
