import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDocument } from '../../src/crypto/document.ts'
import { fromWords } from '../../src/crypto/recovery-words.ts'
import { ownerTokenOf, phoneKeyOf, vaultIdOf, vaultKeyOf } from '../../src/crypto/root.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { askAsOwner } from '../browser/support/family.ts'
import { findAll } from '../browser/support/profile.ts'
import { es } from '../browser/support/texts.ts'
import { startServer } from '../support/server.ts'
import { firefox } from './firefox.ts'
import { readFirefoxProfile } from './firefox-profile.ts'
import { choose, css, fill, holdFor, see, tap, text, type } from './hands.ts'
import { type EnginePhone, later } from './phone.ts'

/** What `test/browser/forensics.test.ts` asks of Chromium's profile, asked of Firefox's: `docs/browsers.md`. Not part of CI. */
const PIN = '493817'
const FIRST = {
  owner: 'Marisol Quetzal',
  name: 'Rosalinda Tonantzin',
  email: 'rosalinda-tonantzin@example.com',
  letter: 'Las llaves de la casa verde están con la vecina del tercer piso.',
  word: 'Jacaranda azulada',
  hint: 'Floreció en la plaza vieja',
}
const CHANGED = 'El abogado de la calle Doce sabe qué hacer con los papeles.'

const server = await startServer()
const profile = await mkdtemp(join(tmpdir(), 'amparo-profile-'))
const open = () => firefox({ language: 'es', profile })
let faults = 0
const look = async (
  what: string,
  needles: Record<string, string | Uint8Array>,
  control: Record<string, Uint8Array>,
) => {
  const chunks = await readFirefoxProfile(profile)
  const found = findAll(chunks, needles)
  console.log(`${what}: ${chunks.length} pieces searched`)
  console.log('  the search finds', JSON.stringify(findAll(chunks, control)))
  console.log('  in clear', JSON.stringify(found))
  faults += Object.keys(found).length
}
const go = async (phone: EnginePhone, path: string): Promise<void> => {
  await phone.goto(`${server.origin}/robots.txt`)
  await phone.goto(server.origin + path)
}

let phone = await open()
await phone.goto(`${server.origin}/`)
await tap(phone, text(es.setup('welcome.start')))
await type(phone, '#name', FIRST.owner)
await choose(phone, '#state', 'CA')
await choose(phone, '#county', 'ca-santa-clara')
await tap(phone, text(es.setup('wizard.next')))
await type(phone, '#contact-name', FIRST.name)
await type(phone, '#contact-email', FIRST.email)
await tap(phone, text(es.setup('wizard.next')))
await fill(phone, '#letter', '')
await type(phone, '#letter', FIRST.letter)
await tap(phone, text(es.setup('wizard.next')))
await type(phone, '#word', FIRST.word)
await type(phone, '#hint', FIRST.hint)
// What is typed is kept as a draft, and a session is written down every fifteen seconds.
await later(20_000)
await tap(phone, text(es.setup('step.4.done')))
await see(phone, text(es.setup('invite.title')))
await tap(phone, text(es.setup('invite.practice')))
await see(phone, css('.hold'))
await holdFor(phone, 2_600)
await see(phone, text(es.app('alert.practised')))
await go(phone, '/#/words')
await see(phone, css('.words li'))
const words = await phone.call<string[]>(
  `() => [...document.querySelectorAll('.words li')].map((one) => one.textContent.replace(/[^\\p{L}]/gu, ''))`,
)
await later(20_000)
const deviceKey = await phone.call<string>(`async () => (await caches.match('/device-key')).text()`)
const root = fromWords(words.join(' '))
if (!(root instanceof Uint8Array)) throw new Error(`no words: ${words.join(' ')}`)
const answer = (await askAsOwner(server.origin, root, ROUTES.open)) as { version: number; document: string }
const document = openDocument(root, answer.version, fromText(answer.document))
const [contact, presser] = [document?.contacts[0], document?.pressers[0]]
if (document === null || contact === undefined || presser === undefined) throw new Error('no vault')
const needles: Record<string, string | Uint8Array> = {
  ...{ owner: FIRST.owner, contact: FIRST.name, address: FIRST.email, word: FIRST.word, hint: FIRST.hint },
  ...{ letter: FIRST.letter, changed: CHANGED, pin: PIN, 'first words': words.slice(0, 2).join(' ') },
  ...{
    root,
    'vault key': vaultKeyOf(root),
    'owner token': ownerTokenOf(root),
    'phone key': phoneKeyOf(root),
  },
  'situation root': fromText(document.situation),
  P: fromText(presser.secret),
  'contact’s secret': fromText(contact.secret),
  'link secret': fromText(contact.letter.secret),
}
const control = { vault: vaultIdOf(root), deviceKey: fromText(deviceKey) }
await phone.close()
await look('Without a PIN', needles, control)

phone = await open()
await go(phone, '/#/pin')
await type(phone, '#pin-new', PIN)
await type(phone, '#pin-again', PIN)
await tap(phone, text(es.pin('save')))
await see(phone, text(es.pin('is-set')), 120_000)
await phone.goto(`${server.origin}/#/people`)
await tap(phone, text(FIRST.name))
await see(phone, css('#letter'))
await fill(phone, '#letter', '')
await type(phone, '#letter', CHANGED)
await later(20_000)
await tap(phone, text(es.setup('person.save')))
await see(phone, text(es.setup('people.title')), 60_000)
await later(3_000)
await phone.close()
await look('With a PIN', { ...needles, deviceKey: control.deviceKey }, control)

phone = await open()
await go(phone, '/#/people')
await see(phone, text(es.pin('unlock.title')))
await type(phone, '#pin', PIN)
await tap(phone, text(es.pin('unlock.open')))
await see(phone, text(FIRST.name), 60_000)
await phone.close()
await look('Opened again', { ...needles, deviceKey: control.deviceKey }, control)

await rm(profile, { recursive: true, force: true })
await server.stop()
console.log(faults === 0 ? 'Nothing reads.' : `${faults} found.`)
process.exitCode = faults === 0 ? 0 : 1
