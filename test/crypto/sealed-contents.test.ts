import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { openDocument, sealDocument } from '../../src/crypto/document.ts'
import {
  joinTokenOf,
  openAnswer,
  openInvitation,
  sealAnswer,
  sealInvitation,
} from '../../src/crypto/invitation.ts'
import {
  openLetter,
  openPracticeLetter,
  receiptTokenOf,
  sealLetter,
  sealPracticeLetter,
} from '../../src/crypto/letter.ts'
import { openNote, sealNote } from '../../src/crypto/note.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openRoster, sealRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey, wrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { Letter } from '../../src/protocol/letter-content.ts'
import {
  ANSWER_MAX_BYTES,
  INVITATION_MAX_BYTES,
  LETTER_MAX_BYTES,
  NOTE_MAX_BYTES,
  ROSTER_MAX_BYTES,
} from '../../src/protocol/limits.ts'
import { sampleFamily } from './sample.ts'
import { seededRandom } from './seeded-random.ts'

// Many runs, and machines that do other work beside.
vi.setConfig({ testTimeout: 60_000 })

const random = seededRandom('sealed contents')
const { document, roster, letter, practice, invitation, answer, note } = sampleFamily()
const root = random(16)
const vault = vaultIdOf(root)
const [key, id] = [random(32), random(16)]

describe('the vault document', () => {
  it('opens with its root and version, and with nothing else', () => {
    const sealed = sealDocument(root, 5, document, random)
    expect(openDocument(root, 5, sealed)).toEqual(document)
    expect(openDocument(root, 4, sealed)).toBeNull()
    expect(openDocument(random(16), 5, sealed)).toBeNull()
  })

  it('that would be refused on opening is never sealed, and the error says nothing of it', () => {
    const wrong = { ...document, name: 'Ana 5551234' }
    expect(() => sealDocument(root, 5, wrong, random)).toThrow(/^document: does not fit its schema$/)
  })

  const withTwelve = (text: string) => {
    const contact = document.contacts[0]!
    return { ...document, contacts: Array(12).fill({ ...contact, letter: { ...contact.letter, text } }) }
  }

  it('holds twelve letters of full length in a script of three bytes a character', () => {
    const longest = withTwelve('信'.repeat(8_000))
    expect(openDocument(root, 5, sealDocument(root, 5, longest, random))).toEqual(longest)
  })

  it('longer than a seal holds throws and is not cut', () => {
    // JSON writes a lone surrogate as six characters.
    expect(() => sealDocument(root, 5, withTwelve('\ud800'.repeat(8_000)), random)).toThrow(RangeError)
  })
})

describe('the roster', () => {
  it('opens with its key, which each presser unwraps with the press key', () => {
    const pressKey = pressKeyOf(random(32), vault)
    const sealed = sealRoster(key, vault, 5, roster, random)
    const wrapped = wrapRosterKey(pressKey, vault, id, 5, key, random)
    expect(wrapped.length).toBe(73)
    expect(unwrapRosterKey(pressKey, vault, id, 5, wrapped)).toEqual(key)
    expect(unwrapRosterKey(pressKey, vault, id, 6, wrapped)).toBeNull()
    expect(unwrapRosterKey(pressKeyOf(random(32), vault), vault, id, 5, wrapped)).toBeNull()
    expect(openRoster(key, vault, 5, sealed)).toEqual(roster)
    expect(openRoster(key, vault, 6, sealed)).toBeNull()
    expect(openRoster(random(32), vault, 5, sealed)).toBeNull()
  })

  it('that would be refused on opening is never sealed', () => {
    expect(() => sealRoster(key, vault, 5, { ...roster, zone: '' }, random)).toThrow(TypeError)
  })

  it('with everything at its limit fits a commit', () => {
    const { contacts } = roster
    const channel = { kind: 'email' as const, address: `${'a'.repeat(242)}@example.org` }
    const full = { ...contacts[0]!, channels: [channel, channel, channel] }
    const sealed = sealRoster(key, vault, 5, { ...roster, contacts: Array(12).fill(full) }, random)
    expect(sealed.length).toBeLessThanOrEqual(ROSTER_MAX_BYTES)
    expect(openRoster(key, vault, 5, sealed)?.contacts.length).toBe(12)
  })
})

