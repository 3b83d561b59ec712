import * as z from 'zod/mini'
import { PhoneNumber, PushTarget } from './channel.ts'
import { EmailAddress, HotlineId, integer, Language, line, OwnerName, Secret } from './fields.ts'
import { ANSWERS_MAX, CONTACT_NAME_MAX_CHARS } from './limits.ts'

/**
 * What an invited contact finds, sealed under the contact's secret (`protocol.md §8.6`): who asks, and what the owner has
 * written down about the contact. `stop` is the stop token, so that the page can offer "never again". `taken` is the number of the
 * last answer that the owner's app has taken over, 0 before the first.
 */
export const Invitation = z.strictObject({
  v: z.literal(1),
  from: OwnerName,
  to: line(CONTACT_NAME_MAX_CHARS),
  language: Language,
  email: z.nullable(EmailAddress),
  taken: integer(0, ANSWERS_MAX),
  hotline: HotlineId,
  stop: Secret,
})
export type Invitation = z.infer<typeof Invitation>

/** What the contact says back, sealed for the owner (`protocol.md §8.7`). Without any of the three nothing is ever sent. */
export const ContactAnswer = z.strictObject({
  v: z.literal(1),
  language: Language,
  email: z.nullable(EmailAddress),
  sms: z.nullable(PhoneNumber),
  push: z.nullable(PushTarget),
})
export type ContactAnswer = z.infer<typeof ContactAnswer>
