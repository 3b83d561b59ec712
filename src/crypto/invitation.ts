import { ContactAnswer, Invitation } from '../protocol/invitation.ts'
import { SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { openJson } from './json.ts'
import { derive, type Label } from './kdf.ts'
import type { Random } from './random.ts'
import { sealJson } from './sealing-json.ts'

/**
 * What the contact's secret is good for beside the lock `paired` (`protocol.md §6`): to be known by the server, to read
 * the owner's invitation, to answer it so that only the owner reads. The secret came by hand and is 16 bytes long.
 */
const keyOf = (label: Label, secret: Uint8Array, vault: Uint8Array, contact: Uint8Array): Uint8Array => {
  expectBytes(secret, SECRET_BYTES, 'contact secret')
  return derive(secret, vault, label, contact)
}

/** What the contact is known by. 32 bytes; the server keeps its SHA-256. */
export const joinTokenOf = (secret: Uint8Array, vault: Uint8Array, contact: Uint8Array): Uint8Array =>
  keyOf('join', secret, vault, contact)

/**
 * @param version of the commit that brings it
 * @throws TypeError if it does not fit its schema
 */
export const sealInvitation = (
  secret: Uint8Array,
  vault: Uint8Array,
  contact: Uint8Array,
  version: number,
  invitation: Invitation,
  random: Random,
): Uint8Array => {
  const context = { kind: 'invitation', vault, id: contact, version } as const
  return sealJson(Invitation, keyOf('invitation', secret, vault, contact), context, invitation, random)
}

export const openInvitation = (
  secret: Uint8Array,
  vault: Uint8Array,
  contact: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Invitation | null => {
  const context = { kind: 'invitation', vault, id: contact, version } as const
  return openJson(Invitation, keyOf('invitation', secret, vault, contact), context, sealed)
}

/**
 * @param n number of the answer, from 1: an older one is never taken for a newer one
 * @throws TypeError if it does not fit its schema
 */
export const sealAnswer = (
  secret: Uint8Array,
  vault: Uint8Array,
  contact: Uint8Array,
  n: number,
  answer: ContactAnswer,
  random: Random,
): Uint8Array => {
  const context = { kind: 'answer', vault, id: contact, version: n } as const
  return sealJson(ContactAnswer, keyOf('answer', secret, vault, contact), context, answer, random)
}

export const openAnswer = (
  secret: Uint8Array,
  vault: Uint8Array,
  contact: Uint8Array,
  n: number,
  sealed: Uint8Array,
): ContactAnswer | null => {
  const context = { kind: 'answer', vault, id: contact, version: n } as const
  return openJson(ContactAnswer, keyOf('answer', secret, vault, contact), context, sealed)
}
