import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ContentCase } from '../cases.ts'
import { sampleFamily } from '../sample.ts'
import { seededRandom } from '../seeded-random.ts'
import { rawPad, rawSeal } from './raw-seal.ts'

const { document, roster, letter, practice, invitation, answer, note, told, cover, plan, steps } =
  sampleFamily()
const [contact] = document.contacts
const [rostered] = roster.contacts
const { push: target } = answer
const [filled] = plan.sections

const ENDPOINTS: readonly (readonly [string, boolean, string])[] = [
  ['https://web.push.apple.com/QGuQyavXutnMH', true, 'the push service of iPhones'],
  ['https://updates.push.services.mozilla.com/wpush/v2/gAAA', true, 'the push service of Firefox'],
  ['https://wns2-by3p.notify.windows.com/w/?token=BQYA%2b', true, 'the push service of Edge'],
  ['http://fcm.googleapis.com/fcm/send/a', false, 'an endpoint without TLS'],
  ['https://fcm.googleapis.com:8443/fcm/send/a', false, 'an endpoint with a port'],
  ['https://fcm.googleapis.com@example.org/a', false, 'an endpoint with a user'],
  ['https://fcm.googleapis.com.example.org/a', false, 'an endpoint of somebody else'],
  ['https://evilnotify.windows.com/a', false, 'a name that only ends like one'],
  ['https://notify.windows.com/a', false, 'a push service without its own name before it'],
  ['https://127.0.0.1/a', false, 'an endpoint inside a network'],
  ['https://fcm.googleapis.com', false, 'an endpoint without a path'],
  ['https://fcm.googleapis.com/a#b', false, 'an endpoint with a fragment'],
]

