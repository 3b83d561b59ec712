import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { setUp } from './support/family.ts'
import { button, heading, hold, link, serviceWorkerReady } from './support/hands.ts'
import { numbers } from './support/numbers.ts'
import { enterPin, goLocked, setPin } from './support/pin.ts'
import { newAddress, openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

/** Where nothing can be sent: a text and a call by the phone's own network, to numbers that the owner keeps there. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const NUMBER = '+15552013344'
const keptOn = (page: Page): Promise<string | null> =>
  page.evaluate(async () => (await (await caches.match('/numbers'))?.text()) ?? null)

const openPerson = async (page: Page, name: string): Promise<void> => {
  await page.goto('/#/people')
  await page.getByText(name).first().click()
  await heading(page, es.setup('person.title')).waitFor()
}
const keep = async (page: Page, typed: string): Promise<void> => {
  await page.locator('#kept-number').fill(typed)
  await page.getByText(numbers('tick')).click()
  await button(page, numbers('keep')).click()
  await page.getByText(numbers('kept', { number: NUMBER })).waitFor()
}
const toNumber = (page: Page) => link(page, es.app('share.sms.to', { number: NUMBER }))

describe.concurrent('a number of one’s own', () => {
  test('is kept only where the owner has ticked it, and offered once an alert cannot be sent, to text and to call', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await setUp(page, place, { contacts: [{ name: 'Rosa Itzel', email: newAddress('rosa') }] })
    await serviceWorkerReady(page)
    await openPerson(page, 'Rosa Itzel')
    await page.locator('#kept-number').fill('+1 (555) 201-3344')
    await button(page, numbers('keep')).click()
    await page.getByText(numbers('tick.wrong')).waitFor()
    expect(await keptOn(page)).toBeNull()
    await keep(page, '+1 (555) 201-3344')
    expect(await keptOn(page)).not.toContain('Rosa')

    await page.goto('/')
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    expect(await toNumber(page).getAttribute('href')).toMatch(/^sms:\+15552013344\?&body=Puede/)
    const call = link(page, es.app('share.call.to', { number: NUMBER }))
    expect(await call.getAttribute('href')).toBe(`tel:${NUMBER}`)
    expect(await link(page, es.app('share.sms')).getAttribute('href')).toMatch(/^sms:\?&body=/)
    expect(await page.content()).not.toContain('Rosa')
    // Opened again without a line, the page still has them.
    await page.reload()
    await toNumber(page).waitFor()
    await context.setOffline(false)
    await heading(page, es.app('alert.open')).waitFor()
    expect(await toNumber(page).count()).toBe(0)
  })

  test('is there behind no PIN, without a name, as is said before it is kept', async ({ expect, phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await setUp(page, place, { contacts: [{ name: 'Rosa Itzel', email: newAddress('rosa') }] })
    await serviceWorkerReady(page)
    await setPin(page)
    await openPerson(page, 'Rosa Itzel')
    await page.getByText(numbers('tick.pin')).waitFor()
    await keep(page, NUMBER)
    await page.goto('/robots.txt')
    await page.goto('/')
    await context.setOffline(true)
    await hold(page)
    await toNumber(page).waitFor()
    expect(await page.content()).not.toContain('Rosa')
  })

  test('goes when the owner deletes it, and with its person', async ({ expect, phone }) => {
    const { page } = await phone()
    const people = [{ name: 'Rosa Itzel' }, { name: 'Berta Ixchel' }]
    await setUp(page, place, { contacts: people })
    await openPerson(page, 'Rosa Itzel')
    await keep(page, NUMBER)
    await button(page, numbers('forget')).click()
    await page.locator('#kept-number').waitFor()
    expect(await keptOn(page)).toBeNull()
    await keep(page, NUMBER)
    await button(page, es.setup('person.remove')).click()
    await button(page, es.setup('person.remove.yes')).click()
    await heading(page, es.setup('people.title')).waitFor()
    await expect.poll(() => keptOn(page)).toBeNull()
  })

  test('is gone once the second PIN was entered', async ({ expect, phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa Itzel' }] })
    await setPin(page, '482915', '730164')
    await openPerson(page, 'Rosa Itzel')
    await keep(page, NUMBER)
    await goLocked(page, 'people')
    await enterPin(page, '730164')
    await expect.poll(() => keptOn(page)).toBeNull()
  })
})
