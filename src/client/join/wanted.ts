import type { ContactAnswer } from '../../protocol/invitation.ts'
import type { Draft } from './draft.ts'
import type { Standing } from './standing.ts'

/** What the form says, step by step: each address is confirmed by a code of its own. Pure: no I/O, no clock. */
export type Wanted = Omit<ContactAnswer, 'v'>

/** What the host sends with; until it has said so, mail is taken for granted, and what was said before is kept. */
export type Offers = { mail: boolean; texts: boolean }

export const wantedOf = (
  { language, channel, email, sms, push }: Draft,
  { mail, texts }: Offers,
): Wanted => ({
  language,
  email: mail && channel === 'email' ? email.trim() : null,
  sms: texts ? sms.number : null,
  push,
})

/** Addresses that were not confirmed for this contact yet, in the order in which they are asked about. */
export const toConfirm = (
  { state, answer }: Standing,
  { email, sms }: Pick<ContactAnswer, 'email' | 'sms'>,
): string[] => {
  const before = state === 'accepted' ? [answer?.email, answer?.sms] : []
  return [email, sms].filter((one) => one !== null).filter((one) => !before.includes(one))
}

/** What can be said once the first of `pending` is confirmed: what is still to be confirmed stays as it was. */
export const sayableOf = (
  { state, answer }: Standing,
  wanted: Wanted,
  pending: readonly string[],
): Wanted => {
  const later = pending.slice(1)
  const before = state === 'accepted' ? answer : null
  return {
    ...wanted,
    ...(wanted.sms !== null && later.includes(wanted.sms) ? { sms: before?.sms ?? null } : {}),
    ...(wanted.email !== null && later.includes(wanted.email) ? { email: before?.email ?? null } : {}),
  }
}
