import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import checkinsEs from '../../src/i18n/messages/checkins/es.json' with { type: 'json' }
import { translator } from '../../src/i18n/translate.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { askAsOwner, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import { goLocked, setPin } from './support/pin.ts'
import { mailsTo, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { holderOf, pressAs } from './support/presser.ts'
import { es as own } from './support/presser-texts.ts'
import { es } from './support/texts.ts'

/** The owner's list of everything that presses for her. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)
const { pressers: pr, witness } = own
const checkins = translator('es', checkinsEs, compileMessage)

/** @returns the link as it stands in the message */
const makePerson = async (page: Page, name: string, delay: string): Promise<string> => {
  await page.goto('/#/people')
  await link(page, es.setup('people.pressers')).click()
  await link(page, pr('new')).click()
  await page.getByLabel(pr('label'), { exact: true }).fill(name)
  await page.getByText(delay, { exact: true }).click()
  await button(page, pr('make')).click()
  return linkOn(page)
}
const linkOn = async (page: Page): Promise<string> => {
  const text = (await page.locator('.message').textContent()) ?? ''
  return /https?:\/\/\S+\/press#[1-9A-HJ-NP-Za-km-z]+/.exec(text)?.[0] ?? ''
}
const openOf = (page: Page, name: string) => page.getByRole('link').filter({ hasText: name }).first().click()

describe('a person who may press', () => {
  test('is made with a name and a link, presses with one button that shows the owner’s name, and stands in the history; the link is shown again', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { page } = await phone()
    await setUp(page, place, { name: 'Ana María', contacts: [{ name: 'Rosa', email }] })
    const given = await makePerson(page, 'Doña Luz', pr('delay.none'))
    await page.getByText(pr('history.none')).waitFor()
    await button(page, es.setup('invite.qr')).click()
    await page.getByText(pr('give.qr.how', { name: 'Doña Luz' })).waitFor()

    const person = await phone()
    await person.page.goto(given)
    await heading(person.page, witness('title', { name: 'Ana María' })).waitFor()
    expect(await person.page.locator('body').innerText()).not.toMatch(/Luz|Rosa/)
    await hold(person.page)
    await heading(person.page, witness('open')).waitFor()
    await waitForMails(place.server, email)

    await page.goto('/#/people')
    await page.reload()
    await page.getByText(own.situations('by.person', { label: 'Doña Luz' })).waitFor()
    await page.goto('/#/pressers')
    await openOf(page, 'Doña Luz')
    await page.getByText(pr('state.open')).waitFor()
    expect(await linkOn(page)).toBe(given)
  })

  test('is renamed, and waits as long as the owner chooses, from then on', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{}] })
    const given = await makePerson(page, 'Luz', pr('delay.none'))
    await page.getByLabel(pr('label'), { exact: true }).fill('  ')
    await button(page, pr('save')).click()
    await page.getByText(pr('label.wrong')).waitFor()
    await page.getByLabel(pr('label'), { exact: true }).fill('Luz del mercado')
    await page.getByText(pr('delay.minutes', { minutes: 10 }), { exact: true }).click()
    await button(page, pr('save')).click()
    await page.getByText('Luz del mercado').first().waitFor()
    const person = await phone()
    await person.page.goto(given)
    await hold(person.page)
    await heading(person.page, witness('counting')).waitFor()
    expect((await askAsOwner(place.origin, family.root, ROUTES.presses)).presses).toMatchObject([
      { state: 'counting' },
    ])
    await page.goto('/#/pressers')
    await page.getByText(pr('waits', { time: pr('delay.minutes', { minutes: 10 }) })).waitFor()
    await page.getByText('Luz del mercado').first().waitFor()
  })

  test('is taken away only after a question, at once, also while a press of it waits: that one is shown, and is stopped', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ email }] })
    const given = await makePerson(page, 'Luz', pr('delay.minutes', { minutes: 10 }))
    const person = await phone()
    await person.page.goto(given)
    await hold(person.page)
    await heading(person.page, witness('counting')).waitFor()

    await button(page, pr('revoke.person')).click()
    await button(page, pr('revoke.no')).click()
    expect(await page.getByText(pr('gone')).count()).toBe(0)
    await button(page, pr('revoke.person')).click()
    await button(page, pr('revoke.yes')).click()
    await page.getByText(pr('gone'), { exact: true }).waitFor()
    await page.getByText(pr('gone.counts')).waitFor()
    await heading(person.page, witness('cut-off')).waitFor()
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('stopped')).waitFor()
    expect(await mailsTo(place.server, email)).toEqual([])

    const again = await phone()
    await again.page.goto(given)
    await heading(again.page, witness('revoked')).waitFor()
    await page.goto('/#/pressers')
    await page.getByRole('heading', { name: pr('former') }).waitFor()
    await openOf(page, 'Luz')
    await page.getByText(pr('state.cancelled')).waitFor()
  })
})

describe('the list', () => {
  test('names this phone, which keeps its button, and cards with their way to the paper; a card is revoked there too', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{}], card: { delayMs: 600_000 } })
    await page.goto('/#/more')
    await page
      .getByRole('link')
      .filter({ hasText: es.setup('more.pressers') })
      .click()
    await openOf(page, pr('kind.this'))
    await page.getByText(pr('this.stays')).waitFor()
    expect(await button(page, pr('revoke.phone')).count()).toBe(0)
    await page.goto('/#/pressers')
    await openOf(page, pr('kind.card'))
    await link(page, pr('card')).waitFor()
    await button(page, pr('revoke.card')).click()
    await button(page, pr('revoke.yes')).click()
    await page.getByText(pr('gone'), { exact: true }).waitFor()
    const card = holderOf(place.origin, family, family.document.pressers[1]!)
    await expect(pressAs(place.origin, card)).rejects.toThrow()
    await page.goto('/#/')
    await page.locator('.hold').waitFor()
  })

  test('ends all check-ins at once; a new one can be armed after it', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{}] })
    const arm = async (): Promise<void> => {
      await page.goto('/#/check-ins')
      await button(page, checkins('new')).click()
      await button(page, checkins('arm')).click()
      await button(page, checkins('well')).waitFor()
    }
    await arm()
    await page.goto('/#/pressers')
    await openOf(page, pr('kind.check-in'))
    await button(page, pr('revoke.check-in')).click()
    await button(page, pr('revoke.yes')).click()
    await page.getByText(pr('gone'), { exact: true }).waitFor()
    await page.goto('/#/check-ins')
    await page.getByText(checkins('nothing')).waitFor()
    expect(await button(page, checkins('well')).count()).toBe(0)
    await arm()
  })

  test('stands behind the PIN, and so does every link in it', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{}] })
    await makePerson(page, 'Doña Luz', pr('delay.none'))
    const { hash } = new URL(page.url())
    await setPin(page)
    for (const at of ['pressers', hash.slice('#/'.length), 'pressers/new']) {
      await goLocked(page, at)
      expect(await page.locator('body').innerText()).not.toMatch(/Luz|press#/)
    }
  })
})
