import { describe, expect, test } from 'vitest'
import { newContact, newPresser } from '../../src/client/vault/document.ts'
import type { Stretch } from '../../src/client/vault/letter-locks.ts'
import { newKey, random } from '../../src/client/vault/random.ts'
import { sealCommit } from '../../src/client/vault/seal-commit.ts'
import { openLetter, openPracticeLetter } from '../../src/crypto/letter.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { openPairedLock } from '../../src/crypto/locks/paired.ts'
import { openHint, openWordLock } from '../../src/crypto/locks/word.ts'
import { pressKeyOf, tokenHash } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { CommitRequest } from '../../src/protocol/vault.ts'
import type { DocumentContact, LockChoice, VaultDocument } from '../../src/protocol/vault-document.ts'

const root = random(16)
const vault = vaultIdOf(root)
const stretched: string[] = []
/** Instead of Argon2id. */
const stretch: Stretch = async ({ word, secret, letter }) => {
  stretched.push(word)
  return tokenHash(new Uint8Array([...Buffer.from(word), ...secret, ...letter]))
}

const person = (name: string, lock: LockChoice, changes: Partial<DocumentContact> = {}): DocumentContact => ({
  ...newContact({
    name,
    email: `${name}@example.com`,
    language: 'es',
    text: `Para ${name}.`,
    phrase: null,
    lock,
  }),
  answer: { n: 1, at: 1_000 },
  ...changes,
})
const ana = person('ana', { kind: 'word', word: 'Jacaranda Azúl', hint: 'La plaza' })
const ben = person('ben', { kind: 'link' })
const eva = person('eva', { kind: 'paired' })
const silent = person('silent', { kind: 'link' }, { answer: null })
const unreached = person('unreached', { kind: 'link' }, { email: null })
const presser = newPresser('Este teléfono', 1_000)
const made: VaultDocument = {
  v: 1,
  name: 'Ana María',
  language: 'es',
  hotline: 'us-migrawatch',
  zone: 'America/Los_Angeles',
  situation: newKey(),
  lead: null,
  contacts: [ana, ben, eva, silent, unreached],
  pressers: [presser],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
}

const first = await sealCommit(root, null, 0, made, stretch)
stretched.length = 0
const drill = await sealCommit(root, first.document, 1, first.document, stretch, () => undefined, null, true)

const rosterIn = (request: CommitRequest) => {
  const key = pressKeyOf(fromText(presser.secret), vault)
  const { id, wrapped } = request.pressers[0]!
  const version = request.base + 1
  const rosterKey = unwrapRosterKey(key, vault, fromText(id), version, fromText(wrapped))!
  return openRoster(rosterKey, vault, version, fromText(request.roster))!
}
const namedOf = ({ id }: DocumentContact) => rosterIn(drill.request).contacts.find((one) => one.id === id)!
const storedOf = (contact: DocumentContact) => {
  const practice = namedOf(contact).practice!
  return { ...drill.request.letters.find(({ id }) => id === practice.id)!, practice }
}
const lockOf = (contact: DocumentContact, kind: string) =>
  storedOf(contact).locks.find((one) => one.kind === kind)

describe('the commit before a drill', () => {
  test('is what the protocol asks for, keeps every real letter, and changes no document', () => {
    expect(CommitRequest.parse(drill.request)).toEqual(drill.request)
    expect(drill.request.keep).toEqual(made.contacts.map(({ letter }) => letter.id))
    expect(drill.document).toEqual(first.document)
  })

  test('has a practice letter for each contact who accepted and can be written to, and for nobody else', () => {
    expect(drill.request.letters).toHaveLength(3)
    for (const one of [ana, ben, eva]) expect(namedOf(one).practice).not.toBeNull()
    for (const one of [silent, unreached]) expect(namedOf(one).practice).toBeNull()
  })

  test('locks it in the same ways as the real letter, with nothing that opens that one', () => {
    const real = new Set(made.contacts.flatMap(({ letter }) => [letter.id, letter.secret]))
    for (const one of [ana, ben, eva]) {
      const { practice, locks } = storedOf(one)
      expect(practice.locks).toEqual(namedOf(one).letter.locks)
      expect(locks.map(({ kind }) => kind)).toEqual(practice.locks)
      expect(real.has(practice.id)).toBe(false)
      expect(real.has(practice.secret ?? '')).toBe(false)
      expect(practice.secret === null).toBe(one === eva)
    }
  })

  test('opens by the invitation, by the word and by the link, as the real one does', async () => {
    for (const one of [ana, ben, eva]) {
      const { id: letter, sealed } = storedOf(one)
      const id = fromText(letter)
      const paired = lockOf(one, 'paired')
      if (paired?.kind !== 'paired') throw new Error('no lock')
      const key = openPairedLock(paired, fromText(one.secret), vault, id, 2)!
      expect(openPracticeLetter(key, vault, id, 2, fromText(sealed))).toEqual({
        v: 1,
        from: 'Ana María',
        language: 'es',
        hotline: 'us-migrawatch',
      })
      expect(openLetter(key, vault, id, 2, fromText(sealed))).toBeNull()
    }
    const link = lockOf(ben, 'link')
    const { practice } = storedOf(ben)
    if (link?.kind !== 'link') throw new Error('no lock')
    expect(openLinkLock(link, fromText(practice.secret!), vault, fromText(practice.id), 2)).not.toBeNull()
    const word = lockOf(ana, 'word')
    const own = storedOf(ana).practice
    const [id, secret] = [fromText(own.id), fromText(own.secret!)]
    if (word?.kind !== 'word') throw new Error('no lock')
    const right = await stretch({ word: 'jacarandaazul', secret, vault, letter: id }, () => undefined)
    expect(openWordLock(word.wrapped, right, vault, id, 2)).not.toBeNull()
    expect(openHint(word.hint!, secret, vault, id, 2)).toBe('La plaza')
  })

  test('costs one Argon2id for each word; a first commit and any other costs none for practice', async () => {
    expect(stretched.filter((word) => word === 'jacarandaazul').length).toBeGreaterThan(0)
    stretched.length = 0
    const next = await sealCommit(root, drill.document, 2, { ...drill.document, practisedAt: 5 }, stretch)
    expect(stretched).toEqual([])
    expect(next.request.letters).toEqual([])
    expect(next.request.keep).toEqual(made.contacts.map(({ letter }) => letter.id))
    expect(rosterIn(next.request).contacts.every(({ practice }) => practice === null)).toBe(true)
    expect(rosterIn(first.request).contacts.every(({ practice }) => practice === null)).toBe(true)
  })
})
