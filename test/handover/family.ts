import { createHash } from 'node:crypto'
import { newContact, newPresser } from '../../src/client/vault/document.ts'
import { newKey } from '../../src/client/vault/random.ts'
import { NO_PLANS, type Plans, type SealedCommit, sealCommit } from '../../src/client/vault/seal-commit.ts'
import { joinTokenOf } from '../../src/crypto/invitation.ts'
import { receiptTokenOf } from '../../src/crypto/letter.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { gateTokenOf, openWordLock } from '../../src/crypto/locks/word.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { toWords } from '../../src/crypto/recovery-words.ts'
import { ownerTokenOf, vaultIdOf, vaultKeyOf } from '../../src/crypto/root.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { stretchWord } from '../../src/crypto/stretch.ts'
import { normaliseWord } from '../../src/crypto/word.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import type { PushTarget } from '../../src/protocol/channel.ts'
import type { DocumentContact, VaultDocument } from '../../src/protocol/vault-document.ts'
import type { Needle } from './search.ts'

/** An owner with two contacts, as her own app makes them, and every secret of it. One letter has a word, one only a link. */
const WORD = 'Guacamaya Ázul'
const WRONG_WORD = 'gallina ciega'
/** What the contacts correct their addresses to. */
export const CONFIRMED = ['Perpetua.Nueva@example.org', 'barrancas.e@example.org'] as const

/** What the contact with the word says once she is on it. */
export const SAID = { name: 'Doña Perpetua', note: 'Voy por los niños con mi comadre Eduviges.' } as const

/** What Eusebio has answered beside his address. */
export const NUMBER = '+14155550142'
/** @param push the browser with which Eusebio has answered, beside his number */
export const newDocument = (push: PushTarget | null = null): VaultDocument => {
  const document = withoutWays()
  if (push === null) return document
  const contacts = document.contacts.map((contact, at) =>
    at === 1 ? { ...contact, sms: NUMBER, push } : contact,
  )
  return { ...document, contacts }
}

const withoutWays = (): VaultDocument => ({
  v: 1,
  name: 'Marisol Quiñonero',
  language: 'es',
  hotline: 'ca-santa-clara',
  zone: 'America/Los_Angeles',
  situation: newKey(),
  lead: null,
  contacts: [
    newContact({
      name: 'Abuela Perpetua',
      email: 'Perpetua.Q@example.org',
      language: 'es',
      text: 'Los niños salen a las tres; la llave está con la vecina Ñuca.',
      phrase: 'El perro verde duerme de día',
      lock: { kind: 'word', word: WORD, hint: 'El pájaro de la abuela' },
    }),
    newContact({
      name: 'Eusebio Barrancas',
      email: 'eusebio+work@example.org',
      language: 'en',
      text: 'I cannot come to work. Please call the lawyer Okonkwo first.',
      phrase: 'Seven crooked nails',
      lock: { kind: 'link' },
    }),
  ],
  pressers: [newPresser('Teléfono morado', Date.now())],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
})

/** Without a worker: there is none in Node. */
const stretch = async ({ word, secret, vault, letter }: Parameters<Parameters<typeof sealCommit>[4]>[0]) =>
  stretchWord(word, secret, vault, letter)

export const seal = (
  root: Uint8Array,
  before: VaultDocument | null,
  base: number,
  after: VaultDocument,
  plans: Plans = NO_PLANS,
) => sealCommit(root, before, base, after, stretch, undefined, null, false, plans)

const hashOf = (token: Uint8Array): Uint8Array => createHash('sha256').update(token).digest()

const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the scenario is not what it should be')
  return value
}

const letterKeyOf = ({ request }: SealedCommit, { letter }: DocumentContact, stretched: Uint8Array) => {
  const vault = fromText(request.vault)
  const lock = known(
    request.letters.find(({ id }) => id === letter.id)?.locks.find(({ kind }) => kind !== 'paired'),
  )
  const [id, secret] = [fromText(letter.id), fromText(letter.secret)]
  if (lock.kind === 'word') return known(openWordLock(lock.wrapped, stretched, vault, id, letter.version))
  return known(openLinkLock(known(lock.kind === 'link' ? lock : null), secret, vault, id, letter.version))
}

export type Secrets = {
  gateToken: Uint8Array
  wrongGateToken: Uint8Array
  receiptTokens: { word: Uint8Array; link: Uint8Array }
  pressKey: Uint8Array
  /** In the order of the document's contacts, as everything of them. */
  joinTokens: Uint8Array[]
  /** By its name in the table of docs/threat-model.md: all that a thing consists of. */
  things: Record<string, Needle[]>
}

