import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movedDocument, withWord } from '../../src/client/start-over/moved-document.ts'
import { newContact, newPresser } from '../../src/client/vault/document.ts'
import { shareFor } from '../../src/client/vault/plan-rules.ts'
import { newId, newKey, newSecret } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { Plan } from '../../src/protocol/plan.ts'
import {
  type DocumentContact,
  type DocumentPresser,
  type LockChoice,
  VaultDocument,
} from '../../src/protocol/vault-document.ts'

const NOW = 1_800_000_000_000
const name = fc.stringMatching(/^[A-Z][a-z]{1,12}$/)
const lock: fc.Arbitrary<LockChoice> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), word: name, hint: fc.option(name, { nil: null }) }),
  fc.constant({ kind: 'link' as const }),
  fc.constant({ kind: 'paired' as const }),
)
const push = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/x',
  p256dh: toText(Uint8Array.of(4, ...new Uint8Array(64).fill(7))),
  auth: newSecret(),
}
const contact: fc.Arbitrary<DocumentContact> = fc
  .record({ name, lock, text: name, said: fc.boolean(), phrase: fc.option(name, { nil: null }) })
  .map(({ name: of, lock: how, text, said, phrase }) => ({
    ...newContact({ name: of, email: `${of}@example.org`, language: 'es', text, phrase, lock: how }),
    ...(said
      ? { sms: '+15550142', push, answer: { n: 3, at: NOW }, invitedAt: NOW, clearedAt: NOW }
      : { invitedAt: NOW }),
  }))
const presser: fc.Arbitrary<DocumentPresser> = fc
  .record({ label: name, kind: fc.constantFrom('phone', 'check-in', 'person', 'card') })
  .map(({ label, kind }) => {
    const rest = { id: newId(), label, delayMs: 0, addedAt: NOW }
    return kind === 'person' || kind === 'card'
      ? { ...rest, kind, secret: newSecret() }
      : { ...rest, kind: kind as 'phone', secret: newKey() }
  })

type Old = { document: VaultDocument; own: string; plan: Plan | null; departed: Set<string> }
const old: fc.Arbitrary<Old> = fc
  .record({
    contacts: fc.array(contact, { maxLength: 12 }),
    pressers: fc.array(presser, { maxLength: 8 }),
    lead: fc.nat(12),
    gone: fc.array(fc.nat(12)),
    shared: fc.array(fc.nat(12)),
    planned: fc.boolean(),
  })
  .map(({ contacts, pressers, lead, gone, shared, planned }) => {
    const own = newPresser('Este teléfono', NOW)
    const at = (place: number) => contacts[place]?.id
    return {
      document: {
        v: 1,
        name: 'Ma. José',
        language: 'es',
        hotline: 'us-migrawatch',
        zone: 'America/Los_Angeles',
        situation: newKey(),
        lead: at(lead) ?? null,
        contacts,
        pressers: [...pressers, own],
        former: [{ id: newId(), kind: 'card', label: 'Cartera' }],
        wordsConfirmedAt: NOW,
        practisedAt: NOW,
        rolledAfter: [newId()],
        plan: planned ? 4 : null,
      },
      own: own.id,
      plan: planned
        ? {
            v: 1,
            sections: [{ id: 'children', at: NOW, entries: [{ name: 'Luz' }] }],
            shares: [...new Set(shared)].flatMap((place) => {
              const id = at(place)
              return id === undefined ? [] : [{ contact: id, sections: ['children'] }]
            }),
          }
        : null,
      departed: new Set(gone.flatMap((place) => at(place) ?? [])),
    }
  })
const move = ({ document, plan, own, departed }: Old) =>
  movedDocument(document, plan, own, newPresser('Este teléfono', NOW), departed)

