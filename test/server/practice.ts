import { receiptTokenOf, sealPracticeLetter } from '../../src/crypto/letter.ts'
import { makeLinkLock } from '../../src/crypto/locks/link.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { RosterChannel } from '../../src/protocol/channel.ts'
import { ReadyAnswer } from '../../src/protocol/drill.ts'
import type { CommitRequest } from '../../src/protocol/vault.ts'
import { ask, done } from './api.ts'
import { codeFrom, askCode as joinCode, accept as sayYes } from './contact.ts'
import { commitOf, type Family, type FamilyContact, newId, pressKey, random } from './family.ts'

/** A drill, as an owner's phone makes one: practice letters first, each behind a link of its own. */
export type Practice = {
  contact: FamilyContact
  letter: Uint8Array
  secret: Uint8Array
  letterKey: Uint8Array
}

export const practiceOf = (family: Family): Practice[] =>
  family.contacts.map((contact) => ({
    contact,
    letter: random(16),
    secret: random(16),
    letterKey: random(32),
  }))

const storedPractice = ({ root }: Family, { letter, secret, letterKey }: Practice, version: number) => {
  const vault = vaultIdOf(root)
  const text = { v: 1, from: 'Ma. José', language: 'es', hotline: 'us-migrawatch' } as const
  return {
    id: toText(letter),
    sealed: toText(sealPracticeLetter(letterKey, vault, letter, version, text, random)),
    receipt: toText(tokenHash(receiptTokenOf(letterKey, vault, letter))),
    locks: [makeLinkLock(letterKey, secret, vault, letter, version, random)],
    share: null,
  }
}

/**
 * @param base the vault's version. Real letters stay as they are.
 * @param channels of each contact, from those that it would have
 */
export const practiceCommit = (
  family: Family,
  practice: readonly Practice[],
  base = 1,
  channels: (own: RosterChannel[]) => RosterChannel[] = (own) => own,
): CommitRequest => {
  const version = base + 1
  return commitOf(
    family,
    base,
    {
      letters: practice.map((one) => storedPractice(family, one, version)),
      keep: family.contacts.map(({ letter }) => toText(letter)),
    },
    (roster) => ({
      ...roster,
      contacts: roster.contacts.map((contact, at) => {
        const own = practice[at]
        return {
          ...contact,
          channels: channels(contact.channels),
          letter: { ...contact.letter, version: 1 },
          practice:
            own === undefined
              ? null
              : { id: toText(own.letter), version, locks: ['link'], secret: toText(own.secret) },
        }
      }),
    }),
  )
}

/** The whole way of a contact who says yes: the code by mail, and the answer. */
export const accepts = async (family: Family, contact: FamilyContact): Promise<void> => {
  await joinCode(family, contact)
  const proof = { address: contact.address, code: await codeFrom(contact.address) }
  const answer = await sayYes(family, contact, 0, { proof })
  if (answer.status !== 200) throw new Error(answer.text)
}

export const drill = (family: Family, id = newId(), key = pressKey(family)) =>
  ask('drill', { vault: family.vault, token: family.token, key, drill: id })

export const ready = async (family: Family, key: string | null = pressKey(family)): Promise<ReadyAnswer> =>
  ReadyAnswer.parse(await done('ready', { vault: family.vault, token: family.token, key }))

export const practiceReceipt = ({ root, vault }: Family, { letter, letterKey }: Practice, version = 2) =>
  ask('receipt', {
    vault,
    letter: toText(letter),
    version,
    token: toText(receiptTokenOf(letterKey, vaultIdOf(root), letter)),
    kind: 'opened',
  })
