import { newId, newSecret } from '../../../src/client/vault/random.ts'
import { type SealedCommit, sealCommit } from '../../../src/client/vault/seal-commit.ts'
import { vaultIdOf } from '../../../src/crypto/root.ts'
import { fromText } from '../../../src/protocol/bytes.ts'
import { encodeLink } from '../../../src/protocol/link.ts'
import { ROUTES } from '../../../src/protocol/routes.ts'
import type { DocumentPresser, VaultDocument } from '../../../src/protocol/vault-document.ts'
import { askAsOwner, type Family, makeFamily, stretch } from './family.ts'
import { newAddress, type Place } from './place.ts'

/** What another phone of the family would commit. */
export const commit = async (
  { origin }: Place,
  family: Family,
  before: SealedCommit['document'],
  base: number,
  after: VaultDocument,
): Promise<SealedCommit['document']> => {
  const sealed = await sealCommit(family.root, before, base, after, stretch)
  const { vault: _, token: __, ...more } = sealed.request
  const answer = await askAsOwner(origin, family.root, ROUTES.commit, more)
  if (answer.ok !== true) throw new Error(`not committed: ${JSON.stringify(answer)}`)
  return sealed.document
}

type Options = { email?: string; kind?: 'person' | 'card'; delayMs: number }

/** A family that somebody else can press for, by a link or a card: what that holds, and how it is taken back. */
export const familyWithPresser = async (
  place: Place,
  { email = newAddress(), kind = 'person', delayMs }: Options,
) => {
  const family = await makeFamily(place.origin, { contacts: [{ email }] })
  const presser: DocumentPresser = {
    ...{ id: newId(), kind, secret: newSecret(), label: 'Doña Luz', delayMs, addedAt: Date.now() },
  }
  const { pressers } = family.document
  const document = await commit(place, family, family.document, 1, {
    ...family.document,
    pressers: [...pressers, presser],
  })
  const [vault, id, secret] = [vaultIdOf(family.root), fromText(presser.id), fromText(presser.secret)]
  const link = `${place.origin}/press#${encodeLink({ kind: 'press', vault, id, secret })}`
  const revoke = () => commit(place, family, document, 2, { ...document, pressers })
  return { family, presser, link, revoke }
}
