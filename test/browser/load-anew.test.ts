import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { alertedFamily, setUp } from './support/family.ts'
import { button, heading } from './support/hands.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

/** A module that could not be loaded: no browser asks for it twice in one document. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

/** @returns how often it was asked for, and what lets it through from now on */
const lose = async (context: BrowserContext, chunk: string) => {
  let asked = 0
  await context.route(chunk, (route) => {
    asked += 1
    return route.abort()
  })
  return { asked: () => asked, found: () => context.unroute(chunk) }
}

describe.concurrent('what could not be loaded', () => {
  test('of the owner’s app is loaded by a tap once there is a line, and without one the page stays', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa Itzel' }] })
    await page.locator('.hold').waitFor()
    const people = await lose(context, '**/assets/leisure-*.js')
    await page.goto('/#/people')
    await page.getByText(es.app('load.failed')).waitFor()
    expect(people.asked()).toBe(1)
    await page.evaluate(() => {
      Object.assign(globalThis, { isStill: true })
    })
    await context.setOffline(true)
    await button(page, es.app('load.again')).click()
    await page.getByText(es.app('load.failed')).waitFor()
    expect(await page.evaluate(() => 'isStill' in globalThis)).toBe(true)
    await context.setOffline(false)
    await people.found()
    await button(page, es.app('load.again')).click()
    await heading(page, es.setup('people.title')).waitFor()
    await page.getByText('Rosa Itzel').first().waitFor()
  })

  test('after a letter is loaded by a tap, and the letter is open again in the same tab', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ language: 'en' })
    const { letter } = await alertedFamily(place, { language: 'en' })
    const after = await lose(context, '**/assets/after-*.js')
    await page.goto(letter)
    await button(page, en.reader('open.button')).click()
    await button(page, en.reader('after.failed')).waitFor()
    await after.found()
    await button(page, en.reader('after.failed')).click()
    await page.getByRole('heading', { name: en.after('onit.title'), level: 2, exact: true }).waitFor()
    expect(after.asked()).toBeGreaterThan(0)
  })
})
