import type { Plan } from '../../protocol/plan.ts'
import type { DocumentContact, DocumentPresser, VaultDocument } from '../../protocol/vault-document.ts'
import type { LeftBehind } from '../device/move-note.ts'
import { newId, newKey, newSecret } from '../vault/random.ts'

/**
 * What of a vault goes along into another one that has new words (`protocol.md §7.16`): what its owner has typed, and nothing that the old keys
 * gave or opened. No id and no secret of the old vault is in what comes out. Nothing is sealed, stored or sent here.
 */

export type Moved = {
  document: VaultDocument
  plan: Plan | null
  left: Omit<LeftBehind, 'told'>
}

/** What a contact answered was said under the old keys, by whoever held them: the number and the browser that came with it go. */
const movedContact = (contact: DocumentContact, id: string, hasLeft: boolean): DocumentContact => ({
  id,
  name: contact.name,
  language: contact.language,
  email: hasLeft ? null : contact.email,
  sms: null,
  push: null,
  stop: newSecret(),
  secret: newSecret(),
  invitedAt: null,
  answer: null,
  clearedAt: null,
  letter: {
    id: newId(),
    version: 1,
    secret: newSecret(),
    text: contact.letter.text,
    phrase: contact.letter.phrase,
    lock: contact.letter.lock,
  },
})

const labelsOf = (
  { pressers }: VaultDocument,
  kind: DocumentPresser['kind'],
  own: string | null = null,
): string[] => pressers.filter((one) => one.kind === kind && one.id !== own).map(({ label }) => label)

/** Who is shown which part, by the new ids; of who is no contact, nothing. */
const movedPlan = (plan: Plan, ids: ReadonlyMap<string, string>): Plan => ({
  ...plan,
  shares: plan.shares.flatMap(({ contact, sections }) => {
    const id = ids.get(contact)
    return id === undefined ? [] : [{ contact: id, sections }]
  }),
})

/**
 * @param own this phone's presser in the old vault
 * @param next this phone's presser in the new one, the only one there
 * @param departed ids of contacts who have left (`protocol.md §7.1.7`)
 */
export const movedDocument = (
  document: VaultDocument,
  plan: Plan | null,
  own: string,
  next: DocumentPresser,
  departed: ReadonlySet<string>,
): Moved => {
  const ids = new Map(document.contacts.map(({ id }) => [id, newId()]))
  const lead = document.lead === null ? null : (ids.get(document.lead) ?? null)
  return {
    document: {
      v: 1,
      name: document.name,
      language: document.language,
      hotline: document.hotline,
      zone: document.zone,
      situation: newKey(),
      lead,
      contacts: document.contacts.map((contact) =>
        movedContact(contact, ids.get(contact.id) ?? newId(), departed.has(contact.id)),
      ),
      pressers: [next],
      former: [],
      wordsConfirmedAt: null,
      practisedAt: null,
      rolledAfter: [],
      plan: null,
    },
    plan: plan === null ? null : movedPlan(plan, ids),
    left: {
      cards: labelsOf(document, 'card'),
      persons: labelsOf(document, 'person'),
      phones: labelsOf(document, 'phone', own),
      checkIns: document.pressers.some(({ kind }) => kind === 'check-in'),
      departed: document.contacts.filter(({ id }) => departed.has(id)).map(({ name }) => name),
    },
  }
}

/** Contacts whose letter opens by a word that whoever has seen the old words may know, too. */
export const withWord = ({ contacts }: VaultDocument): DocumentContact[] =>
  contacts.filter(({ letter }) => letter.lock.kind === 'word')
