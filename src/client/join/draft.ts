import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { PhoneNumber, PushTarget } from '../../protocol/channel.ts'
import { EmailAddress, Id, Language } from '../../protocol/fields.ts'

/** What is being answered, as it stands in the form. */
export type Draft = {
  language: Language
  channel: 'email' | 'none'
  email: string
  /** As typed, and the number that it is; nothing typed: no texts. */
  sms: { country: string; typed: string; number: string | null }
  /** A browser that has said yes to notifications: this one, or the one of the last answer. */
  push: PushTarget | null
}

export const NO_NUMBER: Draft['sms'] = { country: '1', typed: '', number: null }

export const draft = signal<Draft>({
  language: 'es',
  channel: 'email',
  email: '',
  sms: NO_NUMBER,
  push: null,
})

/**
 * That a code was asked for: to read it one leaves for the mail, and a phone may drop this tab meanwhile. In the tab's storage
 * only; it is the contact's own address, on the contact's own phone.
 */
const Asked = z.strictObject({
  contact: Id,
  language: Language,
  email: z.nullable(EmailAddress),
  sms: z.nullable(PhoneNumber),
  push: z.nullable(PushTarget),
})
export type Asked = z.infer<typeof Asked>

const KEY = 'amparo/code-asked'

export const rememberAsked = (asked: Asked): void => {
  try {
    globalThis.sessionStorage.setItem(KEY, JSON.stringify(asked))
  } catch {
    // The form offers "I have a code" as well.
  }
}

export const askedFor = (contact: string): Asked | null => {
  try {
    const parsed = Asked.safeParse(JSON.parse(globalThis.sessionStorage.getItem(KEY) ?? 'null'))
    return parsed.success && parsed.data.contact === contact ? parsed.data : null
  } catch {
    return null
  }
}

export const forgetAsked = (): void => {
  try {
    globalThis.sessionStorage.removeItem(KEY)
  } catch {
    // Where nothing is kept there is nothing to forget.
  }
}
