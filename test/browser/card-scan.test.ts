import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { CARD } from '../../src/client/card/card-pdf.ts'
import { PAPER } from '../../src/client/print/pdf.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { findCard } from './support/card.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button, heading, hold } from './support/hands.ts'
import { drawPdf, qrInPdf } from './support/pdf.ts'
import { mailsTo, newAddress, openPlace, type Phone, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

/** A card from the owner's phone to the paper, from the paper to a stranger's phone, and what comes of it. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

type Open = (options?: object) => Promise<Phone>
const NAMES = ['Ana María', 'Rosa Medina']

const owner = async (phone: Open): Promise<Phone & { family: Family; email: string }> => {
  const one = await phone()
  const email = newAddress('rosa')
  const contacts = [{ name: 'Rosa Medina', email }]
  return { ...one, email, family: await setUp(one.page, place, { name: 'Ana María', contacts }) }
}
/** The shortest wait that the app offers where `minutes` is 1. */
const makeCard = async (page: Page, minutes: number): Promise<string> => {
  await page.goto('/#/card')
  await page.getByText(es.card('delay.minutes', { minutes }), { exact: true }).click()
  await button(page, es.card('make')).click()
  await page.locator('.face.back .qr').first().waitFor()
  return (await page.locator('.face .code').first().textContent()) ?? ''
}
const scanPaper = async ({ page, context }: Phone): Promise<string> => {
  const saving = page.waitForEvent('download')
  await button(page, es.card('pdf')).click()
  const [paper] = await drawPdf(context, await readFile(await (await saving).path()), 150)
  const top = (PAPER.letter.height - 4 * CARD.height) / 2
  const part = { x: PAPER.letter.width / 2, y: top, width: CARD.width / 2, height: CARD.height }
  const link = paper === undefined ? null : qrInPdf(paper, part)
  if (link === null) throw new Error('no QR code on the paper')
  return link
}
const typeCode = async (page: Page, code: string): Promise<void> => {
  await page.goto('/press')
  await page.getByLabel(en.scan('code')).fill(code.toLowerCase().replaceAll('-', ' '))
  await button(page, en.scan('go')).click()
}
const pressesOf = async ({ root }: Family): Promise<unknown> =>
  (await askAsOwner(place.origin, root, ROUTES.presses)).presses

describe('whoever scans a card', () => {
  test('reads in the own language what it is for, learns no name, presses, and the owner stops it', async ({
    phone,
  }) => {
    const mine = await owner(phone)
    await makeCard(mine.page, 10)
    const link = await scanPaper(mine)
    const { page } = await phone({ language: 'en' })
    await page.goto(link)
    await heading(page, en.scan('card.title')).waitFor()
    const text = await page.locator('body').innerText()
    expect(NAMES.filter((name) => text.includes(name))).toEqual([])
    expect(page.url()).toBe(`${place.origin}/press`)
    await hold(page)
    await heading(page, en.scan('card.counting', { minutes: 10 })).waitFor()
    await mine.page.goto('/#/')
    await mine.page.reload()
    await button(mine.page, es.waiting('stop')).click()
    await mine.page.getByText(es.waiting('stopped')).waitFor()
    expect(await pressesOf(mine.family)).toMatchObject([{ state: 'cancelled' }])
    expect(await mailsTo(place.server, mine.email)).toEqual([])
  })

  test('by its code presses the same, and with a silent owner it goes out', async ({ phone }) => {
    const mine = await owner(phone)
    const code = await makeCard(mine.page, 1)
    await mine.context.close()
    const { page } = await phone({ language: 'en' })
    await typeCode(page, code)
    await heading(page, en.scan('card.title')).waitFor()
    await page.reload()
    await heading(page, en.scan('card.title')).waitFor()
    await hold(page)
    await expect.poll(() => pressesOf(mine.family)).toMatchObject([{ state: 'counting', practice: false }])
    await page.close()
    await expect
      .poll(async () => (await mailsTo(place.server, mine.email)).length, {
        timeout: 160_000,
        interval: 1_000,
      })
      .toBe(1)
  })

  test('mistypes its code: that is said at once, and nothing is asked', async ({ phone }) => {
    const { page } = await phone({ language: 'en' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await typeCode(page, 'K276-82WS-NH2K-EX1G')
    await page.getByText(en.scan('code.wrong')).waitFor()
    expect(asked).not.toContain(ROUTES.findCard)
  })

  test('with a photograph of one that was revoked, is told that it presses nothing', async ({ phone }) => {
    const mine = await owner(phone)
    const code = await makeCard(mine.page, 10)
    const link = await scanPaper(mine)
    await button(mine.page, es.card('revoke')).click()
    await button(mine.page, es.card('revoke.yes')).click()
    await mine.page.getByText(es.card('one.gone')).waitFor()
    // The directory of codes hears of it a little later than the vault.
    await expect.poll(async () => (await findCard(place.origin, code)).status).toBe(404)
    const { page } = await phone({ language: 'en' })
    await typeCode(page, code)
    await page.getByText(en.scan('unknown')).waitFor()
    await page.goto('about:blank')
    await page.goto(link)
    await page.getByRole('alert').waitFor()
    expect(await page.locator('.hold').count()).toBe(0)
  })
})
