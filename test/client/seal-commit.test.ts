import { describe, expect, test } from 'vitest'
import {
  newContact,
  newPresser,
  rolled,
  withContact,
  withoutContact,
  withoutPressers,
} from '../../src/client/vault/document.ts'
import type { Stretch } from '../../src/client/vault/letter-locks.ts'
import { newKey, random } from '../../src/client/vault/random.ts'
import { sealCommit } from '../../src/client/vault/seal-commit.ts'
import { openDocument } from '../../src/crypto/document.ts'
import { openLetter, receiptTokenOf } from '../../src/crypto/letter.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { gateTokenOf, openHint, openWordLock } from '../../src/crypto/locks/word.ts'
import { linkPresserSecretOf, pressKeyOf, tokenHash } from '../../src/crypto/presser.ts'
import { ownerTokenOf, vaultIdOf } from '../../src/crypto/root.ts'
import { openRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { CommitRequest } from '../../src/protocol/vault.ts'
import type { DocumentPresser, VaultDocument } from '../../src/protocol/vault-document.ts'

const root = random(16)
const vault = vaultIdOf(root)

/** Instead of Argon2id: the same word, secret and letter give the same bytes, others give others. */
const stretched: string[] = []
const stretch: Stretch = async ({ word, secret, vault: at, letter }, onProgress) => {
  stretched.push(word)
  onProgress(1)
  return tokenHash(new Uint8Array([...Buffer.from(word), ...secret, ...at, ...letter]))
}

const rosa = newContact({
  name: 'Rosa',
  email: 'rosa@example.com',
  language: 'es',
  text: 'Para Rosa.',
  phrase: 'la bicicleta azul',
  lock: { kind: 'word', word: 'Jacaranda Azúl', hint: 'La plaza' },
})
const jose = newContact({
  name: 'José',
  email: 'jose@example.com',
  language: 'en',
  text: 'For José.',
  phrase: null,
  lock: { kind: 'link' },
})
const presser = newPresser('Este teléfono', 1_000)
const made: VaultDocument = {
  v: 1,
  name: 'Ana María',
  language: 'es',
  hotline: 'us-migrawatch',
  zone: 'America/Los_Angeles',
  situation: newKey(),
  lead: null,
  contacts: [rosa, jose],
  pressers: [presser],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
}

const first = await sealCommit(root, null, 0, made, stretch)
const next = async (change: (document: VaultDocument) => VaultDocument) =>
  sealCommit(root, first.document, 1, change(first.document), stretch)
const ids = (letters: readonly { id: string }[]): string[] => letters.map(({ id }) => id)
const rosterOf = (request: CommitRequest, secret: string) => {
  const key = pressKeyOf(fromText(secret), vault)
  const own = request.pressers.find(({ hash }) => hash === toText(tokenHash(key)))
  if (own === undefined) return null
  const version = request.base + 1
  const rosterKey = unwrapRosterKey(key, vault, fromText(own.id), version, fromText(own.wrapped))
  return rosterKey === null ? null : openRoster(rosterKey, vault, version, fromText(request.roster))
}

describe('a first commit', () => {
  test('is what the protocol asks for, and opens with the root', () => {
    expect(CommitRequest.parse(first.request)).toEqual(first.request)
    expect(first.request).toMatchObject({
      base: 0,
      vault: toText(vault),
      token: toText(ownerTokenOf(root)),
      keep: [],
    })
    expect(ids(first.request.letters)).toEqual([rosa.letter.id, jose.letter.id])
    expect(openDocument(root, 1, fromText(first.request.document))).toEqual(first.document)
  })

  test('gives a roster to the presser, and to no other key', () => {
    expect(rosterOf(first.request, presser.secret)).toMatchObject({
      name: 'Ana María',
      contacts: [
        {
          id: rosa.id,
          language: 'es',
          letter: { locks: ['paired', 'word'], version: 1, secret: rosa.letter.secret },
        },
        {
          id: jose.id,
          language: 'en',
          letter: { locks: ['paired', 'link'], version: 1, secret: jose.letter.secret },
        },
      ],
    })
    expect(rosterOf(first.request, newKey())).toBeNull()
  })

  test('locks a letter with its word, which does not open it in the clear anywhere', async () => {
    const stored = first.request.letters[0]
    const lock = stored?.locks.find(({ kind }) => kind === 'word')
    if (stored === undefined || lock?.kind !== 'word') throw new Error('no word lock')
    const [id, secret] = [fromText(rosa.letter.id), fromText(rosa.letter.secret)]
    const right = await stretch({ word: 'jacarandaazul', secret, vault, letter: id }, () => undefined)
    expect(lock.gate).toBe(toText(tokenHash(gateTokenOf(right, vault, id))))
    const key = openWordLock(lock.wrapped, right, vault, id, 1)
    expect(key && openLetter(key, vault, id, 1, fromText(stored.sealed))).toMatchObject({
      from: 'Ana María',
      to: 'Rosa',
      text: 'Para Rosa.',
      phrase: 'la bicicleta azul',
      situation: made.situation,
    })
    expect(key && toText(tokenHash(receiptTokenOf(key, vault, id)))).toBe(stored.receipt)
    expect(openHint(lock.hint ?? '', secret, vault, id, 1)).toBe('La plaza')
    const wrong = await stretch({ word: 'ceibaroja', secret, vault, letter: id }, () => undefined)
    expect(openWordLock(lock.wrapped, wrong, vault, id, 1)).toBeNull()
  })

  test('refuses a word that is too short, and a document that does not fit', async () => {
    const short = { ...rosa, letter: { ...rosa.letter, lock: { ...rosa.letter.lock, word: 'abc' } } }
    await expect(
      sealCommit(root, null, 0, { ...made, contacts: [short as typeof rosa] }, stretch),
    ).rejects.toThrow(RangeError)
    await expect(sealCommit(root, null, 0, { ...made, name: 'www.example.com' }, stretch)).rejects.toThrow(
      TypeError,
    )
  })
})

describe('a further commit', () => {
  test('keeps letters that did not change, and their versions, but has a new roster key', async () => {
    const { request, document } = await next((now) => ({ ...now, practisedAt: 5 }))
    expect(request.letters).toEqual([])
    expect(request.keep).toEqual([rosa.letter.id, jose.letter.id])
    expect(document.contacts.map(({ letter }) => letter.version)).toEqual([1, 1])
    expect(rosterOf(request, presser.secret)?.contacts.map(({ letter }) => letter.version)).toEqual([1, 1])
    expect(request.pressers[0]?.wrapped).not.toBe(first.request.pressers[0]?.wrapped)
    expect(request.commit).not.toBe(first.request.commit)
  })

  test('seals again only the letter that changed, under a new letter key, with the same id', async () => {
    const changed = { ...jose, letter: { ...jose.letter, text: 'Something else.' } }
    const { request, document } = await next((now) => withContact(now, changed))
    expect(ids(request.letters)).toEqual([jose.letter.id])
    expect(request.keep).toEqual([rosa.letter.id])
    expect(document.contacts.map(({ letter }) => letter.version)).toEqual([1, 2])
    const [id, secret] = [fromText(jose.letter.id), fromText(jose.letter.secret)]
    const keyOf = (commit: CommitRequest, version: number) => {
      const lock = commit.letters
        .find((letter) => letter.id === jose.letter.id)
        ?.locks.find(({ kind }) => kind === 'link')
      return lock?.kind === 'link' ? openLinkLock(lock, secret, vault, id, version) : null
    }
    const [before, after] = [keyOf(first.request, 1), keyOf(request, 2)]
    expect(before).not.toBeNull()
    expect(after).not.toBeNull()
    expect(after).not.toEqual(before)
  })

  test.each<[string, (now: VaultDocument) => VaultDocument]>([
    ['the owner’s name', (now) => ({ ...now, name: 'Ana' })],
    ['the hotline', (now) => ({ ...now, hotline: 'ca-santa-clara' })],
    ['the situation root', (now) => ({ ...now, situation: newKey() })],
  ])('seals every letter again when %s changes, which each of them holds', async (_, change) => {
    const { request } = await next(change)
    expect(ids(request.letters)).toEqual([rosa.letter.id, jose.letter.id])
    expect(request.keep).toEqual([])
  })

  test('of another address changes the roster and no letter', async () => {
    const { request } = await next((now) => withContact(now, { ...jose, email: 'new@example.com' }))
    expect(request.letters).toEqual([])
    expect(rosterOf(request, presser.secret)?.contacts[1]?.channels).toEqual([
      { kind: 'email', address: 'new@example.com' },
    ])
  })

  test('without a contact does not name his letter, and gives the others another situation root', async () => {
    const { request, document } = await next((now) => withoutContact(now, rosa.id))
    expect([...ids(request.letters), ...request.keep]).toEqual([jose.letter.id])
    expect(document.situation).not.toBe(first.document.situation)
  })

  test('that rolls has new letter ids and link secrets, and the new presser beside the old', async () => {
    const newer = newPresser('Este teléfono', 2_000)
    const alert = toText(random(16))
    const { request, document } = await next((now) => rolled(now, newer, [alert]))
    const before = new Set([rosa, jose].flatMap(({ letter }) => [letter.id, letter.secret]))
    for (const { letter } of document.contacts) {
      expect(before.has(letter.id)).toBe(false)
      expect(before.has(letter.secret)).toBe(false)
      expect(letter.version).toBe(2)
    }
    expect(request.keep).toEqual([])
    expect(ids(request.letters)).toEqual(document.contacts.map(({ letter }) => letter.id))
    expect(document.rolledAfter).toEqual([alert])
    expect(rosterOf(request, presser.secret)).toEqual(rosterOf(request, newer.secret))
    expect(rosterOf(request, newer.secret)).not.toBeNull()
  })

  test('wraps the roster for who holds the link of a presser, and without it names him among the former ones', async () => {
    const luz: DocumentPresser = {
      ...newPresser('Doña Luz', 2_000),
      kind: 'person',
      secret: toText(random(16)),
    }
    const p = toText(linkPresserSecretOf(fromText(luz.secret), vault, fromText(luz.id)))
    const { request } = await next((now) => ({ ...now, pressers: [...now.pressers, luz] }))
    expect(rosterOf(request, p)).toEqual(rosterOf(request, presser.secret))
    const gone = await next((now) => withoutPressers({ ...now, pressers: [...now.pressers, luz] }, [luz.id]))
    expect(ids(gone.request.pressers)).toEqual([presser.id])
    expect(rosterOf(gone.request, p)).toBeNull()
    expect(gone.document.former).toEqual([{ id: luz.id, kind: 'person', label: 'Doña Luz' }])
  })

  test('stretches a word only for a letter that it seals', async () => {
    stretched.length = 0
    await next((now) => withContact(now, { ...jose, letter: { ...jose.letter, text: 'Other.' } }))
    expect(stretched).toEqual([])
    await next((now) => withContact(now, { ...rosa, letter: { ...rosa.letter, text: 'Otra.' } }))
    expect(stretched).toEqual(['jacarandaazul'])
  })
})
