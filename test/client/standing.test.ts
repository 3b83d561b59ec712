import { describe, expect, test } from 'vitest'
import {
  channelsOf,
  newContact,
  newPresser,
  reinvited,
  withCleared,
  withInvited,
  withLead,
  withoutContact,
} from '../../src/client/vault/document.ts'
import { newKey, newSecret, random } from '../../src/client/vault/random.ts'
import { countsOf, heardOf, isToClear, placeOf, withAnswers } from '../../src/client/vault/standing.ts'
import { sealAnswer } from '../../src/crypto/invitation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { ContactAnswer } from '../../src/protocol/invitation.ts'
import { type ContactStanding, ContactsAnswer } from '../../src/protocol/join.ts'
import type { DocumentContact, VaultDocument } from '../../src/protocol/vault-document.ts'

const NOW = 1_800_000_000_000
const vault = random(16)

const contactNamed = (name: string): DocumentContact =>
  newContact({
    name,
    email: `${name.toLowerCase()}@example.com`,
    language: 'es',
    text: 'Carta.',
    phrase: null,
    lock: { kind: 'paired' },
  })
const rosa = contactNamed('Rosa')
const jose = contactNamed('Jose')

const documentOf = (...contacts: DocumentContact[]): VaultDocument => ({
  v: 1,
  name: 'Ana',
  language: 'es',
  hotline: 'us-migrawatch',
  zone: 'UTC',
  situation: newKey(),
  lead: null,
  contacts,
  pressers: [newPresser('Este teléfono', 1)],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
})

const answerOf = (
  contact: DocumentContact,
  n: number,
  answer: Partial<ContactAnswer> = {},
  at = vault,
): string =>
  toText(
    sealAnswer(
      fromText(contact.secret),
      at,
      fromText(contact.id),
      n,
      { v: 1, language: 'en', email: 'new@example.org', sms: null, push: null, ...answer },
      random,
    ),
  )

const invited = (contact: DocumentContact): ContactStanding => ({
  contact: contact.id,
  state: 'invited',
  at: null,
  answers: 0,
  answer: null,
})
const accepted = (contact: DocumentContact, n = 1, answer: Partial<ContactAnswer> = {}): ContactStanding => ({
  contact: contact.id,
  state: 'accepted',
  at: NOW - 1_000,
  answers: n,
  answer: answerOf(contact, n, answer),
})

const heard = (contact: DocumentContact, ...list: ContactStanding[]) => {
  ContactsAnswer.parse({ ok: true, version: 1, contacts: list })
  return heardOf(vault, documentOf(contact), list).get(contact.id)
}
const taken = (contact: DocumentContact, ...list: ContactStanding[]) =>
  withAnswers(vault, documentOf(contact), list, NOW).contacts[0]

describe('an answer that opens', () => {
  test('is taken over: language, address, number and day', () => {
    const list = [accepted(rosa)]
    expect(heard(rosa, ...list)).toBe('fits')
    expect(taken(rosa, ...list)).toEqual({
      ...rosa,
      language: 'en',
      email: 'new@example.org',
      answer: { n: 1, at: NOW - 1_000 },
    })
  })

  test('brings a number and a browser with it, which a new invitation drops again', () => {
    const push = {
      endpoint: 'https://web.push.apple.com/a',
      p256dh: `BA${'A'.repeat(85)}`,
      auth: 'A'.repeat(22),
    }
    const list = [accepted(rosa, 1, { email: null, sms: '+15550142', push })]
    const said = taken(rosa, ...list)!
    expect([said.email, said.sms, said.push]).toEqual([null, '+15550142', push])
    expect(channelsOf(said)).toEqual([
      { kind: 'sms', number: '+15550142' },
      { kind: 'push', ...push },
    ])
    const again = reinvited(documentOf(said), said.id, newSecret()).contacts[0]!
    expect([again.sms, again.push]).toEqual([null, null])
  })

  test('may say that there is no address', () => {
    expect(taken(rosa, accepted(rosa, 1, { email: null }))?.email).toBeNull()
  })

  test('is taken over once: a second time nothing changes, not even the object', () => {
    const first = documentOf(rosa, jose)
    const list = [accepted(rosa), invited(jose)]
    const second = withAnswers(vault, first, list, NOW)
    expect(second).not.toBe(first)
    expect(withAnswers(vault, second, list, NOW + 5)).toBe(second)
    expect(heardOf(vault, second, list).get(rosa.id)).toBe('fits')
  })

  test('is not taken back by what the owner has changed since', () => {
    const own = { ...rosa, email: 'own@example.com', answer: { n: 1, at: NOW } }
    expect(taken(own, accepted(rosa))).toBe(own)
  })

  test('of a higher number replaces an older one, and leaves the rest as it is', () => {
    const before = { ...rosa, invitedAt: 5, clearedAt: 7, answer: { n: 2, at: 6 } }
    expect(taken(before, accepted(rosa, 5, { language: 'es', email: null }))).toEqual({
      ...before,
      language: 'es',
      email: null,
      answer: { n: 5, at: NOW - 1_000 },
    })
  })

  test('is not taken of an invitation that is another now', () => {
    const list = [accepted(rosa)]
    const again = reinvited(documentOf(rosa), rosa.id, newSecret())
    expect(withAnswers(vault, again, list, NOW)).toBe(again)
  })

  test('is taken also of who has left since', () => {
    const list = [{ ...accepted(rosa), state: 'left' as const }]
    expect(heard(rosa, ...list)).toBe('left')
    expect(taken(rosa, ...list)?.answer).not.toBeNull()
  })
})

