import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { openDocument } from '../../src/crypto/document.ts'
import { sealAnswer } from '../../src/crypto/invitation.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { ContactAnswer } from '../../src/protocol/invitation.ts'
import type { ContactStanding } from '../../src/protocol/join.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import { record } from '../support/record.ts'
import { askAsOwner, type Family, phoneKeeps, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { qrOnScreen } from './support/qr.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const vaultOf = async (root: Uint8Array): Promise<{ version: number; document: VaultDocument }> => {
  const answer = await askAsOwner(place.origin, root, ROUTES.open)
  const { version, document: sealed } = answer as { version: number; document: string }
  const document = openDocument(root, version, fromText(sealed))
  if (document === null) throw new Error('the vault does not open')
  return { version, document }
}
const contactOf = async (root: Uint8Array, at = 0) => {
  const contact = (await vaultOf(root)).document.contacts[at]
  if (contact === undefined) throw new Error('no such contact')
  return contact
}

const toInvitation = async (page: Page, { document }: Family, at = 0): Promise<void> => {
  await page.goto(`/#/invite/${document.contacts[at]?.id}`)
  await page.locator('.message').waitFor()
}
const linkIn = (text: string): string => /https?:\/\/\S+\/join#[1-9A-HJ-NP-Za-km-z]+/.exec(text)?.[0] ?? ''
const textOf = (page: Page): Promise<string> => page.locator('.message').innerText()

/** From now on the service says this of the contacts, in the version that the vault has. */
const say = async (
  context: BrowserContext,
  root: Uint8Array,
  of: (document: VaultDocument) => ContactStanding[],
): Promise<void> => {
  await context.unroute(`**${ROUTES.contacts}`)
  await context.route(`**${ROUTES.contacts}`, async (route) => {
    const { version, document } = await vaultOf(root)
    await route.fulfill({ json: { ok: true, version, contacts: of(document) } })
  })
}
const accepts = (
  root: Uint8Array,
  { id, secret }: { id: string; secret: string },
  n: number,
  answer: Partial<ContactAnswer> = {},
): ContactStanding => {
  const said: ContactAnswer = {
    v: 1,
    language: 'en',
    email: 'new@example.org',
    sms: null,
    push: null,
    ...answer,
  }
  const sealed = sealAnswer(fromText(secret), vaultIdOf(root), fromText(id), n, said, random)
  return { contact: id, state: 'accepted', at: Date.now(), answers: n, answer: toText(sealed) }
}