/** Every id, secret and key that stands anywhere in it: base64url of 16 or 32 bytes. */
const secretsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return /^(?:[\w-]{22}|[\w-]{43})$/.test(value) ? [value] : []
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(secretsIn)
}
const typedOf = ({ name: of, language, letter }: DocumentContact) => [
  ...[of, language, letter.text, letter.phrase, letter.lock],
]

describe('starting over', () => {
  test('takes along all that was typed, in its order, and who is asked to call first', () => {
    fc.assert(
      fc.property(old, (before) => {
        const { document } = move(before)
        expect(VaultDocument.safeParse(document).success).toBe(true)
        const { name: of, language, hotline, zone } = before.document
        expect([document.name, document.language, document.hotline, document.zone]).toEqual([
          ...[of, language, hotline, zone],
        ])
        expect(document.contacts.map(typedOf)).toEqual(before.document.contacts.map(typedOf))
        const placeOf = ({ contacts, lead }: VaultDocument) => contacts.findIndex(({ id }) => id === lead)
        expect(placeOf(document)).toBe(placeOf(before.document))
      }),
    )
  })

  test('takes no id, no secret and no key of the old vault along', () => {
    fc.assert(
      fc.property(old, (before) => {
        const moved = move(before)
        const known = new Set([...secretsIn(before.document), ...secretsIn(before.plan)])
        expect(
          [...secretsIn(moved.document), ...secretsIn(moved.plan)].filter((one) => known.has(one)),
        ).toEqual([])
        const made = secretsIn(moved.document).filter((one) => one !== moved.document.lead)
        expect(new Set(made).size).toBe(made.length)
      }),
    )
  })

  test('takes no answer along, and of who wanted no more messages no address', () => {
    fc.assert(
      fc.property(old, (before) => {
        const { document, left } = move(before)
        for (const [at, contact] of document.contacts.entries()) {
          const was = before.document.contacts[at] as DocumentContact
          expect([contact.sms, contact.push, contact.answer, contact.invitedAt, contact.clearedAt]).toEqual([
            ...[null, null, null, null, null],
          ])
          expect(contact.email).toBe(before.departed.has(was.id) ? null : was.email)
        }
        expect(left.departed).toEqual(
          before.document.contacts.filter(({ id }) => before.departed.has(id)).map(({ name: of }) => of),
        )
      }),
    )
  })

  test('leaves one presser, this phone, and says which others stay behind', () => {
    fc.assert(
      fc.property(old, (before) => {
        const { document, left } = move(before)
        expect(document.pressers.map(({ kind }) => kind)).toEqual(['phone'])
        const others = before.document.pressers.filter(({ id }) => id !== before.own)
        const labels = (kind: string) => others.filter((one) => one.kind === kind).map(({ label }) => label)
        expect([left.cards, left.persons, left.phones]).toEqual([
          ...[labels('card'), labels('person'), labels('phone')],
        ])
        expect(left.checkIns).toBe(labels('check-in').length > 0)
        const { former, rolledAfter, practisedAt, wordsConfirmedAt, plan } = document
        expect([former, rolledAfter, practisedAt, wordsConfirmedAt, plan]).toEqual([[], [], null, null, null])
      }),
    )
  })

  test('shows each contact the part of the plan that it was shown', () => {
    fc.assert(
      fc.property(old, (before) => {
        const { document, plan } = move(before)
        if (plan !== null) expect(Plan.safeParse(plan).success).toBe(true)
        for (const [at, { id }] of document.contacts.entries()) {
          const was = before.document.contacts[at]?.id ?? ''
          expect(shareFor(plan, id)).toEqual(shareFor(before.plan, was))
        }
      }),
    )
  })

  test('names every letter that opens by a word, since who saw the words may have read it', () => {
    fc.assert(
      fc.property(old, (before) => {
        const words = before.document.contacts.filter(({ letter }) => letter.lock.kind === 'word')
        expect(withWord(move(before).document).map(typedOf)).toEqual(words.map(typedOf))
      }),
    )
  })
})
