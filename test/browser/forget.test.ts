import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import erased from '../../src/i18n/messages/erased/es.json'
import { ROUTES } from '../../src/protocol/routes.ts'
import { phoneKeeps, putRecords, setUp } from './support/family.ts'
import { button, heading, hold } from './support/hands.ts'
import { enterPin, goLocked, PIN, SECOND, setPin } from './support/pin.ts'
import { newAddress, openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const COOKIE = 'stubborn'

/** A phone whose storage lets nothing of the button's record go, for as long as `turn` says so. */
const stubborn = async (context: BrowserContext) => {
  await context.addInitScript((cookie) => {
    const { delete: remove } = IDBObjectStore.prototype
    IDBObjectStore.prototype.delete = function (key) {
      if (key === 'press' && document.cookie.includes(cookie))
        throw new DOMException('full', 'QuotaExceededError')
      return remove.call(this, key)
    }
  }, COOKIE)
  return {
    on: () => context.addCookies([{ name: COOKIE, value: '1', url: place.origin }]),
    off: () => context.clearCookies(),
  }
}

/** Nothing of an app that is set up, wherever one looks. */
const showsNothing = async (page: Page, names: readonly string[]): Promise<void> => {
  for (const where of ['', 'people', 'ready', 'check-ins']) {
    await page.goto('/robots.txt')
    await page.goto(`/#/${where}`)
    await page.locator('main h1').waitFor()
    expect(await page.locator('.hold').count()).toBe(0)
    const content = await page.content()
    for (const name of names) expect(content).not.toContain(name)
    for (const text of Object.values(erased)) expect(content).not.toContain(text)
    await heading(page, es.pin('unlock.title')).waitFor({ state: 'detached' })
  }
}

const isEmptied = async (page: Page, expectSoon: typeof expect): Promise<void> => {
  await heading(page, es.setup('welcome.title')).waitFor()
  await expectSoon.poll(() => phoneKeeps(page)).toEqual({})
  expect(await page.evaluate(() => caches.keys())).toEqual([])
}

describe.concurrent('a second PIN on a phone that does not erase', () => {
  test('shows an app in which nothing is set up at every start, and erases at the first that can', async ({
    expect: soon,
    phone,
  }) => {
    const { context, page } = await phone()
    const storage = await stubborn(context)
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page, PIN, SECOND)
    await goLocked(page, 'people')
    await storage.on()
    await enterPin(page, SECOND)
    // A browser that does not let go is taken for one that does not keep: nothing new is begun in it.
    await heading(page, es.setup('leave.forgets')).waitFor()
    await showsNothing(page, ['Rosa'])
    expect(Object.keys(await phoneKeeps(page)).sort()).toEqual([
      'forget',
      'local amparo/copy-forget',
      'press',
    ])
    await storage.off()
    await page.goto('/robots.txt')
    await page.goto('/')
    await isEmptied(page, soon)
  })

  test('while another tab holds the storage shows nothing either, and erases once it lets go', async ({
    expect: soon,
    phone,
  }) => {
    const { context, page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page, PIN, SECOND)
    await goLocked(page, 'people')
    const other = await context.newPage()
    await other.goto(`${place.origin}/robots.txt`)
    const block = () =>
      other.evaluate(
        () =>
          new Promise<void>((holds) => {
            const opening = indexedDB.open('amparo')
            opening.onsuccess = () => {
              const store = opening.result.transaction('phone', 'readwrite').objectStore('phone')
              // Asked again and again, the transaction never ends.
              const ask = (): void => {
                store.get('language').onsuccess = () => {
                  holds()
                  ask()
                }
              }
              ask()
            }
          }),
      )
    // Once the PIN is known to be right, and before anything is erased.
    await page.route(`**${ROUTES.guardTry}`, async (route) => {
      await block()
      await route.continue()
    })
    await enterPin(page, SECOND)
    const nothing = heading(page, es.setup('leave.forgets')).or(heading(page, es.setup('welcome.title')))
    // One answer after the other fails to come, and each takes its time.
    await nothing.waitFor()
    await page.goto('/robots.txt')
    await page.goto('/#/people')
    await nothing.waitFor()
    expect(await page.content()).not.toContain('Rosa')
    await other.close()
    await page.goto('/robots.txt')
    await page.goto('/')
    await isEmptied(page, soon)
  })

  test('is finished by the next start where the app died after its first step', async ({
    expect: soon,
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const kept = await phoneKeeps(page)
    expect(kept.press).toBeDefined()
    await putRecords(page, { forget: true })
    await showsNothing(page, ['Rosa'])
    await page.goto('/#/')
    await isEmptied(page, soon)
  })
})

describe.concurrent('who empties a phone that does not erase', () => {
  test('is told so, what helps, and when it is gone', async ({ expect: soon, phone }) => {
    const { context, page } = await phone()
    const storage = await stubborn(context)
    await setUp(page, place)
    await storage.on()
    await page.goto('/#/erase')
    await page.getByRole('checkbox').check()
    await button(page, es.setup('erase.button')).click()
    await heading(page, erased.title).waitFor()
    await page.getByText(erased.service).waitFor()
    await button(page, erased.again).click()
    await page.getByText(erased.still).waitFor()
    await storage.off()
    await button(page, erased.again).click()
    await isEmptied(page, soon)
  })

  test('after an alert is told so, too', async ({ expect: soon, phone }) => {
    const { context, page } = await phone()
    const storage = await stubborn(context)
    const contacts = [{ email: newAddress('rosa') }]
    await setUp(page, place, { contacts, delayMs: 0, wordsConfirmed: true })
    await putRecords(page, { 'empty-after': true })
    await storage.on()
    await page.goto('/')
    await hold(page)
    await heading(page, erased.title).waitFor()
    await button(page, erased.rights).click()
    await page.getByText(es.app('rights.officer')).waitFor()
    await storage.off()
    await page.goto('/robots.txt')
    await page.goto('/')
    await isEmptied(page, soon)
  })
})
