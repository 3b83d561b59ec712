import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decodeLink, type Link } from '../../src/protocol/link.ts'
import { type Recording, record } from '../support/record.ts'
import { button, heading, hold, link, walkWizard } from './support/hands.ts'
import { letterLink, mailsTo, openPlace, type Phone, type Place, waitForMails } from './support/place.ts'
import { qrOnScreen } from './support/qr.ts'
import { en, es, type Texts } from './support/texts.ts'

/**
 * An owner and two contacts on phones of their own, in order: one is invited by a link in a chat and has a family word too,
 * the other one by the QR code on the owner's screen, and has nothing but the invitation.
 */
const OWNER = 'Ana María Quispe'
const ROSA = {
  name: 'Mi hermana Rosalía',
  email: 'rosalia.quispe@example.com',
  letter: 'Las llaves están con doña Eulalia. Recoge a los niños a las tres.',
  word: 'Jacaranda Azúl',
  hint: 'Lo que florecía donde la abuela',
}
const JOSE = {
  name: 'Don Joseph Whitaker',
  typed: 'joseph.old@example.org',
  email: 'joseph.whitaker@example.org',
  letter: 'Please tell the foreman that I am not coming on Monday.',
}

/** The phones and the service come to it by themselves. */
let place: Place
let owner: Phone
let rosa: Phone
let jose: Phone
const recordings: Recording[] = []
/** What was handed over, as it stands in a chat and on a screen. */
const invitations: { rosa: string; jose: string } = { rosa: '', jose: '' }

const recordedPhone = async (language: 'es' | 'en'): Promise<Phone> => {
  const phone = await place.phone({ language })
  recordings.push(record(phone.context))
  return phone
}

beforeAll(async () => {
  place = await openPlace()
  ;[owner, rosa, jose] = [await recordedPhone('es'), await recordedPhone('es'), await recordedPhone('en')]
})
afterAll(() => place?.close())

let isBroken = false
beforeEach(({ skip }) => skip(isBroken, 'an earlier step has failed'))
afterEach(({ task }) => {
  isBroken ||= task.result?.state === 'fail'
})

const invitationOnScreen = async (page: Page): Promise<string> => {
  const text = await page.locator('.message').innerText()
  expect(text).toContain('AMPARO')
  const found = /https?:\/\/\S+\/join#[1-9A-HJ-NP-Za-km-z]+/.exec(text)?.[0]
  if (found === undefined) throw new Error('no link in the invitation')
  return found
}

const linkOf = (address: string): Link => {
  const decoded = decodeLink('join', new URL(address).hash)
  if (decoded === null) throw new Error('no invitation')
  return decoded
}

const codeFor = async (email: string): Promise<string> => {
  const [mail] = await waitForMails(place.server, email)
  const code = /(?<!\d)\d{6}(?!\d)/.exec(mail?.text ?? '')?.[0]
  if (code === undefined) throw new Error('no code in the mail')
  return code
}

/** From the opened invitation to the acceptance. */
const accept = async ({ page }: Phone, texts: Texts, email: string): Promise<void> => {
  await heading(page, texts.join('invited.title', { name: OWNER })).waitFor()
  await button(page, texts.join('invited.next')).click()
  await page.locator('#address').fill(email)
  await button(page, texts.join('form.code')).click()
  await page.locator('#code').fill(await codeFor(email))
  await button(page, texts.join('form.accept')).click()
  await heading(page, texts.join('accepted.title')).waitFor()
}

const onTap = async (page: Page, texts: Texts, letter: string): Promise<void> => {
  await button(page, texts.reader('open.button')).waitFor()
  expect(await page.getByText(letter).count()).toBe(0)
  expect(await page.locator('input').count()).toBe(0)
  await button(page, texts.reader('open.button')).click()
  await page.getByText(letter).waitFor()
}

