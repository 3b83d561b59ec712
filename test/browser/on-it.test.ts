import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { ROUTES } from '../../src/protocol/routes.ts'
import { alertedFamily, askAsOwner, setUp } from './support/family.ts'
import { button, heading, hold, sees } from './support/hands.ts'
import {
  letterLink,
  newAddress,
  openPlace,
  type Phone,
  type Place,
  testAt,
  waitForMails,
} from './support/place.ts'
import { en, es, type Texts } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const OWNER = 'Ana María'
const heading2 = (page: Page, name: string) => page.getByRole('heading', { name, level: 2, exact: true })
/** Part of what the page says: names and times stand beside it. */
const says = (page: Page, text: string) => page.getByText(text).first()

const openLetter = async (page: Page, texts: Texts, link: string): Promise<void> => {
  await page.goto(link)
  await button(page, texts.reader('open.button')).click()
  await heading2(page, texts.after('onit.title')).waitFor()
}

const fill = async (page: Page, texts: Texts, name: string, note: string): Promise<void> => {
  await button(page, texts.after('onit.button')).click()
  await page.getByLabel(texts.after('form.name')).fill(name)
  await page.getByLabel(texts.after('form.note')).fill(note)
}

/** The timeline's row, with its time if it has one. */
const row = (page: Page, texts: Texts, text: string) =>
  page
    .getByRole('region', { name: texts.after('story.title') })
    .getByRole('listitem')
    .filter({ hasText: text })
const timeOf = async (page: Page, texts: Texts, text: string): Promise<string> =>
  (await row(page, texts, text).locator('em').textContent()) ?? ''

describe('the timeline of an alert, on three phones', () => {
  const ROSA = { name: 'Rosa', email: newAddress('rosa'), language: 'es' as const }
  const JOSE = { name: 'Don Joseph', email: newAddress('jose'), language: 'en' as const }
  let owner: Phone
  let rosa: Phone
  let jose: Phone
  let isBroken = false
  beforeAll(async () => {
    owner = await place.phone()
    rosa = await place.phone()
    jose = await place.phone({ language: 'en' })
  })
  beforeEach(({ skip }) => skip(isBroken, 'an earlier step has failed'))
  afterEach(({ task }) => {
    isBroken ||= task.result?.state === 'fail'
  })

  test('received and sent: the owner sees both, and that nobody is on it yet', async () => {
    await setUp(owner.page, place, { contacts: [ROSA, JOSE] })
    await hold(owner.page)
    await heading(owner.page, es.app('alert.open')).waitFor()
    await says(owner.page, es.app('row.received')).waitFor()
    await says(owner.page, es.app('row.sent', { count: 2, contacts: 2 })).waitFor()
    await says(owner.page, es.app('row.nobody-on-it')).waitFor()
  })

  test('opened: each contact reads what has happened, with times, and that nobody is on it', async () => {
    for (const [{ page }, texts, { email }] of [
      [rosa, es, ROSA],
      [jose, en, JOSE],
    ] as const) {
      const [mail] = await waitForMails(place.server, email)
      await openLetter(page, texts, letterLink(mail!))
      await says(page, texts.after('onit.nobody')).waitFor()
      await sees(page, texts.after('story.opened'))
      for (const text of [
        texts.after('story.pressed', { name: OWNER }),
        texts.after('story.sent'),
        texts.after('story.opened'),
      ])
        expect(await timeOf(page, texts, text)).toMatch(/\d:\d\d/)
      for (const text of [texts.after('story.nobody'), texts.after('story.open', { name: OWNER })])
        expect(await timeOf(page, texts, text)).toBe('')
    }
    await says(owner.page, es.app('row.opened', { count: 2 })).waitFor()
  })

  test('on it, without a line: is not called sent, what was written stays, and nobody sees it', async () => {
    const { page, context } = rosa
    await fill(page, es, '2468', 'Recojo a los niños a las tres.')
    await button(page, es.after('form.yes')).click()
    await says(page, es.after('form.name.wrong')).waitFor()
    await page.getByLabel(es.after('form.name')).fill('Tía Rosa')
    await context.setOffline(true)
    await button(page, es.after('form.yes')).click()
    await says(page, es.after('form.not-sent')).waitFor()
    expect(await page.getByLabel(es.after('form.name')).inputValue()).toBe('Tía Rosa')
    expect(await page.getByText(es.after('mine.title')).count()).toBe(0)
    await context.setOffline(false)
    await page.reload()
    await button(page, es.after('onit.button')).click()
    expect(await page.getByLabel(es.after('form.note')).inputValue()).toBe('Recojo a los niños a las tres.')
    expect(await jose.page.getByText('Rosa').count()).toBe(0)
  })

  test('on it: the others see who and what, once the service has said so', async () => {
    const { page } = rosa
    await button(page, es.after('form.yes')).click()
    await says(page, es.after('mine.title')).waitFor()
    expect(await timeOf(page, es, es.after('story.you'))).toMatch(/\d:\d\d/)
    await sees(jose.page, en.after('other.on', { name: 'Tía Rosa' }))
    await says(jose.page, 'Recojo a los niños a las tres.').waitFor()
    expect(await timeOf(jose.page, en, en.after('other.on', { name: 'Tía Rosa' }))).toMatch(/\d:\d\d/)
  })

  test('the owner sees how many, and behind a tap who, with the note and all times', async () => {
    const { page } = owner
    await says(page, es.app('row.on-it', { count: 1 })).waitFor()
    expect(await page.getByText('Tía Rosa').count()).toBe(0)
    await button(page, es.app('alert.who')).click()
    await heading2(page, es.setup('story.title')).waitFor()
    const people = page.getByRole('region', { name: es.setup('story.title') }).getByRole('listitem')
    for (const text of [es.setup('story.pressed'), es.setup('story.received')])
      expect(await people.filter({ hasText: text }).textContent()).toMatch(/\d:\d\d/)
    const first = (await people.nth(2).textContent()) ?? ''
    expect(first).toMatch(/Rosa.*“Recojo a los niños a las tres.” — Tía Rosa/)
    expect(first).toMatch(new RegExp(`${es.setup('story.on-it', { when: '' })}.*\\d:\\d\\d`))
    expect(first).toMatch(new RegExp(`${es.setup('story.opened', { when: '' })}\\d+:\\d\\d`))
    expect(await people.nth(3).textContent()).toMatch(/Don Joseph.*\d:\d\d/)
    await page.getByText(es.setup('story.open')).waitFor()
  })

  test('taken back: a question first, and then it is gone for all', async () => {
    const { page } = rosa
    await button(page, es.after('mine.undo')).click()
    await says(page, es.after('undo.sure')).waitFor()
    await button(page, es.after('undo.no')).click()
    await button(page, es.after('mine.undo')).click()
    await button(page, es.after('undo.yes')).click()
    await says(page, es.after('onit.nobody')).waitFor()
    await sees(jose.page, en.after('onit.nobody'))
    expect(await jose.page.getByText('Tía Rosa').count()).toBe(0)
    await fill(jose.page, en, 'Joseph', '')
    await button(jose.page, en.after('form.yes')).click()
    await says(jose.page, en.after('mine.title')).waitFor()
    await sees(page, es.after('other.on', { name: 'Joseph' }))
  })

  test('all is well: both hear it, and a word that comes after it is calmly not taken', async () => {
    const { page } = owner
    await fill(rosa.page, es, 'Tía Rosa', '')
    await page.goto('/')
    await button(page, es.app('clear.button')).click()
    await button(page, es.app('clear.yes')).click()
    await heading(page, es.app('alert.cleared')).waitFor()
    await button(rosa.page, es.after('form.yes')).click()
    await says(rosa.page, es.after('onit.over', { name: OWNER })).waitFor()
    expect(await button(rosa.page, es.after('onit.button')).count()).toBe(0)
    expect(await timeOf(rosa.page, es, es.after('story.cleared', { name: OWNER }))).toMatch(/\d:\d\d/)
    await sees(jose.page, en.after('onit.over', { name: OWNER }))
    expect(await button(jose.page, en.after('mine.undo')).count()).toBe(0)
    for (const { email } of [ROSA, JOSE]) await waitForMails(place.server, email, 2)
  })
})