/** What stands inside honest seals, and what a damaged or hostile writer could put there. */
export const contentCases = (): ContentCase[] => {
  const random = seededRandom('contents')
  const bytesCase = (kind: number, name: string, plain: Uint8Array, good: boolean): ContentCase => {
    const [key, vault, nonce] = [random(32), random(16), random(24)]
    const id = kind < 3 || kind === 11 || kind === 17 ? new Uint8Array(16) : random(16)
    let total = 512
    while (total < plain.length + 4) total *= 2
    return {
      name: `kind ${kind}: ${name}`,
      kind,
      key: bytesToHex(key),
      vault: bytesToHex(vault),
      id: bytesToHex(id),
      version: 9,
      sealed: bytesToHex(rawSeal(key, kind, vault, id, 9, rawPad(plain, total), nonce)),
      expect: good ? bytesToHex(plain) : 'refused',
    }
  }
  const good = (kind: number, name: string, value: unknown) =>
    bytesCase(kind, name, utf8ToBytes(JSON.stringify(value)), true)
  const bad = (kind: number, name: string, value: unknown) =>
    bytesCase(kind, name, utf8ToBytes(JSON.stringify(value)), false)
  const { situation: _, ...withoutSituation } = letter

  return [
    good(1, 'a document', document),
    good(1, 'an empty one', { ...document, contacts: [], pressers: [], former: [], rolledAfter: [] }),
    bad(1, 'shape 2', { ...document, v: 2 }),
    bad(1, 'an unknown member', { ...document, more: 1 }),
    bad(1, 'an unknown member deep inside', {
      ...document,
      contacts: [{ ...contact, letter: { ...contact?.letter, more: 1 } }],
    }),
    bad(1, 'thirteen contacts', { ...document, contacts: Array(13).fill(contact) }),
    bad(1, 'a link lock with a word', {
      ...document,
      contacts: [{ ...contact, letter: { ...contact?.letter, lock: { kind: 'link', word: 'Mariposa' } } }],
    }),
    good(1, 'only the invitation opens a letter, and nothing is sent', {
      ...document,
      lead: null,
      contacts: [{ ...contact, email: null, letter: { ...contact?.letter, lock: { kind: 'paired' } } }],
    }),
    bad(1, 'answer 0', { ...document, contacts: [{ ...contact, answer: { n: 0, at: 1 } }] }),
    bad(1, 'a delay above an hour', {
      ...document,
      pressers: [{ ...document.pressers[0], delayMs: 3_600_001 }],
    }),
    bad(1, 'a presser of no kind', {
      ...document,
      pressers: [{ ...document.pressers[0], kind: undefined }],
    }),
    bad(1, 'a person with a whole P', {
      ...document,
      pressers: [{ ...document.pressers[0], kind: 'person' }],
    }),
    bad(1, 'a phone with the secret of a link', {
      ...document,
      pressers: [{ ...document.pressers[1], kind: 'phone' }],
    }),
    bad(1, 'a former presser that still holds a secret', {
      ...document,
      former: [document.pressers[1]],
    }),
    bad(1, 'half a millisecond', { ...document, practisedAt: 0.5 }),
    good(2, 'a roster', roster),
    good(2, 'an empty one', { ...roster, contacts: [] }),
    bad(2, 'shape 2', { ...roster, v: 2 }),
    bad(2, 'a name with a number', { ...roster, name: 'Ana 5551234' }),
    bad(2, 'a name with an address', { ...roster, name: 'www.example.org' }),
    bad(2, 'a name of 41 characters', { ...roster, name: 'a'.repeat(41) }),
    bad(2, 'a time zone that is no name', { ...roster, zone: '../etc' }),
    bad(2, 'no time zone', { ...roster, zone: undefined }),
    bad(2, 'two addresses in one', {
      ...roster,
      contacts: [{ ...rostered, channels: [{ kind: 'email', address: 'a@example.org,b@example.org' }] }],
    }),
    bad(2, 'a line break in an address', {
      ...roster,
      contacts: [
        { ...rostered, channels: [{ kind: 'email', address: 'a@example.org\nBcc: b@example.org' }] },
      ],
    }),
    good(2, 'a contact without an address', { ...roster, contacts: [{ ...rostered, channels: [] }] }),
    good(2, 'nobody is asked first', { ...roster, lead: null }),
    bad(2, 'a lead who is a name', { ...roster, lead: 'Mama' }),
    ...ENDPOINTS.map(([endpoint, isGood, name]) =>
      (isGood ? good : bad)(2, name, {
        ...roster,
        contacts: [{ ...rostered, channels: [{ kind: 'push', ...target, endpoint }] }],
      }),
    ),
    bad(2, 'a point that is not in the long form', {
      ...roster,
      contacts: [
        { ...rostered, channels: [{ kind: 'push', ...target, p256dh: `A${target?.p256dh.slice(1)}` }] },
      ],
    }),
    bad(2, 'a number without its country', {
      ...roster,
      contacts: [{ ...rostered, channels: [{ kind: 'sms', number: '5550142' }] }],
    }),
    bad(2, 'four channels', {
      ...roster,
      contacts: [{ ...rostered, channels: Array(4).fill({ kind: 'sms', number: '+15550142' }) }],
    }),
    bad(2, 'an unknown channel', {
      ...roster,
      contacts: [{ ...rostered, channels: [{ kind: 'fax', address: 'a@example.org' }] }],
    }),
    bad(2, 'an unknown lock', {
      ...roster,
      contacts: [{ ...rostered, letter: { ...rostered?.letter, locks: ['open'] } }],
    }),
    bad(2, 'a secret of 15 bytes', { ...roster, contacts: [{ ...rostered, stop: 'A'.repeat(20) }] }),
    bad(2, 'an id with unused bits set', {
      ...roster,
      contacts: [{ ...rostered, id: `${'A'.repeat(21)}B` }],
    }),
    bad(2, 'letter version 0', {
      ...roster,
      contacts: [{ ...rostered, letter: { ...rostered?.letter, version: 0 } }],
    }),
    good(4, 'a letter', letter),
    good(4, 'a letter of 8,000 characters of three bytes', { ...letter, text: '信'.repeat(8_000) }),
    good(4, 'no code phrase', { ...letter, phrase: null }),
    good(4, 'nobody is asked first', { ...letter, lead: null }),
    bad(4, 'a lead without a name', { ...letter, lead: { you: false } }),
    bad(4, '8,001 characters', { ...letter, text: 'x'.repeat(8_001) }),
    bad(4, 'an empty text', { ...letter, text: '' }),
    bad(4, 'an unknown member', { ...letter, more: 1 }),
    bad(4, 'a missing member', withoutSituation),
    bad(4, 'a number for a text', { ...letter, text: 7 }),
    bad(4, 'an unknown language', { ...letter, language: 'fr' }),
    bad(4, 'a phrase that turns the direction of writing', { ...letter, phrase: 'a\u202eb' }),
    bad(4, 'a practice letter', practice),
    bytesCase(4, 'no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), false),
    bytesCase(4, 'a byte order mark', utf8ToBytes(`\ufeff${JSON.stringify(letter)}`), false),
    bytesCase(4, 'no JSON', utf8ToBytes('{'), false),
    bytesCase(4, 'JSON twice', utf8ToBytes(JSON.stringify(letter).repeat(2)), false),
    bytesCase(4, 'nothing', new Uint8Array(0), false),
    bytesCase(
      4,
      'a member named __proto__',
      utf8ToBytes(`{"__proto__":{},${JSON.stringify(letter).slice(1)}`),
      false,
    ),
    bad(4, 'null', null),
    bad(4, 'a list', [letter]),
    good(5, 'a practice letter', practice),
    bad(5, 'with a text', { ...practice, text: 'x' }),
    good(12, 'an invitation', invitation),
    good(12, 'without an address', { ...invitation, email: null }),
    bad(12, 'from a name with an address', { ...invitation, from: 'www.example.org' }),
    bad(12, 'a missing stop token', { ...invitation, stop: undefined }),
    bad(12, 'a text', { ...invitation, text: 'x' }),
    good(13, 'an answer', answer),
    good(13, 'without an address', { ...answer, email: null }),
    bad(13, 'two addresses', { ...answer, email: 'a@example.org,b@example.org' }),
    bad(13, 'an unknown member', { ...answer, more: 1 }),
    bad(5, 'a hotline that is an address', { ...practice, hotline: 'https://example.org' }),
    good(11, 'a note', note),
    good(11, 'only a name', { ...note, note: null }),
    good(11, 'a note of 200 characters of three bytes', { ...note, note: '信'.repeat(200) }),
    bad(11, '201 characters', { ...note, note: 'x'.repeat(201) }),
    bad(11, 'an empty note', { ...note, note: '' }),
    bad(11, 'a note that turns the direction of writing', { ...note, note: 'a\u202eb' }),
    bad(11, 'a line break', { ...note, note: 'a\nb' }),
    bad(11, 'a name with an address', { ...note, name: 'www.example.org' }),
    bad(11, 'no name', { ...note, name: null }),
    bad(11, 'of no alert', { ...note, pressedAt: undefined }),
    bad(11, 'an unknown member', { ...note, more: 1 }),
    bad(11, 'shape 2', { ...note, v: 2 }),
    good(10, 'a situation', told),
    good(10, 'nothing known yet', {
      ...told,
      ...{ place: null, when: null, what: null, saw: null, position: null },
    }),
    good(10, 'as long as it may be, three bytes a character', {
      ...told,
      ...{ place: '信'.repeat(120), when: '信'.repeat(60), what: '信'.repeat(400) },
    }),
    bad(10, 'a place of 121 characters', { ...told, place: 'x'.repeat(121) }),
    bad(10, 'a moment of 61 characters', { ...told, when: 'x'.repeat(61) }),
    bad(10, '401 characters', { ...told, what: 'x'.repeat(401) }),
    bad(10, 'an empty place', { ...told, place: '' }),
    bad(10, 'a line break', { ...told, what: 'a\nb' }),
    bad(10, 'a place that turns the direction of writing', { ...told, place: 'a\u202eb' }),
    bad(10, 'seen by a word', { ...told, saw: 'yes' }),
    bad(10, 'north of the pole', { ...told, position: { ...told.position, lat: 90_000_001 } }),
    bad(10, 'half a millionth of a degree', { ...told, position: { ...told.position, lon: 0.5 } }),
    bad(10, 'of no press', { ...told, pressedAt: undefined }),
    bad(10, 'an unknown member', { ...told, more: 1 }),
    bad(10, 'shape 2', { ...told, v: 2 }),
    good(20, 'a person', cover),
    good(20, 'a card, which tells no name', { ...cover, kind: 'card', name: null }),
    bad(20, 'a name with an address', { ...cover, name: 'www.example.org' }),
    bad(20, 'an unknown kind', { ...cover, kind: 'robot' }),
    bad(20, 'no key', { ...cover, situation: null }),
    bad(20, 'an unknown member', { ...cover, more: 1 }),
    bad(20, 'shape 2', { ...cover, v: 2 }),
    good(16, 'a plan', plan),
    good(16, 'what one contact is shown', { ...plan, shares: [] }),
    good(16, 'an empty one', { ...plan, sections: [], shares: [] }),
    bad(16, 'a section without a page', { ...plan, sections: [{ ...filled, entries: [] }] }),
    bad(16, 'thirteen children', { ...plan, sections: [{ ...filled, entries: Array(13).fill({ a: 'b' }) }] }),
    bad(16, 'an empty field', { ...plan, sections: [{ ...filled, entries: [{ dob: '' }] }] }),
    bad(16, 'a field of 2,001 characters', {
      ...plan,
      sections: [{ ...filled, entries: [{ dob: 'x'.repeat(2_001) }] }],
    }),
    bad(16, 'a field by another kind of name', {
      ...plan,
      sections: [{ ...filled, entries: [{ 'Date of birth': 'x' }] }],
    }),
    bad(16, 'shared with nobody', { ...plan, shares: [{ contact: 'x', sections: ['identity'] }] }),
    bad(16, 'a share of nothing', { ...plan, shares: [{ ...plan.shares[0], sections: [] }] }),
    bad(16, 'no shares', { ...plan, shares: undefined }),
    bad(16, 'shape 2', { ...plan, v: 2 }),
    good(17, 'steps', steps),
    good(17, 'nothing ticked, nobody named', { ...steps, name: null, steps: {} }),
    bad(17, 'ticked no time', { ...steps, steps: { children: 0 } }),
    bad(17, 'ticked a thousand times', { ...steps, steps: { children: 1_000 } }),
    bad(17, 'a step by another kind of name', { ...steps, steps: { 'call 555': 1 } }),
    bad(17, 'forty-nine steps', {
      ...steps,
      steps: Object.fromEntries(
        Array.from({ length: 49 }, (_, at) => [
          `a${'b'.repeat(at % 23)}-${'c'.repeat(1 + (at % 7))}`.slice(0, 24),
          1,
        ]),
      ),
    }),
    bad(17, 'a name with an address', { ...steps, name: 'www.example.org' }),
    bad(17, 'of no alert', { ...steps, pressedAt: undefined }),
    bad(17, 'an unknown member', { ...steps, more: 1 }),
    good(10, 'written before the press', { ...told, pressedAt: null }),
    good(18, 'a hand-over', { v: 1, root: 'AAECAwQFBgcICQoLDA0ODw', pin: true }),
    bad(18, 'a root a byte short', { v: 1, root: 'AAECAwQFBgcICQoLDA0O', pin: true }),
    bad(18, 'shape 2', { v: 2, root: 'AAECAwQFBgcICQoLDA0ODw', pin: true }),
    bad(18, 'an unknown member', { v: 1, root: 'AAECAwQFBgcICQoLDA0ODw', pin: true, more: 1 }),
  ]
}
