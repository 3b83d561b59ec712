import { toText } from '../../src/protocol/bytes.ts'
import type { ContactNote } from '../../src/protocol/contact-note.ts'
import type { ContactAnswer, Invitation } from '../../src/protocol/invitation.ts'
import type { Letter, PracticeLetter } from '../../src/protocol/letter-content.ts'
import type { Plan } from '../../src/protocol/plan.ts'
import type { Cover } from '../../src/protocol/presser.ts'
import type { Roster } from '../../src/protocol/roster.ts'
import type { Situation } from '../../src/protocol/situation.ts'
import type { StepSet } from '../../src/protocol/steps.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import { seededRandom } from './seeded-random.ts'

/** One invented family, for vectors and tests: the same at every call. */
export const sampleFamily = () => {
  const random = seededRandom('sample family')
  const text = (length: number): string => toText(random(length))
  const [mother, sister] = [text(16), text(16)]
  const [motherLetter, sisterLetter, motherSecret, sisterSecret] = [text(16), text(16), text(16), text(16)]
  const [motherStop, sisterStop, situation] = [text(16), text(16), text(32)]

  const handed = seededRandom('sample pressers')
  const browser = seededRandom('sample browser')
  const push = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/dQw4:APA91b_-x',
    p256dh: toText(Uint8Array.of(4, ...browser(64))),
    auth: toText(browser(16)),
  }

  const letter: Letter = {
    v: 1,
    from: 'Ma. José Núñez-O’Hara',
    to: 'Mamá',
    language: 'es',
    text: 'Querida mamá:\n\nSi lees esto… 🕊️ respira. "Llama" a la línea; los papeles están en la caja azul.',
    phrase: 'El gato duerme en el piano',
    hotline: 'us-migrawatch',
    lead: { you: true, name: 'Mamá' },
    situation,
  }
  const practice: PracticeLetter = { v: 1, from: letter.from, language: 'en', hotline: 'us-migrawatch' }
  const roster: Roster = {
    v: 1,
    name: letter.from,
    hotline: 'us-migrawatch',
    zone: 'America/Los_Angeles',
    lead: mother,
    contacts: [
      {
        id: mother,
        language: 'es',
        channels: [{ kind: 'email', address: 'mama@example.org' }],
        letter: { id: motherLetter, version: 7, locks: ['word', 'paired'], secret: motherSecret },
        practice: { id: text(16), version: 3, locks: ['link'], secret: text(16) },
        stop: motherStop,
      },
      {
        id: sister,
        language: 'en',
        channels: [
          { kind: 'email', address: 'sister+alerts@mail.example.net' },
          { kind: 'sms', number: '+15550142' },
          { kind: 'push', ...push },
        ],
        letter: { id: sisterLetter, version: 8, locks: ['paired'], secret: null },
        practice: null,
        stop: sisterStop,
      },
    ],
  }
  const document: VaultDocument = {
    v: 1,
    name: letter.from,
    language: 'es',
    hotline: 'us-migrawatch',
    zone: 'America/Los_Angeles',
    situation,
    lead: mother,
    contacts: [
      {
        id: mother,
        name: 'Mamá',
        language: 'es',
        email: 'mama@example.org',
        sms: null,
        push: null,
        stop: motherStop,
        secret: text(16),
        invitedAt: 1_760_000_000_000,
        answer: { n: 2, at: 1_760_000_050_000 },
        clearedAt: null,
        letter: {
          id: motherLetter,
          version: 7,
          secret: motherSecret,
          text: letter.text,
          phrase: letter.phrase,
          lock: { kind: 'word', word: 'Mariposa Azul', hint: '¿Qué vimos en el jardín?' },
        },
      },
      {
        id: sister,
        name: 'Ana',
        language: 'en',
        email: 'sister+alerts@mail.example.net',
        sms: '+15550142',
        push,
        stop: sisterStop,
        secret: text(16),
        invitedAt: null,
        answer: null,
        clearedAt: null,
        letter: {
          id: sisterLetter,
          version: 8,
          secret: sisterSecret,
          text: 'Call the lawyer first.',
          phrase: null,
          lock: { kind: 'link' },
        },
      },
    ],
    pressers: [
      {
        id: text(16),
        kind: 'phone',
        secret: text(32),
        label: 'This phone',
        delayMs: 5_000,
        addedAt: 1_760_000_000_000,
      },
      {
        id: toText(handed(16)),
        kind: 'person',
        secret: toText(handed(16)),
        label: 'Doña Luz',
        delayMs: 60_000,
        addedAt: 1_760_000_300_000,
      },
    ],
    former: [{ id: toText(handed(16)), kind: 'card', label: 'Tarjeta azul' }],
    wordsConfirmedAt: null,
    practisedAt: 1_760_000_100_000,
    rolledAfter: [text(16)],
    plan: 4,
  }
  const invitation: Invitation = {
    v: 1,
    from: letter.from,
    to: 'Mamá',
    language: 'es',
    email: 'mama@example.org',
    taken: 2,
    hotline: 'us-migrawatch',
    stop: motherStop,
  }
  const answer: ContactAnswer = { v: 1, language: 'es', email: 'mama.nueva@example.org', sms: null, push }
  const note: ContactNote = {
    v: 1,
    pressedAt: 1_760_000_200_000,
    name: 'Tía Berta',
    note: 'Ya llamé a la línea. Recojo a los niños a las 3.',
  }
  const told: Situation = {
    v: 1,
    pressedAt: 1_760_000_200_000,
    place: 'Estacionamiento del mercado, esquina de la 5ª',
    when: 'como a las siete',
    what: 'Dos camionetas blancas. Se la llevaron hacia el norte.',
    saw: true,
    position: { lat: 37_774_929, lon: -122_419_416, accuracyM: 25 },
  }
  const cover: Cover = {
    v: 1,
    kind: 'person',
    name: letter.from,
    language: 'es',
    hotline: 'us-migrawatch',
    situation: toText(handed(32)),
  }
  const plan: Plan = {
    v: 1,
    sections: [
      {
        id: 'identity',
        at: 1_760_000_400_000,
        entries: [
          { 'legal-name': 'María José Núñez', dob: '4 de mayo de 1988', 'other-names': 'Nunez\nMa. José' },
        ],
      },
      { id: 'children', at: 1_760_000_500_000, entries: [{ 'child-name': 'Luz' }, { 'child-name': 'Beto' }] },
    ],
    shares: [{ contact: mother, sections: ['identity'] }],
  }
  const steps: StepSet = {
    v: 1,
    pressedAt: 1_760_000_200_000,
    name: 'Tía Berta',
    steps: { 'call-hotline': 1, children: 2 },
  }
  return {
    document,
    roster,
    letter,
    practice,
    invitation,
    answer,
    note,
    told,
    cover,
    plan,
    steps,
    hint: '¿Qué vimos en el jardín?',
  }
}