describe('a lie of the service is seen, and nothing is taken over', () => {
  const known = { ...rosa, answer: { n: 3, at: 1 } }
  const flipped = (sealed: string): string => {
    const bytes = fromText(sealed)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    return toText(bytes)
  }
  test.each<[string, DocumentContact, ContactStanding[]]>([
    ['an acceptance without an answer', rosa, [{ ...invited(rosa), state: 'accepted', at: NOW }]],
    ['an acceptance without a number', rosa, [{ ...accepted(rosa), answers: 0 }]],
    ['an answer without a number', rosa, [{ ...invited(rosa), answer: answerOf(rosa, 1) }]],
    ['a number without an answer', rosa, [{ ...accepted(rosa), answer: null }]],
    ['an answer of somebody else', rosa, [{ ...accepted(rosa), answer: answerOf(jose, 1) }]],
    ['an answer of another vault', rosa, [{ ...accepted(rosa), answer: answerOf(rosa, 1, {}, random(16)) }]],
    ['an answer that was changed', rosa, [{ ...accepted(rosa), answer: flipped(answerOf(rosa, 1)) }]],
    ['an older answer under a newer number', known, [{ ...accepted(rosa, 4), answer: answerOf(rosa, 3) }]],
    ['a newer answer under the same number', known, [{ ...accepted(rosa, 3), answer: answerOf(rosa, 4) }]],
    ['a number that went down', known, [accepted(rosa, 2)]],
    ['an acceptance that was taken back', known, [invited(rosa)]],
    ['an answer of who has not accepted', rosa, [{ ...accepted(rosa), state: 'invited', at: null }]],
    ['an acceptance on no day', rosa, [{ ...accepted(rosa), at: null }]],
    ['an answer to the old invitation', { ...rosa, secret: newSecret() }, [accepted(rosa)]],
    ['two states at once', rosa, [invited(rosa), invited(rosa)]],
    ['nothing about a contact', rosa, [invited(jose)]],
  ])('%s', (_, contact, list) => {
    expect(heard(contact, ...list)).toBe('doubtful')
    const document = documentOf(contact)
    expect(withAnswers(vault, document, list, NOW)).toBe(document)
    expect(placeOf(contact, heardOf(vault, document, list))).toBe('doubtful')
  })

  test('and of one contact, it says nothing of the others', () => {
    const document = documentOf(rosa, jose)
    const said = heardOf(vault, document, [{ ...accepted(rosa), answer: null }, invited(jose)])
    expect([...said.values()]).toEqual(['doubtful', 'fits'])
  })
})

describe('where a contact stands', () => {
  const document = documentOf(rosa, jose)

  test('goes from not invited to waiting to accepted', () => {
    expect(placeOf(rosa, null)).toBe('not-invited')
    const waiting = withInvited(document, rosa.id, 5).contacts[0]
    expect(waiting && placeOf(waiting, null)).toBe('waiting')
    expect(waiting && isToClear(waiting)).toBe(false)
    const yes = { ...rosa, invitedAt: 5, answer: { n: 1, at: 6 } }
    expect(placeOf(yes, null)).toBe('accepted')
    expect(placeOf(yes, heardOf(vault, documentOf(yes), [accepted(rosa)]))).toBe('accepted')
    expect(isToClear(yes)).toBe(true)
    expect(isToClear({ ...yes, clearedAt: 7 })).toBe(false)
  })

  test('handing over and clearing count the first time, and of a stranger not at all', () => {
    const once = withInvited(document, rosa.id, 5)
    expect(withInvited(once, rosa.id, 9)).toBe(once)
    expect(withInvited(document, jose.letter.id, 9)).toBe(document)
    const cleared = withCleared(once, rosa.id, 6)
    expect(withCleared(cleared, rosa.id, 9)).toBe(cleared)
    expect(cleared.contacts[0]).toMatchObject({ invitedAt: 5, clearedAt: 6 })
  })

  test('begins anew with a new invitation', () => {
    const yes = { ...rosa, invitedAt: 5, answer: { n: 4, at: 6 }, clearedAt: 7 }
    const secret = newSecret()
    const again = reinvited(documentOf(yes, jose), rosa.id, secret)
    expect(again.contacts).toEqual([{ ...yes, secret, invitedAt: null, answer: null, clearedAt: null }, jose])
    expect(placeOf(again.contacts[0] ?? yes, null)).toBe('not-invited')
  })

  test('the lead is a contact, and nobody once that one is removed', () => {
    const led = withLead(document, jose.id)
    expect(led.lead).toBe(jose.id)
    expect(withoutContact(led, rosa.id).lead).toBe(jose.id)
    expect(withoutContact(led, jose.id).lead).toBeNull()
    expect(withLead(led, null).lead).toBeNull()
    expect(withLead(led, rosa.letter.id).lead).toBeNull()
  })
})

describe('the button’s page', () => {
  const people = documentOf(
    { ...rosa, invitedAt: 1, answer: { n: 1, at: 2 } },
    { ...jose, email: null },
    { ...contactNamed('Luz'), invitedAt: 1 },
  )

  test('counts whom an alert writes to, who was invited, and who has accepted', () => {
    expect(countsOf(people, null, null)).toEqual({
      written: 2,
      invited: 2,
      accepted: 1,
      toClear: 1,
      left: 0,
      doubtful: 0,
    })
  })

  test('does not count who has left as written to, and keeps a warning while nothing new is heard', () => {
    const heardNow = new Map([
      [people.contacts[0]?.id ?? '', 'left' as const],
      [people.contacts[1]?.id ?? '', 'doubtful' as const],
    ])
    const counts = countsOf(people, heardNow, null)
    expect(counts).toMatchObject({ written: 1, left: 1, doubtful: 1 })
    expect(countsOf(people, null, counts)).toMatchObject({ left: 1, doubtful: 1 })
    expect(countsOf(people, new Map(), counts)).toMatchObject({ left: 0, doubtful: 0 })
  })
})
