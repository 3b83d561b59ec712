import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { toWords } from '../../src/crypto/recovery-words.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { makeFamily, phoneKeeps, setUp } from './support/family.ts'
import { button, heading, link } from './support/hands.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

/** Words that are interrupted: the phone is as it was, or all is there, or it says which of both is still to come. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const enterWords = async (page: Page, root: Uint8Array): Promise<void> => {
  await page.goto('/#/restore')
  await page.locator('#twelve').fill(toWords(root, 'es'))
  await button(page, es.setup('restore.button')).click()
}

const seesPeople = async (page: Page, name: string): Promise<void> => {
  await page.goto('/robots.txt')
  await page.goto('/#/people')
  await page.getByText(name).first().waitFor()
}

describe.concurrent('words that are interrupted', () => {
  test('by the line leave a new phone empty, and bring everything back the next time', async ({ phone }) => {
    const { page } = await phone()
    const { root } = await makeFamily(place.origin, { contacts: [{ name: 'Rosa' }] })
    await page.route(`**${ROUTES.commit}`, (route) => route.abort())
    await enterWords(page, root)
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    const kept = await phoneKeeps(page)
    expect([kept.press, kept.owner]).toEqual([undefined, undefined])
    await page.goto('/robots.txt')
    await page.goto('/#/people')
    await heading(page, es.setup('welcome.title')).waitFor()
    await page.unroute(`**${ROUTES.commit}`)
    await enterWords(page, root)
    await page.locator('.hold').waitFor()
    await seesPeople(page, 'Rosa')
  })

  test('by the line leave a phone that is set up with what it had, on the page that is open, too', async ({
    phone,
  }) => {
    const { page } = await phone()
    const { root } = await makeFamily(place.origin, { contacts: [{ name: 'Marta' }] })
    const { press } = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await page.route(`**${ROUTES.commit}`, (route) => route.abort())
    await enterWords(page, root)
    await button(page, es.setup('restore.other.yes')).click()
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    await page.evaluate(() => location.replace('#/people'))
    await page.getByText('Rosa').first().waitFor()
    expect(await page.getByText('Marta').count()).toBe(0)
    expect((await phoneKeeps(page)).press).toMatchObject({ vault: press.vault })
  })

  test('by a phone that is full leave a button that works, and say that they are to be typed once more', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    await context.addInitScript(() => {
      const refuse = (key: unknown): void => {
        if (String(key).endsWith('owner') && document.cookie.includes('full'))
          throw new DOMException('full', 'QuotaExceededError')
      }
      const [{ put }, { setItem }] = [IDBObjectStore.prototype, Storage.prototype]
      IDBObjectStore.prototype.put = function (value, key) {
        refuse(key)
        return put.call(this, value, key)
      }
      Storage.prototype.setItem = function (key, value) {
        refuse(key)
        setItem.call(this, key, value)
      }
    })
    const { root } = await makeFamily(place.origin, { contacts: [{ name: 'Rosa' }] })
    await context.addCookies([{ name: 'full', value: '1', url: place.origin }])
    await enterWords(page, root)
    await page.getByText(es.setup('trouble.phone')).waitFor()
    await page.goto('/robots.txt')
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await page.goto('/#/people')
    await page.getByText(es.setup('trouble.half')).waitFor()
    await context.clearCookies()
    await link(page, es.setup('restore.title')).click()
    await enterWords(page, root)
    await page.locator('.hold').waitFor()
    await seesPeople(page, 'Rosa')
  })
})
