import { sealDocument } from '../../crypto/document.ts'
import { joinTokenOf, sealInvitation } from '../../crypto/invitation.ts'
import { receiptTokenOf, sealLetter } from '../../crypto/letter.ts'
import { sealPlan, sealShare } from '../../crypto/plan.ts'
import { pressKeyOf, tokenHash } from '../../crypto/presser.ts'
import { ownerTokenOf, vaultIdOf } from '../../crypto/root.ts'
import { sealRoster } from '../../crypto/roster/roster.ts'
import { wrapRosterKey } from '../../crypto/roster/roster-key.ts'
import { presserTokenOf, sealCover, situationKeyOf } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { Invitation } from '../../protocol/invitation.ts'
import type { StoredContact } from '../../protocol/join.ts'
import type { Letter } from '../../protocol/letter-content.ts'
import { KEY_BYTES } from '../../protocol/limits.ts'
import type { Plan } from '../../protocol/plan.ts'
import type { Cover } from '../../protocol/presser.ts'
import type { Roster } from '../../protocol/roster.ts'
import type { Ticket } from '../../protocol/ticket.ts'
import type { CommitRequest, StoredLetter } from '../../protocol/vault.ts'
import type { DocumentContact, DocumentPresser, VaultDocument } from '../../protocol/vault-document.ts'
import { channelsOf } from './document.ts'
import { locksOf, type Place, rosterLetterOf, type Stretch } from './letter-locks.ts'
import { shareFor } from './plan-rules.ts'
import { NO_PRACTICE, type PracticeLetters, practiceLettersOf } from './practice-letters.ts'
import { presserSecretOf } from './presser-secret.ts'
import { newId, random } from './random.ts'

/** Seals a vault document and all that hangs on it into one commit (`protocol.md §7.1.1`). Sends nothing. */

/** All that goes into a letter's seal and its locks: while it is the same, the letter that is stored stays. */
const faceOf = (document: VaultDocument, contact: DocumentContact): string => {
  const { name, language, secret, letter } = contact
  const { id, secret: linkSecret, text, phrase, lock } = letter
  const { name: from, hotline, situation } = document
  return JSON.stringify([
    ...[from, hotline, situation, name, language, secret, id, linkSecret, text, phrase, lock],
    leadFor(document, contact),
  ])
}

/** Who is asked first to call the hotline, as one contact is told. */
const leadFor = ({ lead, contacts }: VaultDocument, { id }: DocumentContact): Letter['lead'] => {
  const contact = contacts.find((one) => one.id === lead)
  return contact === undefined ? null : { you: contact.id === id, name: contact.name }
}

const letterOf = async (
  document: VaultDocument,
  contact: DocumentContact,
  share: Plan | null,
  place: Place,
  stretch: Stretch,
  onProgress: (done: number) => void,
): Promise<StoredLetter> => {
  const { vault, version } = place
  const letterKey = random(KEY_BYTES)
  const id = fromText(contact.letter.id)
  const sealed = sealLetter(
    letterKey,
    vault,
    id,
    version,
    {
      v: 1,
      from: document.name,
      to: contact.name,
      language: contact.language,
      text: contact.letter.text,
      phrase: contact.letter.phrase,
      hotline: document.hotline,
      lead: leadFor(document, contact),
      situation: document.situation,
    },
    random,
  )
  return {
    id: contact.letter.id,
    sealed: toText(sealed),
    receipt: toText(tokenHash(receiptTokenOf(letterKey, vault, id))),
    locks: await locksOf(contact.letter, contact.secret, letterKey, place, stretch, onProgress),
    share: share === null ? null : toText(sealShare(letterKey, vault, id, version, share, random)),
  }
}

const rosterOf = (document: VaultDocument, { named }: PracticeLetters): Roster => ({
  v: 1,
  name: document.name,
  hotline: document.hotline,
  zone: document.zone,
  lead: document.lead,
  contacts: document.contacts.map((contact) => ({
    id: contact.id,
    language: contact.language,
    channels: channelsOf(contact),
    letter: rosterLetterOf(contact.letter, contact.letter.version),
    practice: named.get(contact.id) ?? null,
    stop: contact.stop,
  })),
})

const storedContactOf = (
  { name: from, hotline }: VaultDocument,
  { id, name: to, language, email, stop, secret, answer }: DocumentContact,
  { vault, version }: Place,
): StoredContact => {
  const contact = fromText(id)
  const key = fromText(secret)
  const taken = answer?.n ?? 0
  const invitation: Invitation = { v: 1, from, to, language, email, taken, hotline, stop }
  return {
    id,
    join: toText(tokenHash(joinTokenOf(key, vault, contact))),
    stop: toText(tokenHash(fromText(stop))),
    sealed: toText(sealInvitation(key, vault, contact, version, invitation, random)),
  }
}