describe.concurrent('once a letter is open', () => {
  test('it does not wait for what comes after it, whose failure is said and can be tried again', async ({
    phone,
  }) => {
    const { page, context } = await phone()
    const { letter } = await alertedFamily(place)
    await page.route('**/assets/after-*.js', (route) => route.abort())
    await page.goto(letter)
    await button(page, es.reader('open.button')).click()
    await says(page, 'Las llaves están con la vecina.').waitFor()
    await says(page, es.reader('after.failed')).waitFor()
    await heading2(page, es.reader('steps.title')).waitFor()
    await context.setOffline(true)
    await button(page, es.reader('after.failed')).click()
    await says(page, es.reader('after.failed')).waitFor()
    await says(page, 'Las llaves están con la vecina.').waitFor()
    await context.setOffline(false)
    await page.unroute('**/assets/after-*.js')
    await button(page, es.reader('after.failed')).click()
    await heading2(page, es.after('onit.title')).waitFor()
  })

  test('a letter that was taken back meanwhile says so, and offers nothing more', async ({ phone }) => {
    const { page } = await phone()
    const { letter, family } = await alertedFamily(place)
    await openLetter(page, es, letter)
    const list = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as {
      alerts: { alert: string }[]
    }
    const { alert } = list.alerts[0]!
    await askAsOwner(place.origin, family.root, ROUTES.clear, { alert, key: null })
    await askAsOwner(place.origin, family.root, ROUTES.withdraw, { alert })
    await sees(page, es.after('gone'))
    expect(await button(page, es.after('onit.button')).count()).toBe(0)
  })

  test('its page says in the other language what it said in the first', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alertedFamily(place)
    await openLetter(page, es, letter)
    await button(page, 'English').click()
    await heading2(page, en.after('onit.title')).waitFor()
    await button(page, en.after('onit.button')).waitFor()
  })
})
