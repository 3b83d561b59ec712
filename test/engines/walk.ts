import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import checkinsEn from '../../src/i18n/messages/checkins/en.json' with { type: 'json' }
import checkinsEs from '../../src/i18n/messages/checkins/es.json' with { type: 'json' }
import helpEn from '../../src/i18n/messages/help/en.json' with { type: 'json' }
import helpEs from '../../src/i18n/messages/help/es.json' with { type: 'json' }
import { translator } from '../../src/i18n/translate.ts'
import { letterLink } from '../browser/support/place.ts'
import { en, es } from '../browser/support/texts.ts'
import { type Mail, startServer, type TestServer } from '../support/server.ts'
import { firefox } from './firefox.ts'
import { choose, css, fill, holdFor, isThere, see, tap, text, textOf, type } from './hands.ts'
import { type Engine, type EnginePhone, later, until } from './phone.ts'
import { webkit } from './webkit.ts'

/**
 * The main job in an engine that the tests do not have, on the real Worker and the built pages: `docs/browsers.md` says how to run it
 * and what it found. Not part of CI. Every step has a picture, which is to be looked at.
 */
const ENGINES: Record<string, Engine> = { firefox, webkit }
const { values, positionals } = parseArgs({
  options: {
    language: { type: 'string', default: 'es' },
    touch: { type: 'boolean', default: false },
    pictures: { type: 'string', default: 'pictures' },
  },
  allowPositionals: true,
})
const engine = ENGINES[positionals[0] ?? '']
if (engine === undefined)
  throw new Error('Usage: walk.ts firefox|webkit [--language es|en] [--touch] [--pictures folder]')
const language = values.language === 'en' ? 'en' : 'es'
const texts = language === 'en' ? en : es
const help = language === 'en' ? helpEn : helpEs
const checkins =
  language === 'en'
    ? translator('en', checkinsEn, compileMessage)
    : translator('es', checkinsEs, compileMessage)

const ROSA = {
  name: 'Mi hermana Rosalía',
  email: 'rosalia.quispe@example.com',
  letter: 'Las llaves están con doña Eulalia. Recoge a los niños a las tres.',
  word: 'Jacaranda Azúl',
  typed: '  jacaranda   azul ',
  hint: 'Lo que florecía donde la abuela',
}
const OWNER = 'Ana María Quispe'
const PIN = '493817'

let taken = 0
const failed: string[] = []
const server: TestServer = await startServer()
const phones: EnginePhone[] = []
const open = async (): Promise<EnginePhone> => {
  const phone = await engine({ language, touch: values.touch })
  phones.push(phone)
  return phone
}
const picture = async (phone: EnginePhone, name: string): Promise<void> => {
  // A picture may show what stood there a moment ago.
  await later(500)
  taken += 1
  const path = join(
    values.pictures,
    `${String(taken).padStart(2, '0')}-${name.replace(/[^a-z0-9]+/gi, '-')}.png`,
  )
  await writeFile(path, await phone.picture())
  const beside = await phone.call<number>('() => document.documentElement.scrollWidth - innerWidth')
  if (beside > 0) console.log(`  ${name}: ${beside} px lie beside the screen`)
}
const step = async (phone: EnginePhone, name: string, run: () => Promise<void>): Promise<void> => {
  const began = Date.now()
  try {
    await run()
    console.log(`ok      ${name} (${Date.now() - began} ms)`)
    await picture(phone, name)
  } catch (error) {
    failed.push(name)
    console.log(`FAILED  ${name}: ${(error as Error).message}`)
    await picture(phone, `failed ${name}`).catch(() => undefined)
  }
}
const mail = (count: number): Promise<Mail> =>
  until(async () => {
    const mails = (await server.outbox()).filter(({ to }) => to === ROSA.email).reverse()
    const last = mails[count - 1]
    if (last === undefined) throw new Error(`${mails.length} of ${count} mails`)
    return last
  })
/** An address within the page where one already is changes no more than its end. */
const go = async (phone: EnginePhone, path: string): Promise<void> => {
  await phone.goto(`${server.origin}/robots.txt`)
  await phone.goto(server.origin + path)
}

await mkdir(values.pictures, { recursive: true })
const owner = await open()
console.log(`${owner.version}, ${language}, ${owner.pointer}`)
let invitation = ''
let cardCode = ''

