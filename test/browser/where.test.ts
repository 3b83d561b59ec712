import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { degreesOf } from '../../src/client/situations/degrees.ts'
import { type Family, phoneKeeps, setUp } from './support/family.ts'
import { button, heading, hold, sees } from './support/hands.ts'
import { setPin } from './support/pin.ts'
import { letterLink, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { es as own } from './support/presser-texts.ts'
import { es } from './support/texts.ts'

/** Where the owner is, with her own press: by her tap, or because she has chosen so before. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)
const { where, situations } = own

const HERE = { latitude: 37.33874, longitude: -121.88525, accuracy: 20 }
const DEGREES = degreesOf({ lat: 37_338_740, lon: -121_885_250, accuracyM: 20 })
const ALLOWED = { geolocation: HERE, permissions: ['geolocation'] }

/** Counts how often the page asks the phone where it is. */
const countAsks = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    const geo = navigator.geolocation
    const ask = geo.getCurrentPosition.bind(geo)
    Object.assign(globalThis, { asks: 0 })
    geo.getCurrentPosition = (...args) => {
      ;(globalThis as unknown as { asks: number }).asks += 1
      ask(...args)
    }
  })
}
const asksOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { asks: number }).asks)

/** The app has opened the vault, and with it what this phone writes with. */
const ready = async (page: Page, email: string): Promise<Family> => {
  const family = await setUp(page, place, { contacts: [{ name: 'Rosa', email }] })
  await expect.poll(async () => (await phoneKeeps(page)).say !== undefined).toBe(true)
  return family
}

const contactReads = async (page: Page, email: string): Promise<void> => {
  const [mail] = await waitForMails(place.server, email)
  await page.goto(letterLink(mail!))
  await button(page, es.reader('open.button')).click()
  await sees(page, DEGREES)
}

describe('where the owner is', () => {
  test('is asked of the phone by a tap after the press and never before, goes to the contact, and stays nowhere on the phone', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { page, context } = await phone(ALLOWED)
    await countAsks(context)
    const others: string[] = []
    context.on('request', (request) => {
      if (!request.url().startsWith(place.origin)) others.push(request.url())
    })
    await ready(page, email)
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    await button(page, where('add')).waitFor()
    expect(await asksOf(page)).toBe(0)
    await button(page, where('add')).click()
    await page.getByText(where('said', { when: '…' }).split('…')[0]!).waitFor()
    expect(await asksOf(page)).toBe(1)
    const contact = await phone()
    await contactReads(contact.page, email)
    const kept = JSON.stringify([
      await phoneKeeps(page),
      await page.evaluate(() => Object.entries(sessionStorage)),
    ])
    expect(kept).not.toMatch(/37[._]?338|121[._]?885/)
    expect(others).toEqual([])
    await button(page, es.app('alert.who')).click()
    await page.getByText(DEGREES).waitFor()
    await page.getByText(situations('by.this')).first().waitFor()
  })

  test('follows the press by itself where she has chosen so, also on a phone that is locked', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { page, context } = await phone(ALLOWED)
    await countAsks(context)
    await ready(page, email)
    await page.goto('/#/where')
    await page.getByLabel(where('choice')).check()
    await page.getByText(where('ready')).waitFor()
    await setPin(page)
    await page.goto('/robots.txt')
    await page.goto('/')
    await page.locator('.hold').waitFor()
    expect(await asksOf(page)).toBe(0)
    await hold(page)
    await page.getByText(where('said', { when: '…' }).split('…')[0]!).waitFor()
    expect(await asksOf(page)).toBe(1)
    await contactReads((await phone()).page, email)
  })

  test('is not called added where the phone does not tell it, or the service does not answer', async ({
    phone,
  }) => {
    const { page, context } = await phone({ permissions: [] })
    await ready(page, newAddress())
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    await button(page, where('add')).click()
    await page.getByText(where('denied')).waitFor()
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation(HERE)
    await page.route('**/api/v1/press/situation', (route) => route.abort())
    await button(page, where('add')).click()
    await page.getByText(where('not-sent')).waitFor()
    await page.unroute('**/api/v1/press/situation')
    await button(page, where('add')).click()
    await page.getByText(where('said', { when: '…' }).split('…')[0]!).waitFor()
  })

  test('is not switched on where the phone says no', async ({ phone }) => {
    const { page } = await phone({ permissions: [] })
    await ready(page, newAddress())
    await page.goto('/#/where')
    await page.getByLabel(where('choice')).click()
    await page.getByText(where('choice.denied')).waitFor()
    expect(await page.getByLabel(where('choice')).isChecked()).toBe(false)
    expect((await phoneKeeps(page)).where).toBeUndefined()
  })
})
