import { afterAll, beforeAll, describe, expect } from 'vitest'
import { button, heading, hold, serviceWorkerReady } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import { mailsTo, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { familyWithPresser } from './support/pressers.ts'
import { en, es } from './support/texts.ts'

/** The page on which somebody presses for another: whoever it is, and on whatever line. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

describe.concurrent.for([es, en])('nothing keeps anybody out, in $language,', (texts) => {
  const { language, witness, scan } = texts

  test('of a press for another', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const email = newAddress('rosa')
    const { link, revoke } = await familyWithPresser(place, { email, delayMs: 30_000 })
    const { page } = await phone({ language })
    await page.goto('/press')
    await heading(page, scan('title')).waitFor()
    await look('a code is asked for', page)
    await page.goto('/robots.txt')
    await page.goto(link)
    await heading(page, witness('title', { name: 'Ana María' })).waitFor()
    await look('the button', page)
    await hold(page)
    await heading(page, witness('counting')).waitFor()
    await look('counting', page)
    await heading(page, witness('open')).waitFor()
    await page.getByLabel(witness('tell.saw.yes')).check()
    await look('open, with what is said of it', page)
    await button(page, witness('back')).click()
    await revoke()
    await page.reload()
    await heading(page, witness('revoked')).waitFor()
    await look('taken back', page)
    expect(faults).toEqual({})
  })

  test('of a card that was scanned', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { link } = await familyWithPresser(place, { kind: 'card', delayMs: 600_000 })
    const { page } = await phone({ language })
    await page.goto(link)
    await heading(page, scan('card.title')).waitFor()
    await look('what the card is', page)
    await hold(page)
    await heading(page, scan('card.counting', { minutes: 10 })).waitFor()
    await look('the card waits', page)
    expect(faults).toEqual({})
  })
})

describe('with letters twice as large', () => {
  test('what stands in the button stays in it, and nothing lies beside the screen', async ({ phone }) => {
    const { link } = await familyWithPresser(place, { delayMs: 1_000 })
    const { context, page } = await phone()
    await context.addInitScript(() => {
      document.addEventListener('readystatechange', () => {
        document.documentElement.style.fontSize = '34px'
      })
    })
    await page.goto(link)
    await heading(page, es.witness('title', { name: 'Ana María' })).waitFor()
    const beside = await page.evaluate(() => {
      const circle = document.querySelector('.hold')?.getBoundingClientRect()
      const range = document.createRange()
      range.selectNodeContents(document.querySelector('.hold span') as Element)
      const { left, right, top, bottom } = range.getBoundingClientRect()
      const radius = (circle?.width ?? 0) / 2
      const [x, y] = [(circle?.left ?? 0) + radius, (circle?.top ?? 0) + radius]
      const corners = [left, right].flatMap((one) => [top, bottom].map((two) => [one - x, two - y] as const))
      return {
        corners: corners.filter(([across, down]) => Math.hypot(across, down) > radius),
        sideways: document.documentElement.scrollWidth - globalThis.innerWidth,
      }
    })
    expect(beside).toEqual({ corners: [], sideways: 0 })
  })
})

describe('without a line, after one visit', () => {
  test('who has kept the button opens it, presses, and the press goes out by itself when the line is back', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { link } = await familyWithPresser(place, { email, delayMs: 1_000 })
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await page.goto(link)
    await button(page, es.witness('keep')).click()
    await page.getByText(es.witness('keep.done')).waitFor()
    await serviceWorkerReady(page)
    await context.setOffline(true)
    const again = await context.newPage()
    await page.close()
    await again.goto('/press')
    await heading(again, es.witness('title', { name: 'Ana María' })).waitFor()
    await hold(again)
    await heading(again, es.witness('stored')).waitFor()
    expect(await mailsTo(place.server, email)).toEqual([])
    await context.setOffline(false)
    await heading(again, es.witness('open')).waitFor()
    await waitForMails(place.server, email)
  })

  test('what was typed of a press is not called sent, and stays', async ({ phone }) => {
    const { link } = await familyWithPresser(place, { delayMs: 1_000 })
    const { context, page } = await phone()
    await page.goto(link)
    await heading(page, es.witness('title', { name: 'Ana María' })).waitFor()
    await hold(page)
    await heading(page, es.witness('open')).waitFor()
    await context.setOffline(true)
    await page.locator('#place').fill('Detrás del mercado')
    await button(page, es.witness('tell.send')).click()
    await page.getByText(es.witness('tell.not-sent')).waitFor()
    expect(await page.getByText(es.witness('tell.said')).count()).toBe(0)
    expect(await page.locator('#place').inputValue()).toBe('Detrás del mercado')
    await context.setOffline(false)
    await button(page, es.witness('tell.send')).click()
    await page.getByText(es.witness('tell.said')).waitFor()
  })
})
