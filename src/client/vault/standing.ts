import { openAnswer } from '../../crypto/invitation.ts'
import { fromText } from '../../protocol/bytes.ts'
import type { ContactAnswer } from '../../protocol/invitation.ts'
import type { ContactStanding } from '../../protocol/join.ts'
import type { DocumentContact, VaultDocument } from '../../protocol/vault-document.ts'
import { channelsOf } from './document.ts'

/**
 * Where each contact stands: what the vault document knows, and what the service says beside it (`protocol.md §7.1.7`). The
 * service is believed only as far as the seals go: an acceptance without an answer that opens is none. Pure: no I/O, no clock.
 */

/** What the service said of one contact. `doubtful`: it does not fit what this device knows. */
export type Said = 'fits' | 'left' | 'doubtful'
/** By contact's id; null while the service has said nothing. */
export type Heard = ReadonlyMap<string, Said> | null

export type Place = 'not-invited' | 'waiting' | 'accepted' | 'left' | 'doubtful'

const openedAnswer = (
  vault: Uint8Array,
  contact: DocumentContact,
  said: ContactStanding,
): ContactAnswer | null =>
  said.answer === null || said.answers === 0
    ? null
    : openAnswer(fromText(contact.secret), vault, fromText(contact.id), said.answers, fromText(said.answer))

const saidOf = (vault: Uint8Array, contact: DocumentContact, said: ContactStanding | undefined): Said => {
  if (said === undefined || said.answers < (contact.answer?.n ?? 0)) return 'doubtful'
  const isAnswered = said.answers > 0
  if (isAnswered !== (said.answer !== null)) return 'doubtful'
  if (isAnswered && openedAnswer(vault, contact, said) === null) return 'doubtful'
  if ((said.state === 'invited') !== (said.at === null)) return 'doubtful'
  if (said.state === 'left') return 'left'
  return (said.state === 'accepted') === isAnswered ? 'fits' : 'doubtful'
}

/** What the list says of a contact; to be told two things is as good as nothing. */
const entryOf = (list: readonly ContactStanding[], id: string): ContactStanding | undefined => {
  const found = list.filter(({ contact }) => contact === id)
  return found.length === 1 ? found[0] : undefined
}

/** What the service says of each contact of this document, of whose version its list must be. */
export const heardOf = (
  vault: Uint8Array,
  { contacts }: VaultDocument,
  list: readonly ContactStanding[],
): ReadonlyMap<string, Said> =>
  new Map(contacts.map((contact) => [contact.id, saidOf(vault, contact, entryOf(list, contact.id))]))

/**
 * Takes over every answer that is newer than the last one taken, and of which nothing is doubtful.
 * @returns the same document where there is none
 */
export const withAnswers = (
  vault: Uint8Array,
  document: VaultDocument,
  list: readonly ContactStanding[],
  now: number,
): VaultDocument => {
  const contacts = document.contacts.map((contact) => {
    const said = entryOf(list, contact.id)
    if (said === undefined || said.answers <= (contact.answer?.n ?? 0)) return contact
    if (saidOf(vault, contact, said) === 'doubtful') return contact
    const answer = openedAnswer(vault, contact, said)
    if (answer === null) return contact
    const { language, email, sms, push } = answer
    return { ...contact, language, email, sms, push, answer: { n: said.answers, at: said.at ?? now } }
  })
  return contacts.every((contact, at) => contact === document.contacts[at])
    ? document
    : { ...document, contacts }
}

export const placeOf = (contact: DocumentContact, heard: Heard): Place => {
  const said = heard?.get(contact.id) ?? 'fits'
  if (said !== 'fits') return said
  if (contact.answer !== null) return 'accepted'
  return contact.invitedAt === null ? 'not-invited' : 'waiting'
}

/** After acceptance a phone that is taken away must not hold the invitation in a chat: also where nobody tapped a way to hand it over. */
export const isToClear = ({ answer, clearedAt }: DocumentContact): boolean =>
  answer !== null && clearedAt === null

/** How many contacts there are of each kind: all that the button's page shows of them. */
export type Counts = {
  /** An alert writes to them. */
  written: number
  /** The invitation was handed over, accepted or not. */
  invited: number
  accepted: number
  toClear: number
  left: number
  doubtful: number
}

/** @param before what was known last: it stands for what the service says while it says nothing */
export const countsOf = (document: VaultDocument, heard: Heard, before: Counts | null): Counts => {
  const { contacts } = document
  const count = (fits: (contact: DocumentContact) => boolean): number => contacts.filter(fits).length
  const said = (one: Said): number =>
    heard === null
      ? Math.min(before?.[one === 'left' ? 'left' : 'doubtful'] ?? 0, contacts.length)
      : count(({ id }) => heard.get(id) === one)
  return {
    written: count((contact) => channelsOf(contact).length > 0 && heard?.get(contact.id) !== 'left'),
    invited: count(({ invitedAt, answer }) => invitedAt !== null || answer !== null),
    accepted: count(({ answer }) => answer !== null),
    toClear: count(isToClear),
    left: said('left'),
    doubtful: said('doubtful'),
  }
}
