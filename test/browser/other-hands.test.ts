import { afterAll, beforeAll, describe, expect } from 'vitest'
import movingEs from '../../src/i18n/messages/moving/es.json' with { type: 'json' }
import { phoneKeeps, setUp } from './support/family.ts'
import { button, heading, hold } from './support/hands.ts'
import { later, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { es } from './support/texts.ts'

/** A phone that somebody else looks at, or holds. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const QUIET_MS = 3_000

describe.concurrent('the way out', () => {
  for (const where of ['', 'people', 'rights', 'more']) {
    test(`of /${where} leads to a page that says nothing of us, and back does not lead in again`, async ({
      phone,
    }) => {
      const { page } = await phone()
      await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
      await page.evaluate((to) => location.replace(`#/${to}`), where)
      await page.locator('h1').first().waitFor()
      await button(page, es.app('exit')).click()
      await page.waitForURL('**/notes')
      expect(await page.title()).toBe('Notes')
      expect((await page.content()).toLowerCase()).not.toMatch(/amparo|rosa|alert|aviso/)
      await page.goBack()
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).not.toBe(`/#/${where}`)
    })
  }

  test('can be reached while a question is open', async ({ phone }) => {
    const { page } = await phone()
    const { document } = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await page.goto(`/#/person/${document.contacts[0]?.id}`)
    await button(page, es.setup('person.remove')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: es.app('exit') })
      .click()
    await page.waitForURL('**/notes')
  })

  test('loses no press that was just made', async ({ phone }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email }], delayMs: 0 })
    await hold(page)
    await button(page, es.app('exit')).click()
    await page.waitForURL('**/notes')
    await waitForMails(place.server, email)
  })
})

describe.concurrent('another name', () => {
  test('is what the browser installs, also after a new start, until it is taken back', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place)
    const says = () =>
      page.evaluate(() => ({
        title: document.title,
        manifest: document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.getAttribute('href'),
        icon: document.querySelector<HTMLLinkElement>('link[rel=apple-touch-icon]')?.getAttribute('href'),
      }))
    const own = { title: 'Amparo', manifest: '/manifest.webmanifest', icon: '/icon-180.png' }
    const plain = { title: 'Notas', manifest: '/notes-es.webmanifest', icon: '/notes-180.png' }
    await expect.poll(says).toEqual(own)
    await page.goto('/#/name')
    await page.getByLabel(movingEs['name.plain']).check()
    await expect.poll(says).toEqual(plain)
    await page.reload()
    await page.getByLabel(movingEs['name.own']).waitFor()
    await expect.poll(says).toEqual(plain)
    for (const file of [plain.manifest, plain.icon, '/notes-512.png']) {
      const answer = await page.request.get(file)
      expect(answer.status()).toBe(200)
    }
    const manifest = (await (await page.request.get(plain.manifest)).json()) as Record<string, unknown>
    expect(JSON.stringify(manifest).toLowerCase()).not.toContain('amparo')
    await page.getByLabel(movingEs['name.own']).check()
    await expect.poll(says).toEqual(own)
    await page.reload()
    await page.getByLabel(movingEs['name.own']).waitFor()
    await expect.poll(says).toEqual(own)
  })
})

describe.concurrent('a phone that empties itself', () => {
  test('keeps nothing once all messages are handed over, and still shows the rights', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email }], delayMs: 0, wordsConfirmed: true })
    await page.goto('/#/empty')
    await page.getByLabel(movingEs['empty.choice']).check()
    await expect.poll(async () => Object.keys(await phoneKeeps(page))).toContain('empty-after')
    await page.goto('/')
    await hold(page)
    await waitForMails(place.server, email)
    await page.getByText(es.app('rights.officer')).waitFor()
    await expect
      .poll(async () => Object.keys(await phoneKeeps(page)).filter((key) => key !== 'language'))
      .toEqual([])
    await button(page, es.app('rights.close')).click()
    await heading(page, es.setup('welcome.title')).waitFor()
  })

  test('keeps everything after practice, and where it was not asked for', async ({ phone }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email }], delayMs: 0, wordsConfirmed: true })
    await hold(page)
    await waitForMails(place.server, email)
    await later(QUIET_MS)
    const keys = Object.keys(await phoneKeeps(page))
    expect(keys).toContain('press')
    expect(keys).toContain('owner')
  })

  test('asks for the recovery words first', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { wordsConfirmed: false })
    await page.goto('/#/empty')
    expect(await page.getByLabel(movingEs['empty.choice']).isDisabled()).toBe(true)
    await page.getByText(movingEs['empty.words']).waitFor()
  })
})