await step(owner, 'welcome', async () => {
  await owner.goto(`${server.origin}/`)
  await see(owner, text(texts.setup('welcome.title')))
})
await step(owner, 'set-up 1', async () => {
  await tap(owner, text(texts.setup('welcome.start')))
  await type(owner, '#name', 'Ana Maria')
  await fill(owner, '#name', OWNER)
  await choose(owner, '#state', 'CA')
  await choose(owner, '#county', 'ca-santa-clara')
})
await step(owner, 'set-up 2', async () => {
  await tap(owner, text(texts.setup('wizard.next')))
  await fill(owner, '#contact-name', ROSA.name)
  await fill(owner, '#contact-email', ROSA.email)
})
await step(owner, 'set-up 3', async () => {
  await tap(owner, text(texts.setup('wizard.next')))
  await fill(owner, '#letter', ROSA.letter)
})
await step(owner, 'set-up 4', async () => {
  await tap(owner, text(texts.setup('wizard.next')))
  await fill(owner, '#word', ROSA.word)
  await fill(owner, '#hint', ROSA.hint)
})
await step(owner, 'invitation', async () => {
  await tap(owner, text(texts.setup('step.4.done')))
  await see(owner, text(texts.setup('invite.title')))
  const message = await textOf(owner, '.message')
  invitation = /https?:\/\/\S+\/join#[1-9A-HJ-NP-Za-km-z]+/.exec(message)?.[0] ?? ''
  if (invitation === '') throw new Error('no link in the invitation')
})
await step(owner, 'invitation as a QR code', async () => {
  await tap(owner, text(texts.setup('invite.qr')))
  await see(owner, css('main > .stack .qr'))
})
await step(owner, 'practice', async () => {
  await tap(owner, text(texts.setup('invite.practice')))
  await see(owner, text(texts.app('practice.title')))
  await see(owner, css('.hold'))
})
await step(owner, 'practised', async () => {
  await holdFor(owner, 2_600)
  await see(owner, text(texts.app('alert.practised')))
  await tap(owner, text(texts.app('alert.practised.done')))
  await see(owner, css('.hold'))
})
await step(owner, 'words', async () => {
  await go(owner, '/#/words')
  await see(owner, css('.words li'))
})
await step(owner, 'people', async () => {
  await go(owner, '/#/people')
  await see(owner, text(ROSA.name))
})

const contact = await open()
await step(contact, 'contact invited', async () => {
  await contact.goto(invitation)
  await see(contact, text(texts.join('invited.title', { name: OWNER })))
})
await step(contact, 'contact form', async () => {
  await tap(contact, text(texts.join('invited.next')))
  await fill(contact, '#address', ROSA.email)
  await tap(contact, text(texts.join('form.code')))
  const code = /(?<!\d)\d{6}(?!\d)/.exec((await mail(1)).text)?.[0]
  if (code === undefined) throw new Error('no code')
  await type(contact, '#code', code)
})
await step(contact, 'contact accepted', async () => {
  await tap(contact, text(texts.join('form.accept')))
  await see(contact, text(texts.join('accepted.title')))
})

await step(owner, 'PIN set', async () => {
  await go(owner, '/#/pin')
  await type(owner, '#pin-new', PIN)
  await type(owner, '#pin-again', PIN)
  await tap(owner, text(texts.pin('save')))
  await see(owner, text(texts.pin('is-set')), 120_000)
})
await step(owner, 'locked', async () => {
  await go(owner, '/#/people')
  await see(owner, text(texts.pin('unlock.title')))
  if (await isThere(owner, text(ROSA.name))) throw new Error('a name on a locked phone')
})
await step(owner, 'wrong PIN', async () => {
  await type(owner, '#pin', '111111')
  await tap(owner, text(texts.pin('unlock.open')))
  await see(owner, css('.wrong'), 90_000)
})
await step(owner, 'unlocked', async () => {
  await fill(owner, '#pin', PIN)
  await tap(owner, text(texts.pin('unlock.open')))
  await see(owner, text(ROSA.name), 90_000)
})
await step(owner, 'plan', async () => {
  await owner.goto(`${server.origin}/#/plan`)
  await see(owner, css('h1'))
  await later(500)
})
await step(owner, 'card', async () => {
  await owner.goto(`${server.origin}/#/card`)
  await tap(owner, text(texts.card('make')))
  await see(owner, css('.face.back .qr'))
  cardCode = await textOf(owner, '.face .code')
})
const { print } = owner
if (print !== null)
  await step(owner, 'card printed', async () => {
    await writeFile(join(values.pictures, 'card.pdf'), await print())
  })
await step(owner, 'card as a PDF', async () => {
  await tap(owner, text(texts.card('pdf')))
  await later(1_500)
  await owner.look()
})
await step(owner, 'check-in', async () => {
  await owner.goto(`${server.origin}/#/check-ins`)
  await tap(owner, text(checkins('new')))
  await see(owner, text(checkins('arm')))
})
await step(owner, 'check-in armed', async () => {
  await tap(owner, text(checkins('arm')))
  await see(owner, text(checkins('well')))
})
await step(owner, 'second phone', async () => {
  await owner.goto(`${server.origin}/#/second`)
  await tap(owner, text(texts.second('start')))
  await see(owner, css('.qr'))
})

