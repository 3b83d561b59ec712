import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromText } from '../../src/protocol/bytes.ts'
import { ReadyAnswer } from '../../src/protocol/drill.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { DocumentContact } from '../../src/protocol/vault-document.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button, heading } from './support/hands.ts'
import { enterPin, setPin } from './support/pin.ts'
import { letterLink, newAddress, openPlace, type Phone, type Place, waitForMails } from './support/place.ts'
import { en, es, type Texts } from './support/texts.ts'

/**
 * A drill in order, from the owner's start to the practice letters that two contacts open, and the owner's view of it: one on the
 * phone that keeps her invitation's key, the other on a phone that keeps nothing, by the family word.
 */
const WORD = 'Jacaranda Azúl'
const SECRETS = ['Las llaves están con doña Eulalia.', 'The papers are in the blue box.']
let place: Place
let owner: Phone
let family: Family
let rosa: { phone: Phone; contact: DocumentContact; email: string }
let jose: { phone: Phone; contact: DocumentContact; email: string }

beforeAll(async () => {
  place = await openPlace()
  owner = await place.phone()
  const emails = [newAddress('rosa'), newAddress('jose')]
  family = await setUp(owner.page, place, {
    contacts: [
      { name: 'Rosa', email: emails[0]!, text: SECRETS[0]!, lock: { kind: 'word', word: WORD, hint: null } },
      {
        ...{ name: 'José', email: emails[1]!, language: 'en', text: SECRETS[1]! },
        lock: { kind: 'word', word: WORD, hint: null },
      },
      { name: 'Lupe', email: null },
    ],
  })
  const [first, second] = family.document.contacts as [DocumentContact, DocumentContact]
  rosa = { phone: await place.phone(), contact: first, email: emails[0]! }
  jose = { phone: await place.phone({ language: 'en' }), contact: second, email: emails[1]! }
})
afterAll(() => place?.close())

let isBroken = false
beforeEach(({ skip }) => skip(isBroken, 'an earlier step has failed'))
afterEach(({ task }) => {
  isBroken ||= task.result?.state === 'fail'
})

const accept = async (page: Page, contact: DocumentContact, email: string, texts: Texts): Promise<void> => {
  const link = { kind: 'join', vault: fromText(family.press.vault), id: fromText(contact.id) } as const
  await page.goto(`/join#${encodeLink({ ...link, secret: fromText(contact.secret) })}`)
  await heading(page, texts.join('invited.title', { name: family.document.name })).waitFor()
  await button(page, texts.join('invited.next')).click()
  await button(page, texts.join('form.code')).click()
  const [mail] = await waitForMails(place.server, email)
  await page.locator('#code').fill(/(?<!\d)\d{6}(?!\d)/.exec(mail?.text ?? '')?.[0] ?? '')
  await button(page, texts.join('form.accept')).click()
  await heading(page, texts.join('accepted.title')).waitFor()
}

const practiceMail = async (email: string) => (await waitForMails(place.server, email, 2))[1]!
const ready = async () =>
  ReadyAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.ready, { key: null }))

