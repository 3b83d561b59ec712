import { sealDocument } from '../../src/crypto/document.ts'
import { joinTokenOf, sealInvitation } from '../../src/crypto/invitation.ts'
import { receiptTokenOf, sealLetter } from '../../src/crypto/letter.ts'
import { makeLinkLock } from '../../src/crypto/locks/link.ts'
import { gateTokenOf, makeWordLock } from '../../src/crypto/locks/word.ts'
import { pressKeyOf, tokenHash } from '../../src/crypto/presser.ts'
import { ownerTokenOf, vaultIdOf } from '../../src/crypto/root.ts'
import { sealRoster } from '../../src/crypto/roster/roster.ts'
import { wrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { presserTokenOf, sealCover, situationKeyOf } from '../../src/crypto/situation.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { Invitation } from '../../src/protocol/invitation.ts'
import type { StoredContact } from '../../src/protocol/join.ts'
import type { Letter } from '../../src/protocol/letter-content.ts'
import type { Cover } from '../../src/protocol/presser.ts'
import type { Roster } from '../../src/protocol/roster.ts'
import type { CommitRequest } from '../../src/protocol/vault.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'

/** An owner with her phone and two contacts, as her device would make them: ana has a word lock, ben a link lock. */
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
export const newId = (): string => toText(random(16))
export const newKey = (): string => toText(random(32))

export type FamilyContact = {
  name: 'ana' | 'ben'
  id: Uint8Array
  stop: Uint8Array
  address: string
  letter: Uint8Array
  secret: Uint8Array
  /** The contact's secret. */
  invitation: Uint8Array
  letterKey: Uint8Array
  /** Stands for Argon2id's result: what is tested here does not depend on the word. */
  stretched: Uint8Array
}

export type Family = {
  root: Uint8Array
  vault: string
  token: string
  presser: FamilyPresser
  /** Persons and cards: who else presses. */
  others: FamilyPresser[]
  contacts: FamilyContact[]
  situation: Uint8Array
}

let families = 0

const newContact = (name: FamilyContact['name'], family: number): FamilyContact => ({
  name,
  id: random(16),
  stop: random(16),
  address: `${name}.${family}.${toText(random(6)).replaceAll('-', 'x').replaceAll('_', 'y')}@example.org`,
  letter: random(16),
  secret: random(16),
  invitation: random(16),
  letterKey: random(32),
  stretched: random(32),
})

/** Of whatever kind, and for check-ins too: most tests need one presser for everything. */
export type FamilyPresser = { id: Uint8Array; secret: Uint8Array; delayMs: number; arms: boolean }
/** `secret` is P. */
export const newPresser = (delayMs = 0): FamilyPresser => ({
  id: random(16),
  secret: random(32),
  delayMs,
  arms: true,
})

/** @param delayMs of the phone; 0: a press is released in the same request */
export const newFamily = (delayMs = 0): Family => {
  const root = random(16)
  families += 1
  return {
    root,
    vault: toText(vaultIdOf(root)),
    token: toText(ownerTokenOf(root)),
    presser: newPresser(delayMs),
    others: [],
    contacts: [newContact('ana', families), newContact('ben', families)],
    situation: random(32),
  }
}

export const pressKey = ({ root, presser }: Family): string =>
  toText(pressKeyOf(presser.secret, vaultIdOf(root)))
export const presserToken = ({ root, presser }: Family): string =>
  toText(presserTokenOf(presser.secret, vaultIdOf(root)))
export const joinToken = ({ root }: Family, { invitation, id }: FamilyContact): string =>
  toText(joinTokenOf(invitation, vaultIdOf(root), id))
export const gateToken = ({ root }: Family, { stretched, letter }: FamilyContact): string =>
  toText(gateTokenOf(stretched, vaultIdOf(root), letter))
export const receiptToken = ({ root }: Family, { letterKey, letter }: FamilyContact): string =>
  toText(receiptTokenOf(letterKey, vaultIdOf(root), letter))

export const rosterOf = (family: Family, version: number): Roster => ({
  v: 1,
  name: 'Ma. José',
  hotline: 'us-migrawatch',
  zone: 'America/Los_Angeles',
  lead: null,
  contacts: family.contacts.map((contact) => ({
    id: toText(contact.id),
    language: contact.name === 'ana' ? 'es' : 'en',
    channels: [{ kind: 'email', address: contact.address }],
    letter: {
      id: toText(contact.letter),
      version,
      locks: [contact.name === 'ana' ? 'word' : 'link'],
      secret: toText(contact.secret),
    },
    practice: null,
    stop: toText(contact.stop),
  })),
})

const storedLetter = (family: Family, contact: FamilyContact, version: number) => {
  const vault = vaultIdOf(family.root)
  const { letterKey, letter, secret, stretched } = contact
  const text: Letter = {
    v: 1,
    from: 'Ma. José',
    to: contact.name,
    language: 'en',
    text: `A letter to ${contact.name}`,
    phrase: null,
    hotline: 'us-migrawatch',
    lead: null,
    situation: toText(family.situation),
  }
  return {
    id: toText(letter),
    sealed: toText(sealLetter(letterKey, vault, letter, version, text, random)),
    receipt: toText(tokenHash(receiptTokenOf(letterKey, vault, letter))),
    locks: [
      contact.name === 'ana'
        ? makeWordLock(letterKey, secret, vault, letter, version, stretched, 'the dog', random)
        : makeLinkLock(letterKey, secret, vault, letter, version, random),
    ],
    share: null,
  }
}

export const storedContact = (family: Family, contact: FamilyContact, version: number): StoredContact => {
  const vault = vaultIdOf(family.root)
  const invitation: Invitation = {
    v: 1,
    from: 'Ma. José',
    to: contact.name,
    language: 'en',
    email: contact.address,
    taken: 0,
    hotline: 'us-migrawatch',
    stop: toText(contact.stop),
  }
  return {
    id: toText(contact.id),
    join: toText(tokenHash(joinTokenOf(contact.invitation, vault, contact.id))),
    stop: toText(tokenHash(contact.stop)),
    sealed: toText(sealInvitation(contact.invitation, vault, contact.id, version, invitation, random)),
  }
}

const storedPresser = (
  family: Family,
  { id, secret, delayMs, arms }: FamilyPresser,
  version: number,
  rosterKey: Uint8Array,
) => {
  const vault = vaultIdOf(family.root)
  const key = pressKeyOf(secret, vault)
  const cover: Cover = {
    v: 1,
    kind: 'person',
    name: 'Ma. José',
    language: 'es',
    hotline: 'us-migrawatch',
    situation: toText(situationKeyOf(family.situation, vault, id)),
  }
  return {
    id: toText(id),
    hash: toText(tokenHash(key)),
    token: toText(tokenHash(presserTokenOf(secret, vault))),
    wrapped: toText(wrapRosterKey(key, vault, id, version, rosterKey, random)),
    delayMs,
    arms,
    cover: toText(sealCover(secret, vault, id, version, cover, random)),
  }
}

/**
 * A whole commit on `base`: everything sealed again.
 * @param changed the roster, before it is sealed
 */
export const commitOf = (
  family: Family,
  base = 0,
  changes: Partial<CommitRequest> = {},
  changed: (roster: Roster) => Roster = (roster) => roster,
): CommitRequest => {
  const vault = vaultIdOf(family.root)
  const version = base + 1
  const rosterKey = random(32)
  const document: VaultDocument = {
    v: 1,
    name: 'Ma. José',
    language: 'es',
    hotline: 'us-migrawatch',
    zone: 'America/Los_Angeles',
    situation: toText(family.situation),
    lead: null,
    contacts: [],
    pressers: [],
    former: [],
    wordsConfirmedAt: null,
    practisedAt: null,
    rolledAfter: [],
    plan: null,
  }
  return {
    vault: family.vault,
    token: family.token,
    commit: newId(),
    base,
    document: toText(sealDocument(family.root, version, document, random)),
    roster: toText(sealRoster(rosterKey, vault, version, changed(rosterOf(family, version)), random)),
    pressers: [family.presser, ...family.others].map((presser) =>
      storedPresser(family, presser, version, rosterKey),
    ),
    contacts: family.contacts.map((contact) => storedContact(family, contact, version)),
    letters: family.contacts.map((contact) => storedLetter(family, contact, version)),
    keep: [],
    ticket: null,
    plan: null,
    endCheckIns: false,
    ...changes,
  }
}