/** What a presser is told. The owner's name is for a person who was asked: who finds a card or a phone learns none. */
const coverOf = (
  { name, language, hotline, situation }: VaultDocument,
  { id, kind }: DocumentPresser,
  vault: Uint8Array,
): Cover => ({
  v: 1,
  kind,
  name: kind === 'person' ? name : null,
  language,
  hotline,
  situation: toText(situationKeyOf(fromText(situation), vault, fromText(id))),
})

export type SealedCommit = { request: CommitRequest; document: VaultDocument }

/** The plan as the server has it, and as it is to be. Both null where there is none, or where it cannot be had: then it stays. */
export type Plans = { before: Plan | null; after: Plan | null }
export const NO_PLANS: Plans = { before: null, after: null }

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const planOf = (
  root: Uint8Array,
  { plan: version }: VaultDocument,
  stays: boolean,
  { after }: Plans,
): CommitRequest['plan'] => {
  if (version === null) return null
  return stays || after === null ? 'keep' : toText(sealPlan(root, version, after, random))
}

/**
 * @param before the document as the server has it, or null for a new vault
 * @param base its version, or 0
 * @param ticket of a new vault, where there is one
 * @param plans what the letters' shares are taken from
 * @param practise with practice letters for a drill: only then, since each word costs an Argon2id
 * @returns the request, and the document with the letters' new versions
 * @throws RangeError if a family word is too short, TypeError if the document does not fit its schema
 */
export const sealCommit = async (
  root: Uint8Array,
  before: VaultDocument | null,
  base: number,
  after: VaultDocument,
  stretch: Stretch,
  onProgress: (done: number) => void = () => undefined,
  ticket: Ticket | null = null,
  practise = false,
  plans: Plans = NO_PLANS,
): Promise<SealedCommit> => {
  const vault = vaultIdOf(root)
  const version = base + 1
  const old = new Map(before?.contacts.map((contact) => [contact.id, contact]))
  const same = (contact: DocumentContact): boolean => {
    const known = old.get(contact.id)
    return (
      known !== undefined &&
      before !== null &&
      faceOf(before, known) === faceOf(after, contact) &&
      isSame(shareFor(plans.before, contact.id), shareFor(plans.after, contact.id))
    )
  }
  const changed = after.contacts.filter((contact) => !same(contact))
  const stays = isSame(plans.before, plans.after)
  const document: VaultDocument = {
    ...after,
    plan: stays ? (before?.plan ?? null) : plans.after === null ? null : version,
    contacts: after.contacts.map((contact) => ({
      ...contact,
      letter: {
        ...contact.letter,
        version: same(contact) ? (old.get(contact.id) ?? contact).letter.version : version,
      },
    })),
  }
  const letters: StoredLetter[] = []
  for (const [index, contact] of changed.entries()) {
    const progress = (done: number) => onProgress((index + done) / changed.length)
    const share = shareFor(plans.after, contact.id)
    letters.push(await letterOf(document, contact, share, { vault, version }, stretch, progress))
  }
  const practice = practise
    ? await practiceLettersOf(document, { vault, version }, stretch, onProgress)
    : NO_PRACTICE
  const rosterKey = random(KEY_BYTES)
  const request: CommitRequest = {
    vault: toText(vault),
    token: toText(ownerTokenOf(root)),
    commit: newId(),
    base,
    document: toText(sealDocument(root, version, document, random)),
    roster: toText(sealRoster(rosterKey, vault, version, rosterOf(document, practice), random)),
    pressers: document.pressers.map((presser) => {
      const { id, kind, delayMs } = presser
      const secret = presserSecretOf(presser, vault)
      const key = pressKeyOf(secret, vault)
      const cover = coverOf(document, presser, vault)
      return {
        id,
        hash: toText(tokenHash(key)),
        token: toText(tokenHash(presserTokenOf(secret, vault))),
        cover: toText(sealCover(secret, vault, fromText(id), version, cover, random)),
        wrapped: toText(wrapRosterKey(key, vault, fromText(id), version, rosterKey, random)),
        delayMs,
        arms: kind === 'check-in',
      }
    }),
    contacts: document.contacts.map((contact) => storedContactOf(document, contact, { vault, version })),
    letters: [...letters, ...practice.letters],
    keep: document.contacts.filter(same).map(({ letter }) => letter.id),
    ticket,
    plan: planOf(root, document, stays, plans),
    endCheckIns: false,
  }
  return { request, document }
}