describe.concurrent('an invitation', () => {
  test('is the same link as text, on the clipboard, on the screen and on paper, in light and dark', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa', language: 'en' }] })
    await toInvitation(page, family)
    const text = await textOf(page)
    const address = linkIn(text)
    const contact = family.document.contacts[0]
    expect(decodeLink('join', address.split('#')[1] ?? '')).toEqual({
      kind: 'join',
      vault: vaultIdOf(family.root),
      id: fromText(contact?.id ?? ''),
      secret: fromText(contact?.secret ?? ''),
    })
    // In the language of who will read it, not in that of who hands it over.
    expect(text).toBe(en.letters('invitation', { from: 'Ana María', link: address }))
    await button(page, es.setup('invite.copy')).click()
    await page.getByText(es.setup('invite.copied')).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
    await button(page, es.setup('invite.qr')).click()
    await page.locator('main > .stack .qr').waitFor()
    expect(await qrOnScreen(page)).toBe(address)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await qrOnScreen(page)).toBe(address)
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    expect(await qrOnScreen(page)).toBe(address)
    expect(await page.locator('.sheet').innerText()).toContain(address)
    expect(await page.locator('.btn').filter({ visible: true }).count()).toBe(0)
  })

  test('stands in no request, by whatever way it is handed over', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const recording = record(context)
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'share', { value: async () => undefined })
      Object.defineProperty(globalThis, 'print', { value: () => undefined })
      // The browser has one clipboard for all its tests.
      Object.defineProperty(navigator.clipboard, 'writeText', { value: async () => undefined })
    })
    const family = await setUp(page, place, { contacts: [{ standing: 'new' }] })
    await toInvitation(page, family)
    const address = linkIn(await textOf(page))
    const whatsapp = link(page, es.setup('invite.whatsapp'))
    expect(await whatsapp.getAttribute('href')).toMatch(/^whatsapp:\/\/send\?text=/)
    for (const way of ['invite.share', 'invite.copy', 'invite.print', 'invite.qr'] as const)
      await button(page, es.setup(way)).click()
    await whatsapp.click()
    await expect.poll(async () => (await contactOf(family.root)).invitedAt).not.toBeNull()
    await page.reload()
    await page.locator('.message').waitFor()
    expect(await recording.containing(vaultIdOf(family.root))).not.toEqual([])
    // The tap on WhatsApp opens the app that is on the phone; no server is asked.
    const schemesWith = async (needle: string | Uint8Array) =>
      (await recording.containing(needle)).map(({ url }) => new URL(url).protocol)
    expect(await schemesWith(address.split('#')[1] ?? '')).toEqual(['whatsapp:'])
    expect(await schemesWith(fromText(family.document.contacts[0]?.secret ?? ''))).toEqual([])
    const elsewhere = (await recording.requests()).filter(({ url }) => new URL(url).origin !== place.origin)
    expect(elsewhere.map(({ url }) => new URL(url).protocol)).toEqual(['whatsapp:'])
  })

  test('counts as handed over although the line was gone and the page closed', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ standing: 'new' }] })
    await page.getByText(es.app('light.invite.more')).waitFor()
    await toInvitation(page, family)
    await context.route('**/api/**', (route) => route.abort())
    await button(page, es.setup('invite.qr')).click()
    await expect.poll(async () => (await phoneKeeps(page)).handed).toBeDefined()
    await page.close()
    await context.unroute('**/api/**')
    const later = await context.newPage()
    await later.goto('/')
    await expect.poll(async () => (await contactOf(family.root)).invitedAt).not.toBeNull()
    await expect.poll(async () => (await phoneKeeps(later)).handed).toBeUndefined()
    await later.getByText(es.app('light.accept')).waitFor()
  })

  test('does not count as handed over where the share sheet was closed', async ({ expect, phone }) => {
    const { context, page } = await phone()
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'share', {
        value: async () => {
          throw new DOMException('closed', 'AbortError')
        },
      })
    })
    const family = await setUp(page, place, { contacts: [{ standing: 'new' }] })
    await toInvitation(page, family)
    await button(page, es.setup('invite.share')).click()
    await link(page, es.setup('back')).click()
    await page.getByText(es.setup('standing.not-invited')).waitFor()
    expect((await contactOf(family.root)).invitedAt).toBeNull()
    expect((await phoneKeeps(page)).handed).toBeUndefined()
  })

  test('made anew says where alerts go meanwhile, for whoever has the old one may have named it', async ({
    phone,
  }) => {
    const { page } = await phone()
    const email = 'who.knows@example.com'
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa', email, standing: 'accepted' }] })
    await page.goto(`/#/person/${family.document.contacts[0]?.id}`)
    await button(page, es.setup('reinvite.button')).click()
    await page
      .getByRole('dialog')
      .getByText(es.setup('reinvite.address', { name: 'Rosa', email }))
      .waitFor()
  })

  test('made anew kills the old one, and the letter is sealed under the new one', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, {
      contacts: [{ name: 'Rosa', standing: 'accepted', lock: { kind: 'paired' } }],
    })
    await toInvitation(page, family)
    const old = linkIn(await textOf(page))
    await link(page, es.setup('invite.person', { name: 'Rosa' })).click()
    await button(page, es.setup('reinvite.button')).click()
    await context.route('**/api/**', (route) => route.abort())
    await button(page, es.setup('reinvite.yes')).click()
    await page.getByRole('dialog').getByText(es.setup('trouble.no-line')).waitFor()
    expect(await contactOf(family.root)).toEqual(family.document.contacts[0])
    await context.unroute('**/api/**')
    await button(page, es.setup('reinvite.yes')).click()
    await heading(page, es.setup('invite.title')).waitFor()
    await page.locator('.message').waitFor()
    const [before, after] = [family.document.contacts[0], await contactOf(family.root)]
    expect(linkIn(await textOf(page))).not.toBe(old)
    expect(after.secret).not.toBe(before?.secret)
    expect(after).toMatchObject({ invitedAt: null, answer: null, clearedAt: null })
    expect(after.letter).toMatchObject({ id: before?.letter.id, text: before?.letter.text, version: 2 })
  })
})