/** Everything that `sealed` brought to the server or kept from it. */
export const secretsOf = (root: Uint8Array, sealed: SealedCommit): Secrets => {
  const { request, document } = sealed
  const vault = vaultIdOf(root)
  const [ana, ben] = [known(document.contacts[0]), known(document.contacts[1])]
  const presser = known(document.pressers[0])
  const idOf = ({ letter }: DocumentContact) => fromText(letter.id)
  const secretOf = ({ letter }: DocumentContact) => fromText(letter.secret)
  const normalised = known(normaliseWord(WORD))
  const stretched = stretchWord(normalised, secretOf(ana), vault, idOf(ana))
  const wrong = stretchWord(known(normaliseWord(WRONG_WORD)), secretOf(ana), vault, idOf(ana))
  const letterKeys = { word: letterKeyOf(sealed, ana, stretched), link: letterKeyOf(sealed, ben, stretched) }
  const receiptTokens = {
    word: receiptTokenOf(letterKeys.word, vault, idOf(ana)),
    link: receiptTokenOf(letterKeys.link, vault, idOf(ben)),
  }
  const gateToken = gateTokenOf(stretched, vault, idOf(ana))
  const wrongGateToken = gateTokenOf(wrong, vault, idOf(ana))
  const pressKey = pressKeyOf(fromText(presser.secret), vault)
  const wrapped = known(request.pressers.find(({ id }) => id === presser.id)).wrapped
  const rosterKey = known(
    unwrapRosterKey(pressKey, vault, fromText(presser.id), request.base + 1, fromText(wrapped)),
  )
  const contacts = [ana, ben]
  const joinTokens = contacts.map(({ id, secret }) => joinTokenOf(fromText(secret), vault, fromText(id)))
  const things: Record<string, Needle[]> = {
    'vault id': [vault],
    'letters’ ids': [idOf(ana), idOf(ben)],
    'contacts’ ids': [fromText(ana.id), fromText(ben.id)],
    'this phone’s id as presser': [fromText(presser.id)],
    'hash of the owner token': [hashOf(ownerTokenOf(root))],
    'hashes of press key, gate token, receipt tokens': [
      ...[pressKey, gateToken, receiptTokens.word, receiptTokens.link].map(hashOf),
    ],
    'hashes of join tokens and stop tokens': [
      ...[...joinTokens, ...contacts.map(({ stop }) => fromText(stop))].map(hashOf),
    ],
    'owner’s name': [document.name],
    'contacts’ e-mail addresses': [known(ana.email), known(ben.email)],
    'addresses that contacts confirmed': [...CONFIRMED],
    ...(ben.push === null
      ? {}
      : {
          'a contact’s number': [NUMBER],
          'endpoint of a contact’s browser': [ben.push.endpoint],
          'keys of a contact’s browser': [fromText(ben.push.auth), fromText(ben.push.p256dh)],
        }),
    'stop tokens': [fromText(ana.stop), fromText(ben.stop)],
    'link secrets': [secretOf(ana), secretOf(ben)],
    'time zone': [document.zone],
    'hotline’s id': [document.hotline],
    'contacts’ secrets, join tokens': [...contacts.map(({ secret }) => fromText(secret)), ...joinTokens],
    'roster key': [rosterKey],
    'press key': [pressKey],
    P: [fromText(presser.secret)],
    'contact’s name, lock `link`': [ben.name],
    'letter key, lock `link`': [letterKeys.link],
    'letter and code phrase, lock `link`': [ben.letter.text, known(ben.letter.phrase)],
    'situation root': [fromText(document.situation)],
    hint: [known(ana.letter.lock.kind === 'word' ? ana.letter.lock.hint : null)],
    'contact’s name, lock `word`': [ana.name],
    'letter key, lock `word`': [letterKeys.word],
    'letter and code phrase, lock `word`': [ana.letter.text, known(ana.letter.phrase)],
    'family word, stretched word': [WORD, normalised, stretched, WRONG_WORD],
    'gate tokens': [gateToken, wrongGateToken],
    'receipt tokens': [receiptTokens.word, receiptTokens.link],
    'root, recovery words, owner token, vault key': [
      ...[root, toWords(root, 'en'), toWords(root, 'es'), ownerTokenOf(root), vaultKeyOf(root)],
    ],
    'label of a presser': [presser.label],
    'name and note of a contact who is on it': [SAID.name, SAID.note],
  }
  return { gateToken, wrongGateToken, receiptTokens, pressKey, joinTokens, things }
}
