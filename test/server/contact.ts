import { sealAnswer } from '../../src/crypto/invitation.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { ContactsAnswer, JoinAnswer } from '../../src/protocol/join.ts'
import { type Answer, ask, done, mails } from './api.ts'
import { type Family, type FamilyContact, joinToken, random } from './family.ts'

/** A contact with an invitation, on the page that it opens. */
export const invited = (family: Family, contact: FamilyContact) => ({
  vault: family.vault,
  contact: toText(contact.id),
  token: joinToken(family, contact),
})

export const sealedAnswer = (
  { root }: Family,
  { invitation, id, address }: FamilyContact,
  n: number,
  email: string | null = address,
): string =>
  toText(
    sealAnswer(
      invitation,
      vaultIdOf(root),
      id,
      n,
      { v: 1, language: 'es', email, sms: null, push: null },
      random,
    ),
  )

export const read = (family: Family, contact: FamilyContact) => ask('join', invited(family, contact))
export const invitationOf = async (family: Family, contact: FamilyContact): Promise<JoinAnswer> =>
  JoinAnswer.parse(await done('join', invited(family, contact)))

export const askCode = (family: Family, contact: FamilyContact, changes: object = {}): Promise<Answer> =>
  ask('code', {
    ...invited(family, contact),
    ...{ stop: toText(contact.stop), address: contact.address, language: 'es' },
    ...changes,
  })

/** @param count of all mails that have then come to this address */
export const codeFrom = async (address: string, count = 1): Promise<string> => {
  const [newest] = await mails(address, count)
  return /\b\d{6}\b/.exec(newest!.text)![0]
}

/** Accepts with nothing, unless `changes` bring a proof. */
export const accept = (
  family: Family,
  contact: FamilyContact,
  answers: number,
  changes: object = {},
): Promise<Answer> =>
  ask('accept', {
    ...invited(family, contact),
    ...{ answers, sealed: sealedAnswer(family, contact, answers + 1), proof: null },
    ...changes,
  })

export const leave = (family: Family, contact: FamilyContact) => ask('leave', invited(family, contact))

/** Each contact as the owner sees it, in the order of the commit. */
export const standings = async ({ vault, token }: Family): Promise<ContactsAnswer['contacts']> =>
  ContactsAnswer.parse(await done('contacts', { vault, token })).contacts