describe.concurrent('what the service says of a contact', () => {
  test('an answer is taken over, shown with its day, and the chat is to be cleared', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa', email: null, language: 'es' }] })
    await page.getByText(es.app('light.unwritten')).waitFor()
    await say(context, family.root, ({ contacts }) => contacts.map((one) => accepts(family.root, one, 1)))
    await page.reload()
    await page.getByText(es.app('light.clear.more')).click()
    await page.getByText(es.setup('clear-chat.body', { name: 'Rosa' })).waitFor()
    expect(await contactOf(family.root)).toMatchObject({
      language: 'en',
      email: 'new@example.org',
      answer: { n: 1 },
    })
    await button(page, es.setup('clear-chat.done')).click()
    await page.getByText(es.setup('clear-chat.body', { name: 'Rosa' })).waitFor({ state: 'detached' })
    const { version } = await vaultOf(family.root)
    await page.goto('/#/')
    await page.getByText(es.app('light.pin.more')).waitFor()
    // Another look finds nothing new, and changes nothing.
    await page.reload()
    await page.goto('/#/people')
    await page.getByText(/^Aceptó/).waitFor()
    expect((await vaultOf(family.root)).version).toBe(version)
    expect((await contactOf(family.root)).clearedAt).not.toBeNull()
  })

  test('an answer does not undo what is being written, nor is undone by it', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa', email: 'old@example.com' }] })
    await page.goto(`/#/person/${family.document.contacts[0]?.id}`)
    await page.locator('#letter').fill('La nueva carta.')
    await expect.poll(async () => Object.keys(await phoneKeeps(page))).toContain('local amparo/edit')
    await say(context, family.root, ({ contacts }) => contacts.map((one) => accepts(family.root, one, 1)))
    await page.reload()
    await page.getByText(/^Aceptó/).waitFor()
    await button(page, es.setup('person.save')).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect(await contactOf(family.root)).toMatchObject({
      email: 'new@example.org',
      language: 'en',
      letter: { text: 'La nueva carta.' },
    })
  })

  test('an acceptance that does not open is a warning, and changes nothing', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const stranger = (id: string) => ({ id, secret: toText(random(16)) })
    await say(context, family.root, ({ contacts }) =>
      contacts.map(({ id }) => accepts(family.root, stranger(id), 1)),
    )
    await page.reload()
    await page.getByText(es.app('light.doubtful')).click()
    await page.getByText(es.setup('standing.doubtful', { name: 'Rosa' })).click()
    await page
      .getByRole('alert')
      .getByText(es.setup('standing.doubtful', { name: 'Rosa' }))
      .waitFor()
    expect(await contactOf(family.root)).toEqual(family.document.contacts[0])
  })

  test('who has left is shown so, and not counted among those who are told', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, {
      contacts: [{ name: 'Rosa', standing: 'accepted' }, { name: 'José' }],
    })
    await say(context, family.root, ({ contacts }) =>
      contacts.map(({ id }, at) => ({
        contact: id,
        state: at === 1 ? ('left' as const) : ('invited' as const),
        at: at === 1 ? Date.now() : null,
        answers: 0,
        answer: null,
      })),
    )
    await page.goto('/#/people')
    await page.getByText(es.setup('standing.left', { name: 'José' })).waitFor()
    // Rosa's acceptance was taken back, which her own answer does not fit.
    await page.getByText(es.setup('standing.doubtful', { name: 'Rosa' })).waitFor()
    await expect
      .poll(async () => (await phoneKeeps(page)).press)
      .toMatchObject({ people: { written: 1, left: 1, doubtful: 1 } })
  })

  test('nothing, where it does not answer or answers of another version', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const asked: string[] = []
    await context.route(`**${ROUTES.contacts}`, async (route) => {
      asked.push(route.request().url())
      if (asked.length % 2 === 0) await route.abort()
      else await route.fulfill({ json: { ok: true, version: 99, contacts: [] } })
    })
    for (const _ of [1, 2]) {
      await page.goto('/#/people')
      await page.reload()
      await page.getByText(/^Invitación del/).waitFor()
    }
    await expect.poll(() => asked.length).toBeGreaterThan(1)
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await contactOf(family.root)).toEqual(family.document.contacts[0])
  })
})

