import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { setUp } from './support/family.ts'
import { heading, link, serviceWorkerReady } from './support/hands.ts'
import { openPlace, type Phone, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

/** One visit, and then no line at all. */
const cutAfterVisit = async ({ context, page }: Phone): Promise<void> => {
  await serviceWorkerReady(page)
  await context.setOffline(true)
}

describe('without a line, after one visit', () => {
  test('the button, the rights and what is done at leisure are there', async ({ phone }) => {
    const mine = await phone({ serviceWorkers: 'allow' })
    await setUp(mine.page, place, { contacts: [{ name: 'Rosa', text: 'La carta.' }] })
    await cutAfterVisit(mine)
    const page = await mine.context.newPage()
    await mine.page.close()
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await link(page, es.app('home.rights')).click()
    await page.locator('main.rights').waitFor()
    await page.goto('/#/more')
    await heading(page, es.setup('more.title')).waitFor()
    await page.goto('/#/people')
    await page.getByText(es.setup('remembered')).waitFor()
    await page.getByRole('link', { name: /^Rosa/ }).click()
    expect(await page.locator('#letter').inputValue()).toBe('La carta.')
    await page.goto('/#/words')
    await expect.poll(() => page.locator('.words li').count()).toBe(12)
  })

  test('the first page of a set-up is there, in both languages', async ({ expect, phone }) => {
    const mine = await phone({ serviceWorkers: 'allow' })
    await mine.page.goto('/')
    await heading(mine.page, es.setup('welcome.title')).waitFor()
    await cutAfterVisit(mine)
    await mine.page.reload()
    await heading(mine.page, es.setup('welcome.title')).waitFor()
    await mine.page.locator('#language').selectOption('en')
    await expect.poll(() => mine.page.locator('html').getAttribute('lang')).toBe('en')
  })

  test('a letter’s page says that there is no line, whatever a messenger put into its address', async ({
    phone,
  }) => {
    const mine = await phone({ serviceWorkers: 'allow' })
    await mine.page.goto('/')
    await cutAfterVisit(mine)
    const fragment = encodeLink({ kind: 'letter', vault: random(16), id: random(16), secret: random(16) })
    await mine.page.goto(`/letter?x=1#${fragment}`)
    await heading(mine.page, es.reader('no-line.title')).waitFor()
    await mine.page.goto(`/stop?utm_source=mail#${fragment}`)
    await heading(mine.page, es.stop('damaged.title')).waitFor()
    await mine.page.goto('/join')
    await heading(mine.page, es.join('none.title')).waitFor()
  })

  test('the service is never answered for by what was kept', async ({ phone }) => {
    const mine = await phone({ serviceWorkers: 'allow' })
    await mine.page.goto('/')
    await cutAfterVisit(mine)
    const answers = await mine.page.evaluate(() =>
      Promise.all(
        ['/api/v1/host', '/api/v1/press'].map((path) => fetch(path).then(String, () => 'no answer')),
      ),
    )
    expect(answers).toEqual(['no answer', 'no answer'])
  })
})