const witness = await open()
await step(witness, 'card code typed', async () => {
  await witness.goto(`${server.origin}/press`)
  await see(witness, text(texts.scan('title')))
  await type(witness, 'input', cardCode.toLowerCase().replaceAll('-', ' '))
})
await step(witness, 'card found', async () => {
  await tap(witness, text(texts.scan('go')))
  await see(witness, text(texts.scan('card.title')), 60_000)
})

await step(owner, 'button', async () => {
  await go(owner, '/#/')
  await see(owner, css('.hold'))
})
await step(owner, 'let go too early', async () => {
  await holdFor(owner, 1_200)
  await see(owner, css('.hold'))
})
await step(owner, 'service worker', async () => {
  const isReady = await owner.call<boolean>(
    `() => Promise.race([
      navigator.serviceWorker.ready.then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 15000)),
    ])`,
  )
  if (!isReady) throw new Error('no service worker')
})
await step(owner, 'pressed without a line', async () => {
  await server.kill()
  await holdFor(owner, 2_600)
  await see(owner, text(texts.app('alert.stored')))
})
await step(owner, 'loaded anew without a line', async () => {
  await owner.goto(`${server.origin}/help/${language}/rights`)
  await see(owner, css('.scene'))
  await owner.goto(`${server.origin}/`)
  await see(owner, text(texts.app('alert.stored')))
})
await step(owner, 'gone out', async () => {
  await server.restart()
  await see(owner, text(texts.app('alert.open')), 90_000)
  await mail(2)
})
const reader = await open()
await step(contact, 'letter by the invitation', async () => {
  await contact.goto(letterLink(await mail(2)))
  await tap(contact, text(texts.reader('open.button')))
  if ((await textOf(contact, '.letter')) !== ROSA.letter) throw new Error('another letter')
})
await step(reader, 'letter asked for', async () => {
  await reader.goto(letterLink(await mail(2)))
  await see(reader, css('#family-word'))
})
await step(reader, 'wrong word', async () => {
  await type(reader, '#family-word', 'otra palabra')
  await tap(reader, text(texts.reader('open.button')))
  await see(reader, text(texts.reader('word.wrong')), 60_000)
})
await step(reader, 'letter opened', async () => {
  await fill(reader, '#family-word', ROSA.typed)
  await tap(reader, text(texts.reader('open.button')))
  await see(reader, css('.letter'), 60_000)
  if ((await textOf(reader, '.letter')) !== ROSA.letter) throw new Error('another letter')
})
await step(reader, 'on it', async () => {
  await tap(reader, text(texts.after('onit.button')))
  await see(reader, text(texts.after('form.yes')))
  const id = await reader.call<string>(
    `() => { const field = [...document.querySelectorAll('input')].find((one) => one.type === 'text'); field.id ||= 'its-name'; return field.id }`,
  )
  await fill(reader, `[id="${id}"]`, 'Tía Rosa')
  await tap(reader, text(texts.after('form.yes')))
  await see(reader, text(texts.after('mine.title')))
})
await step(owner, 'owner sees it', async () => {
  await until(async () => {
    await owner.call(`() => document.dispatchEvent(new Event('visibilitychange'))`)
    // Whose phone is locked by a PIN reads how many, and no name.
    await see(owner, text(texts.app('row.on-it', { count: 1 })), 1_000)
  })
})
await step(owner, 'all is well', async () => {
  await tap(owner, text(texts.app('clear.button')))
  await later(400)
  await picture(owner, 'all is well asked')
  await fill(owner, '#pin', PIN)
  await tap(owner, css('dialog .btn.prime'))
  await see(owner, text(texts.app('alert.cleared')), 90_000)
  await mail(3)
})

await step(witness, 'help', async () => {
  await witness.goto(`${server.origin}/help/${language}`)
  await see(witness, css('h1'))
})
await step(witness, 'rights card', async () => {
  await witness.goto(`${server.origin}/help/${language}/rights`)
  await see(witness, css('.scene'))
})
await step(witness, 'rights card shown', async () => {
  await tap(witness, css('.scene button'))
  await see(witness, css('dialog.show[open]'))
})
await step(witness, 'help without a line', async () => {
  await until(async () => {
    // The last file comes before the service worker answers for it.
    const isKept = await witness.call<boolean>(
      `async () =>
        (await caches.match('/help/sources.html')) !== undefined &&
        (await navigator.serviceWorker.getRegistration('/'))?.active?.state === 'activated'`,
    )
    if (!isKept) throw new Error('the help pages are not kept')
  })
  await server.kill()
  await witness.goto(`${server.origin}/help/${language}/steps`)
  await see(witness, text(help['steps.title']))
  await witness.goto(`${server.origin}/help/${language}/hotlines`)
  await see(witness, text(help['hotlines.title']))
  await server.restart()
})

for (const phone of phones) await phone.close()
await server.stop()
console.log(failed.length === 0 ? 'All steps passed.' : `${failed.length} failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