describe('contacts who hold their own keys', () => {
  test('are invited by the owner: one by a link in a chat', async () => {
    const { page } = owner
    await page.goto('/')
    await walkWizard(page, es, { owner: OWNER, ...ROSA }, async (step) => {
      if (step === 5) invitations.rosa = await invitationOnScreen(page)
    })
    await hold(page)
    await button(page, es.app('alert.practised.done')).click()
    await page.locator('.hold').waitFor()
    expect(linkOf(invitations.rosa).secret).not.toBeNull()
    expect(await place.server.outbox()).toEqual([])
  })

  test('and one by the QR code on her screen, whose letter has no word', async () => {
    const { page } = owner
    await page.goto('/#/people')
    await link(page, es.setup('people.add')).click()
    await page.locator('#letter').waitFor()
    await page.locator('#contact-name').fill(JOSE.name)
    await page.locator('#contact-email').fill(JOSE.typed)
    await page.locator('#contact-language').selectOption('en')
    await page.locator('#letter').fill(JOSE.letter)
    await page.getByRole('radio', { name: es.setup('lock.paired') }).check()
    await button(page, es.setup('person.save')).click()
    await link(page, es.setup('people.invite', { name: JOSE.name })).click()
    await heading(page, es.setup('invite.title')).waitFor()
    const written = await invitationOnScreen(page)
    await button(page, es.setup('invite.qr')).click()
    await page.locator('.qr').filter({ visible: true }).waitFor()
    invitations.jose = (await qrOnScreen(page)) ?? ''
    expect(invitations.jose).toBe(written)
    expect(invitations.jose).not.toBe(invitations.rosa)
  })

  test('accept with a code that was mailed to the address which they choose', async () => {
    await rosa.page.goto(invitations.rosa)
    await accept(rosa, es, ROSA.email)
    await jose.page.goto(invitations.jose)
    await accept(jose, en, JOSE.email)
    expect(await mailsTo(place.server, JOSE.typed)).toEqual([])
  })

  test('which the owner sees, and her app takes the corrected address over', async () => {
    const { page } = owner
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await page.goto('/#/people')
    await expect.poll(() => button(page, es.setup('clear-chat.done')).count()).toBe(2)
    for (const left of [1, 0]) {
      await button(page, es.setup('clear-chat.done')).first().click()
      await expect.poll(() => button(page, es.setup('clear-chat.done')).count()).toBe(left)
    }
    await page.locator('.list bdi', { hasText: JOSE.name }).click()
    await expect.poll(() => page.locator('#contact-email').inputValue()).toBe(JOSE.email)
  })

  test('and are written to after a press, where they said', async () => {
    const { page } = owner
    await page.goto('/#/')
    await page.locator('.hold').waitFor()
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    await page.getByText(es.app('row.sent', { count: 2, contacts: 2 })).waitFor()
    await waitForMails(place.server, ROSA.email, 2)
    await waitForMails(place.server, JOSE.email, 2)
    expect(await mailsTo(place.server, JOSE.typed)).toEqual([])
  })

  test('open the letter at a tap, with nothing to type', async () => {
    const [, forRosa] = await mailsTo(place.server, ROSA.email)
    const [, forJose] = await mailsTo(place.server, JOSE.email)
    await rosa.page.goto(letterLink(forRosa!))
    await onTap(rosa.page, es, ROSA.letter)
    await jose.page.goto(letterLink(forJose!))
    await onTap(jose.page, en, JOSE.letter)
    await owner.page.getByText(es.app('row.opened', { count: 2 })).waitFor()
  })

  test('open it from the invitation in the chat, once the browser has forgotten everything', async () => {
    const { context, page } = await recordedPhone('es')
    await page.goto(invitations.rosa)
    await page.getByRole('link', { name: es.join('out.open') }).click()
    await onTap(page, es, ROSA.letter)
    await context.clearCookies()
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await page.goto(letterLink((await mailsTo(place.server, ROSA.email))[1]!))
    await page.locator('#family-word').waitFor()
    await page.goto(invitations.rosa)
    await page.getByRole('link', { name: es.join('out.open') }).click()
    await onTap(page, es, ROSA.letter)
  })

  test('and on a phone that only has the mail, its link opens nothing, with a word and without', async () => {
    const { page } = await recordedPhone('es')
    await page.goto(letterLink((await mailsTo(place.server, ROSA.email))[1]!))
    await page.locator('#family-word').waitFor()
    await page.locator('#family-word').fill('otra palabra')
    await button(page, es.reader('open.button')).click()
    await page.getByText(es.reader('word.wrong')).waitFor()
    expect(await page.getByText(ROSA.letter).count()).toBe(0)
    const address = letterLink((await mailsTo(place.server, JOSE.email))[1]!)
    expect(decodeLink('letter', new URL(address).hash)?.secret).toBeNull()
    await page.goto(address)
    await page
      .getByText(en.reader('open.chat'))
      .or(page.getByText(es.reader('open.chat')))
      .waitFor()
    expect(await button(page, es.reader('open.button')).count()).toBe(0)
    expect(await page.getByText(JOSE.letter).count()).toBe(0)
  })

  test('and neither a secret of an invitation nor a letter ever left a phone', async () => {
    const requests = (await Promise.all(recordings.map((one) => one.requests()))).flat()
    expect(requests.length).toBeGreaterThan(40)
    for (const needle of [
      linkOf(invitations.rosa).secret!,
      linkOf(invitations.jose).secret!,
      ROSA.letter,
      JOSE.letter,
    ])
      for (const recording of recordings) expect(await recording.containing(needle)).toEqual([])
    const origins = new Set(requests.map(({ url }) => new URL(url).origin))
    expect([...origins]).toEqual([place.origin])
  })
})