describe.concurrent('the button’s page', () => {
  test('says that nobody would be written to before any other step', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, {
      contacts: [{ name: 'Rosa', email: null, standing: 'new' }],
      practised: false,
      wordsConfirmed: false,
    })
    await page.getByText(es.app('light.unwritten.more')).waitFor()
    // Who has left has an address, and is not written to.
    await say(context, family.root, ({ contacts }) =>
      contacts.map(({ id }) => ({ contact: id, state: 'left', at: Date.now(), answers: 0, answer: null })),
    )
    await page.reload()
    await page.getByText(es.app('light.left', { count: 1 })).waitFor()
    expect(await page.getByText(es.app('light.unwritten')).count()).toBe(1)
  })
})

describe.concurrent('on the page of people', () => {
  test('who gets no message is not to be asked first without a warning', async ({ expect, phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa', email: null }, { name: 'José' }] })
    await page.goto('/#/people')
    const warning = page.getByText(es.setup('lead.unwritten', { name: 'Rosa' }))
    await page.locator('#lead').selectOption({ label: 'José' })
    expect(await warning.count()).toBe(0)
    await page.locator('#lead').selectOption({ label: 'Rosa' })
    await warning.waitFor()
  })

  test('somebody is asked first to call, and nobody once she is removed', async ({ expect, phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }, { name: 'José' }] })
    const [rosa] = family.document.contacts
    await page.goto('/#/people')
    await page.locator('#lead').selectOption({ label: 'Rosa' })
    expect((await vaultOf(family.root)).document.lead).toBeNull()
    await button(page, es.setup('person.save')).click()
    await expect.poll(async () => (await vaultOf(family.root)).document.lead).toBe(rosa?.id)
    // Each letter says it, so each is sealed again.
    expect((await vaultOf(family.root)).document.contacts.map(({ letter }) => letter.version)).toEqual([2, 2])
    await page.reload()
    expect(await page.locator('#lead').inputValue()).toBe(rosa?.id)
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await button(page, es.setup('person.remove')).click()
    await button(page, es.setup('person.remove.yes')).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect((await vaultOf(family.root)).document.lead).toBeNull()
  })

  test('who has no address is said not to be written to, before a press and after', async ({ phone }) => {
    const { context, page } = await phone()
    const { document } = await setUp(page, place, {
      contacts: [{ name: 'Rosa', email: null }, { name: 'José' }],
    })
    const [rosa, jose] = document.contacts
    await page.goto('/#/people')
    await page.getByText(es.setup('standing.no-address')).waitFor()
    await context.route(`**${ROUTES.status}`, async (route) => {
      const answer = await (await route.fetch()).json()
      const counts = { contacts: 2, waiting: 0, sent: 0, delivered: 0, refused: 2, opened: 0, onIt: 0 }
      await route.fulfill({ json: answer.state === 'open' ? { ...answer, counts } : answer })
    })
    await context.route(`**${ROUTES.alerts}`, async (route) => {
      const answer = await (await route.fetch()).json()
      const refused = (contact: string | undefined, reason: string) => ({
        contact,
        state: 'refused',
        reason,
        ...{ changedAt: 1, sentAt: null, openedAt: null, onIt: null },
        channels: [],
      })
      const contacts = [refused(rosa?.id, 'no-address'), refused(jose?.id, 'cap')]
      const alerts = answer.alerts.map((alert: object) => ({ ...alert, contacts }))
      await route.fulfill({ json: { ...answer, alerts } })
    })
    await page.goto('/#/')
    await hold(page)
    await page.getByText(es.app('row.nobody')).waitFor()
    await button(page, es.app('alert.again')).click()
    await page.goto('/#/people')
    await page.getByText(es.setup('people.no-address')).waitFor()
    await page.getByText(es.setup('people.cap')).waitFor()
  })

  test('only the invitation opens a letter where that was chosen, and it is offered to who was invited', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, {
      contacts: [
        { name: 'Rosa', lock: { kind: 'word', word: 'Jacaranda', hint: null } },
        { name: 'José', standing: 'new' },
      ],
    })
    const [rosa, jose] = family.document.contacts
    const paired = page.getByRole('radio', { name: es.setup('lock.paired') })
    await page.goto(`/#/person/${jose?.id}`)
    await page.locator('#letter').waitFor()
    expect(await paired.count()).toBe(0)
    await page.goto(`/#/person/${rosa?.id}`)
    await paired.check()
    await page.getByText(es.setup('lock.paired.more')).waitFor()
    await button(page, es.setup('person.save')).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect((await contactOf(family.root)).letter).toMatchObject({ lock: { kind: 'paired' }, version: 2 })
  })
})