describe('a drill', () => {
  test('waits for who has accepted, and says who has not', async () => {
    await owner.page.goto('/#/drill')
    await owner.page.getByText(es.setup('drill.nobody')).waitFor()
    expect(await button(owner.page, es.setup('drill.start')).count()).toBe(0)
    await accept(rosa.phone.page, rosa.contact, rosa.email, es)
    await accept(jose.phone.page, jose.contact, jose.email, en)
    await owner.page.reload()
    await button(owner.page, es.setup('drill.start')).waitFor()
    await owner.page.locator('b', { hasText: 'Rosa, José' }).waitFor()
    await owner.page.getByText(es.setup('drill.not.not-accepted', { name: 'Lupe' })).waitFor()
  })

  test('is started by the owner, and shows to whom it has gone out', async () => {
    await button(owner.page, es.setup('drill.start')).click()
    await expect.poll(() => owner.page.getByText(es.setup('drill.row.sent')).count()).toBe(2)
    await owner.page.getByText(es.setup('drill.row.not-accepted')).waitFor()
    expect((await ready()).drills).toHaveLength(1)
  })

  test('writes in each contact’s language that it is practice, and brings nothing that opens a real letter', async () => {
    const [toRosa, toJose] = [await practiceMail(rosa.email), await practiceMail(jose.email)]
    const { name } = family.document
    expect(toRosa.subject).toBe(es.mails('drill.subject', { name }))
    expect(toJose.subject).toBe(en.mails('drill.subject', { name }))
    expect(toRosa.text).toContain(es.mails('drill.heading'))
    for (const { letter } of family.document.contacts) {
      const link = { kind: 'letter', vault: fromText(family.press.vault), id: fromText(letter.id) } as const
      const response = await fetch(place.origin + ROUTES.letter, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ vault: family.press.vault, letter: letter.id }),
      })
      expect(response.status).toBe(404)
      for (const mail of [toRosa, toJose])
        for (const secret of [null, fromText(letter.secret)])
          expect(mail.text).not.toContain(encodeLink({ ...link, secret }))
    }
  })

  test('opens for who keeps her key: the page says that it is practice, and which lock was tested', async () => {
    const { page } = rosa.phone
    await page.goto(letterLink(await practiceMail(rosa.email)))
    await heading(page, es.reader('open.practice')).waitFor()
    await button(page, es.reader('open.button')).click()
    await page.getByText(es.practice('banner'), { exact: true }).waitFor()
    await heading(page, es.practice('title')).waitFor()
    await page.getByText(es.practice('by.paired.word')).waitFor()
    await page.getByText(es.practice('told', { name: family.document.name })).waitFor()
    const text = await page.locator('main').innerText()
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
    await page.reload()
    await heading(page, es.practice('title')).waitFor()
  })

  test('opens with the family word on a phone that keeps nothing, and follows a change of language', async () => {
    const { page } = await place.phone({ language: 'en' })
    await page.goto(letterLink(await practiceMail(jose.email)))
    await page.locator('#family-word').fill('jacaranda AZUL')
    await button(page, en.reader('open.button')).click()
    await page.getByText(en.practice('by.word')).waitFor()
    await button(page, 'Español').click()
    await page.getByText(es.practice('by.word')).waitFor()
  })

  test('shows the owner who has opened it, and how long it took', async () => {
    await expect.poll(() => owner.page.locator('.steps .tick.on').count()).toBe(2)
    const [said] = es.setup('drill.row.opened', { time: '|' }).split('|')
    expect(await owner.page.locator('li', { hasText: said ?? '' }).count()).toBe(2)
  })

  test('is followed by new keys at the next opening of the app; the practice letters stay readable', async () => {
    const before = (await ready()).letters.map(({ letter }) => letter)
    await owner.page.goto('/#/')
    await owner.page.reload()
    await owner.page.locator('.hold').waitFor()
    const isRolled = async () => {
      const now = (await ready()).letters.map(({ letter }) => letter)
      return now.length === 3 && now.every((letter) => !before.includes(letter))
    }
    await expect.poll(isRolled).toBe(true)
    await rosa.phone.page.goto(letterLink(await practiceMail(rosa.email)))
    await heading(rosa.phone.page, es.practice('title')).waitFor()
  })
})

describe('the readiness light', () => {
  test('asks for what is left to do, then is green, with the time of the last look, and leads to all that it looked at', async () => {
    const { page } = owner
    await page.goto('/#/')
    await page.getByText(es.app('light.clear.more')).click()
    for (let left = 2; left > 0; left -= 1) {
      await button(page, es.setup('clear-chat.done')).first().click()
      await expect.poll(() => button(page, es.setup('clear-chat.done')).count()).toBe(left - 1)
    }
    await page.goto('/#/')
    await page.getByText(es.app('light.pin.more')).waitFor()
    await setPin(page)
    await page.goto('/#/')
    await page.getByText(es.app('light.persisted')).waitFor()
    await page.addInitScript(() => {
      Object.defineProperty(navigator.storage, 'persisted', { value: async () => true })
    })
    await page.reload()
    await page.locator('a.light').click()
    await enterPin(page)
    await heading(page, es.setup('ready.title.ready')).waitFor()
    await page.goto('/#/')
    await page.getByText(es.app('light.ready')).waitFor()
    const light = page.locator('a.light')
    expect(await light.innerText()).toContain(es.app('light.checked', { when: '' }).trim())
    await light.click()
    await heading(page, es.setup('ready.title.ready')).waitFor()
    expect(await page.locator('.tick.on').count()).toBe(17)
  })

  test('is not green where the service does not answer, and says from when it knows what it knows', async () => {
    const { page } = owner
    await page.route('**/api/**', (route) => route.abort())
    await button(page, es.setup('ready.again')).click()
    await heading(page, es.setup('ready.title.not-yet')).waitFor()
    await page.goto('/#/')
    await page.getByText(es.app('light.unknown.more')).waitFor()
    const [said] = es.app('light.checked', { when: '|' }).split('|')
    expect(await page.locator('a.light').innerText()).toContain(said)
    await page.goto('/#/ready')
    await heading(page, es.setup('ready.title.not-yet')).waitFor()
    await page.unroute('**/api/**')
    await button(page, es.setup('ready.again')).click()
    await heading(page, es.setup('ready.title.ready')).waitFor()
  })
})