describe('a letter', () => {
  const lines = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}$/u.test(text))
  const wellFormed = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 500 })
    .filter((text) => text.length <= 8_000)
  const letters: fc.Arbitrary<Letter> = fc.record({
    v: fc.constant(1 as const),
    from: fc.constantFrom('Ana', 'Ma. José', 'Núñez-O’Hara'),
    to: lines,
    language: fc.constantFrom('en' as const, 'es' as const),
    text: wellFormed,
    phrase: fc.option(lines),
    hotline: fc.constant('us-migrawatch'),
    lead: fc.option(fc.record({ you: fc.boolean(), name: lines })),
    situation: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toText),
  })

  it('comes back character by character', () => {
    fc.assert(
      fc.property(letters, (given) => {
        const sealed = sealLetter(key, vault, id, 3, given, random)
        expect(openLetter(key, vault, id, 3, sealed)).toEqual(given)
      }),
    )
  })

  it('with a half of a character in it comes back too, since people paste anything', () => {
    const given = { ...letter, text: 'cut \ud83d off' }
    expect(openLetter(key, vault, id, 3, sealLetter(key, vault, id, 3, given, random))).toEqual(given)
  })

  it.each([
    '信',
    '\u0001',
    '\ud800',
    '"',
    'x',
  ])('of 8,000 characters, each %j, fits a commit', (character) => {
    const given = { ...letter, text: character.repeat(8_000) }
    const sealed = sealLetter(key, vault, id, 3, given, random)
    expect(sealed.length).toBeLessThanOrEqual(LETTER_MAX_BYTES)
    expect(openLetter(key, vault, id, 3, sealed)).toEqual(given)
  })

  it('opens for its own id and version only', () => {
    const sealed = sealLetter(key, vault, id, 3, letter, random)
    expect(openLetter(key, vault, id, 2, sealed)).toBeNull()
    expect(openLetter(key, vault, random(16), 3, sealed)).toBeNull()
    expect(openLetter(key, random(16), id, 3, sealed)).toBeNull()
    expect(openLetter(random(32), vault, id, 3, sealed)).toBeNull()
  })

  it('is never taken for a practice letter, nor the other way round', () => {
    const real = sealLetter(key, vault, id, 3, letter, random)
    const drill = sealPracticeLetter(key, vault, id, 3, practice, random)
    expect(openPracticeLetter(key, vault, id, 3, drill)).toEqual(practice)
    expect(openPracticeLetter(key, vault, id, 3, real)).toBeNull()
    expect(openLetter(key, vault, id, 3, drill)).toBeNull()
  })

  it('has a receipt token of its own', () => {
    const token = toText(receiptTokenOf(key, vault, id))
    const others = [
      receiptTokenOf(random(32), vault, id),
      receiptTokenOf(key, random(16), id),
      receiptTokenOf(key, vault, random(16)),
    ]
    for (const other of others) expect(toText(other)).not.toBe(token)
    expect(() => receiptTokenOf(key, random(15), id)).toThrow(RangeError)
  })
})

describe('an invitation and its answer', () => {
  const secret = random(16)
  const contact = random(16)

  it('open with the contact’s secret, for that contact, vault and version only', () => {
    const sealed = sealInvitation(secret, vault, contact, 4, invitation, random)
    expect(openInvitation(secret, vault, contact, 4, sealed)).toEqual(invitation)
    expect(openInvitation(secret, vault, contact, 3, sealed)).toBeNull()
    expect(openInvitation(random(16), vault, contact, 4, sealed)).toBeNull()
    expect(openInvitation(secret, vault, random(16), 4, sealed)).toBeNull()
    expect(openInvitation(secret, random(16), contact, 4, sealed)).toBeNull()
  })

  it('an older answer is never taken for a newer one', () => {
    const sealed = sealAnswer(secret, vault, contact, 1, answer, random)
    expect(openAnswer(secret, vault, contact, 1, sealed)).toEqual(answer)
    expect(openAnswer(secret, vault, contact, 2, sealed)).toBeNull()
  })

  it('one is never taken for the other, and the join token opens neither', () => {
    const sealed = sealInvitation(secret, vault, contact, 1, invitation, random)
    expect(openAnswer(secret, vault, contact, 1, sealed)).toBeNull()
    const token = joinTokenOf(secret, vault, contact)
    expect(() => openInvitation(token, vault, contact, 1, sealed)).toThrow(RangeError)
    expect(openInvitation(token.slice(0, 16), vault, contact, 1, sealed)).toBeNull()
  })

  it('with everything at its limit fits a commit', () => {
    const full = {
      ...invitation,
      to: '信'.repeat(60),
      email: `${'a'.repeat(242)}@example.org`,
      from: '信'.repeat(40),
    }
    const sealed = sealInvitation(secret, vault, contact, 1, full, random)
    expect(sealed.length).toBeLessThanOrEqual(INVITATION_MAX_BYTES)
    const { push } = answer
    const origin = 'https://fcm.googleapis.com/'
    const endpoint = origin + 'a'.repeat(1_000 - origin.length)
    const said = {
      ...answer,
      email: full.email,
      sms: '+123456789012345',
      push: push && { ...push, endpoint },
    }
    expect(sealAnswer(secret, vault, contact, 1, said, random).length).toBeLessThanOrEqual(ANSWER_MAX_BYTES)
  })
})

describe("a contact's note", () => {
  const situation = random(32)

  it('is read by whoever holds the situation root, and by nobody else', () => {
    const sealed = sealNote(situation, vault, note, random)
    expect(openNote(situation, vault, note.pressedAt, sealed)).toEqual(note)
    expect(openNote(random(32), vault, note.pressedAt, sealed)).toBeNull()
    expect(openNote(situation, random(16), note.pressedAt, sealed)).toBeNull()
  })

  it('of an earlier alert does not pass for one of this', () => {
    const sealed = sealNote(situation, vault, note, random)
    expect(openNote(situation, vault, note.pressedAt + 1, sealed)).toBeNull()
  })

  it('with everything at its limit fits a receipt, and one that does not fit is never sealed', () => {
    const full = { ...note, name: '信'.repeat(40), note: '信'.repeat(200) }
    expect(sealNote(situation, vault, full, random).length).toBeLessThanOrEqual(NOTE_MAX_BYTES)
    expect(() => sealNote(situation, vault, { ...note, name: 'call 5551234' }, random)).toThrow(
      /^note: does not fit its schema$/,
    )
  })
})
