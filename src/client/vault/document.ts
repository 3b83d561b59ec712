import type { RosterChannel } from '../../protocol/channel.ts'
import type { Language } from '../../protocol/fields.ts'
import { FORMER_PRESSERS_MAX, PHONE_DELAY_MS } from '../../protocol/limits.ts'
import type {
  DocumentContact,
  DocumentPresser,
  LockChoice,
  VaultDocument,
} from '../../protocol/vault-document.ts'
import { newId, newKey, newSecret } from './random.ts'

/** Changes of a vault document. Each returns a new one; nothing here is sealed, stored or sent. */
export type ContactFields = {
  name: string
  email: string | null
  language: Language
  text: string
  phrase: string | null
  lock: LockChoice
}

/** By what an alert reaches out to this contact; by none: the invitation alone opens the letter. */
export const channelsOf = ({ email, sms, push }: DocumentContact): RosterChannel[] => [
  ...(email === null ? [] : [{ kind: 'email', address: email } as const]),
  ...(sms === null ? [] : [{ kind: 'sms', number: sms } as const]),
  ...(push === null ? [] : [{ kind: 'push', ...push } as const]),
]

/** This phone, or another one of the owner's. */
export const newPresser = (label: string, now: number): DocumentPresser => ({
  id: newId(),
  kind: 'phone',
  secret: newKey(),
  label,
  delayMs: PHONE_DELAY_MS,
  addedAt: now,
})

/** The letter's version is set when it is sealed; 1 is only a place. */
export const newContact = ({
  name,
  email,
  language,
  text,
  phrase,
  lock,
}: ContactFields): DocumentContact => ({
  id: newId(),
  name,
  email,
  sms: null,
  push: null,
  language,
  stop: newSecret(),
  secret: newSecret(),
  invitedAt: null,
  answer: null,
  clearedAt: null,
  letter: { id: newId(), version: 1, secret: newSecret(), text, phrase, lock },
})

export const withContact = (document: VaultDocument, contact: DocumentContact): VaultDocument => ({
  ...document,
  contacts: document.contacts.some(({ id }) => id === contact.id)
    ? document.contacts.map((other) => (other.id === contact.id ? contact : other))
    : [...document.contacts, contact],
})

export const withoutContact = (document: VaultDocument, id: string): VaultDocument => ({
  ...document,
  // The situation root is in every real letter: who is no longer a contact must not read what comes after.
  situation: newKey(),
  lead: document.lead === id ? null : document.lead,
  contacts: document.contacts.filter((contact) => contact.id !== id),
})

/** What one contact's record becomes; the same document where there is nothing to change. */
const withChanged = (
  document: VaultDocument,
  id: string,
  isDue: (contact: DocumentContact) => boolean,
  change: Partial<DocumentContact>,
): VaultDocument => {
  const contact = document.contacts.find((one) => one.id === id)
  return contact === undefined || !isDue(contact)
    ? document
    : withContact(document, { ...contact, ...change })
}

/** The same document where that contact is gone: one that was removed on another phone meanwhile does not come back. */
export const withEdited = (
  document: VaultDocument,
  id: string,
  edit: (contact: DocumentContact) => DocumentContact,
): VaultDocument => ({
  ...document,
  contacts: document.contacts.map((contact) => (contact.id === id ? edit(contact) : contact)),
})

/** The invitation was handed over; the first time counts. */
export const withInvited = (document: VaultDocument, id: string, at: number): VaultDocument =>
  withChanged(document, id, ({ invitedAt }) => invitedAt === null, { invitedAt: at })

/** The invitation is gone from the owner's own chat. */
export const withCleared = (document: VaultDocument, id: string, at: number): VaultDocument =>
  withChanged(document, id, ({ clearedAt }) => clearedAt === null, { clearedAt: at })

/**
 * Invites anew: the old invitation opens nothing from then on, and what was said back to it does not count. The number and the
 * browser came with the old answer, whoever gave it; the address the owner sees, and can judge.
 */
export const reinvited = (document: VaultDocument, id: string, secret: string): VaultDocument =>
  withChanged(document, id, () => true, {
    ...{ secret, invitedAt: null, answer: null, clearedAt: null, sms: null, push: null },
  })

/** Who is asked first to call the hotline; nobody where the contact is none any more. */
export const withLead = (document: VaultDocument, lead: string | null): VaultDocument => ({
  ...document,
  lead: document.contacts.some(({ id }) => id === lead) ? lead : null,
})

/**
 * Rolls what an alert has shown to the server and the mail's provider: every letter's id and link secret, and this phone's P
 * (`protocol.md §6.3`). The new P comes as a presser beside the old one, which goes only when the phone has written the new one
 * down: at no moment does a phone hold a key that nobody knows.
 * @param closed all that the keys must have rolled after
 */
export const rolled = (
  document: VaultDocument,
  next: DocumentPresser,
  closed: readonly string[],
): VaultDocument => ({
  ...document,
  pressers: [...document.pressers, next],
  contacts: document.contacts.map((contact) => ({
    ...contact,
    letter: { ...contact.letter, id: newId(), secret: newSecret() },
  })),
  rolledAfter: [...new Set([...closed, ...document.rolledAfter])].slice(0, 20),
})

export const withoutPressers = (document: VaultDocument, ids: readonly string[]): VaultDocument => ({
  ...document,
  pressers: document.pressers.filter(({ id }) => !ids.includes(id)),
  former: [
    ...document.pressers
      .filter(({ id }) => ids.includes(id))
      .map(({ id, kind, label }) => ({ id, kind, label })),
    ...document.former,
  ].slice(0, FORMER_PRESSERS_MAX),
})
