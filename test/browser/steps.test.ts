import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { AFTER_ROUTES } from '../../src/protocol/after-routes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { alertedFamily, askAsOwner } from './support/family.ts'
import { button } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import { letterLink, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { en, es, type Texts } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const PLAN = {
  sections: [
    {
      id: 'identity',
      at: 1,
      entries: [
        {
          'legal-name': 'María Flores Núñez',
          'a-number': 'A12 345 678',
          'country-birth': 'México',
          dob: '3 de mayo de 1988',
        },
      ],
    },
    { id: 'child-care-plan', at: 1, entries: [{ 'caregiver-phone': '(408) 555-0123' }] },
    { id: 'money', at: 1, entries: [{ accounts: 'Banco azul' }] },
  ],
  shown: ['identity', 'child-care-plan'],
}

const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`)
const box = (page: Page, id: string) => step(page, id).locator('input')
const read = (page: Page, id: string) => step(page, id).locator('summary').first().click()
const says = (page: Page, text: string) => page.getByText(text, { exact: true }).first()
const looksAgain = (page: Page) =>
  page.evaluate(() => {
    globalThis.dispatchEvent(new Event('online'))
  })

const openList = async (page: Page, texts: Texts, letter: string): Promise<void> => {
  await page.goto(letter)
  await button(page, texts.reader('open.button')).click()
  await button(page, texts.after('steps.closed')).click()
  await page.locator('#steps-title').waitFor()
}

/** Two contacts of one alert, each with the list open. */
const twoAt = async (
  phone: Place['phone'],
): Promise<{
  rosa: { page: Page; context: BrowserContext }
  jose: { page: Page; context: BrowserContext }
}> => {
  const joses = newAddress('jose')
  const { letter } = await alertedFamily(place, {}, [{ name: 'José', email: joses, language: 'en' }])
  const [mail] = await waitForMails(place.server, joses)
  const rosa = await phone()
  const jose = await phone({ language: 'en' })
  await openList(rosa.page, es, letter)
  await openList(jose.page, en, letterLink(mail!))
  await says(rosa.page, es.steps('share.shared')).waitFor()
  await says(jose.page, en.steps('share.shared')).waitFor()
  return { rosa, jose }
}

/** Until the page has looked again. */
const seesTicked = (page: Page, id: string, ticked = true) =>
  expect
    .poll(async () => {
      await looksAgain(page)
      return box(page, id).isChecked()
    })
    .toBe(ticked)

describe('the list of next steps in a letter', () => {
  test('what one contact ticks the other sees, with the name that was said with being on it; and both may take it back', async ({
    phone,
  }) => {
    const { rosa, jose } = await twoAt(phone)
    await button(rosa.page, es.after('onit.button')).click()
    await rosa.page.getByLabel(es.after('form.name')).fill('Tía Rosa')
    await button(rosa.page, es.after('form.yes')).click()
    await rosa.page.getByText(es.after('mine.title')).waitFor()
    await box(rosa.page, 'children').click()
    await step(rosa.page, 'children')
      .getByText(es.steps('by', { names: es.steps('by.you') }))
      .waitFor()
    await seesTicked(jose.page, 'children')
    await step(jose.page, 'children')
      .getByText(en.steps('by', { names: 'Tía Rosa' }))
      .waitFor()
    await box(jose.page, 'children').click()
    await says(jose.page, en.steps('share.shared')).waitFor()
    await seesTicked(rosa.page, 'children', false)
  })

  test('two who tick at once lose nothing, and a step that both have done is done', async ({ phone }) => {
    const { rosa, jose } = await twoAt(phone)
    await Promise.all([box(rosa.page, 'children').click(), box(jose.page, 'write-down').click()])
    await Promise.all([box(rosa.page, 'medicine-now').click(), box(jose.page, 'medicine-now').click()])
    for (const { page } of [rosa, jose])
      for (const id of ['children', 'write-down', 'medicine-now']) await seesTicked(page, id)
    expect(await box(rosa.page, 'call-hotline').isChecked()).toBe(false)
  })

  test('a tick without a line is called not sent, outlives a reload, and is sent by itself once there is a line', async ({
    phone,
  }) => {
    const { rosa, jose } = await twoAt(phone)
    await rosa.context.setOffline(true)
    await box(rosa.page, 'children').click()
    await says(rosa.page, es.steps('share.waiting', { count: 1 })).waitFor()
    await step(rosa.page, 'children').getByText(es.steps('waiting')).waitFor()
    expect(await rosa.page.getByText(es.steps('share.shared')).count()).toBe(0)
    // From here on there is a line, and only ticks do not get through.
    await rosa.page.route(`**${AFTER_ROUTES.tick}`, (route) => route.abort())
    await rosa.context.setOffline(false)
    await rosa.page.reload()
    await button(rosa.page, es.after('steps.closed')).click()
    await says(rosa.page, es.steps('share.waiting', { count: 1 })).waitFor()
    expect(await box(rosa.page, 'children').isChecked()).toBe(true)
    await seesTicked(jose.page, 'children', false)
    await rosa.page.unroute(`**${AFTER_ROUTES.tick}`)
    await looksAgain(rosa.page)
    await says(rosa.page, es.steps('share.shared')).waitFor()
    await seesTicked(jose.page, 'children')
  })

  test('a tick whose answer was lost is one tick, and is called sent only once it is known to be', async ({
    phone,
  }) => {
    const { rosa, jose } = await twoAt(phone)
    // It gets there, its answer does not come back, and then the line is gone.
    let sent = 0
    await rosa.page.route(`**${AFTER_ROUTES.tick}`, async (route) => {
      await route.fetch()
      sent += 1
      await route.abort()
    })
    await rosa.page.route(`**${AFTER_ROUTES.steps}`, (route) => (sent > 0 ? route.abort() : route.continue()))
    await box(rosa.page, 'children').click()
    await says(rosa.page, es.steps('share.waiting', { count: 1 })).waitFor()
    expect(sent).toBe(1)
    await seesTicked(jose.page, 'children')
    await rosa.page.unrouteAll()
    await looksAgain(rosa.page)
    await says(rosa.page, es.steps('share.shared')).waitFor()
    await seesTicked(jose.page, 'children')
  })

  test('shows what the owner shared of her plan where it is needed, and copies it as the locator wants it', async ({
    phone,
  }) => {
    const { page, context } = await phone({ permissions: ['clipboard-read', 'clipboard-write'] })
    const { letter } = await alertedFamily(place, {}, [], { plan: PLAN })
    await openList(page, es, letter)
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    const copy = (id: string, what: string) =>
      step(page, id)
        .getByRole('button', { name: es.steps('copy.what', { what }), exact: true })
        .click()
    await read(page, 'children')
    expect(await step(page, 'children').locator('a[href^="tel:"]').getAttribute('href')).toBe(
      'tel:4085550123',
    )
    await read(page, 'open-plan')
    expect(await step(page, 'open-plan').textContent()).toContain('México')
    expect(await page.content()).not.toContain('Banco azul')
    await page.getByRole('button', { name: es.steps('phase.first-day') }).click()
    await read(page, 'locator')
    await copy('locator', 'Número A, o dónde está escrito')
    await expect.poll(copied).toBe('012345678')
    await copy('locator', 'País de nacimiento')
    await expect.poll(copied).toBe('México')
    await read(page, 'spellings')
    await copy('spellings', 'Flores-Nunez')
    await expect.poll(copied).toBe('Flores-Nunez')
    // Nothing of it is left on the phone.
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(kept).not.toContain('Flores')
    expect((await context.cookies()).length).toBe(0)
  })

  test('says that nothing was shared where nothing was, and makes spellings of the name under the letter', async ({
    phone,
  }) => {
    const { page } = await phone()
    const { letter } = await alertedFamily(place, {}, [], { name: 'Ana María Ruiz' })
    await openList(page, es, letter)
    await read(page, 'gather-identity')
    await step(page, 'gather-identity')
      .getByText(es.steps('plan.none', { name: 'Ana María Ruiz' }))
      .waitFor()
    await page.getByRole('button', { name: es.steps('phase.first-day') }).click()
    await read(page, 'spellings')
    await step(page, 'spellings').getByText(es.steps('spellings.letter')).waitFor()
    await step(page, 'spellings').getByText('Maria-Ruiz', { exact: true }).waitFor()
  })

  test('a consulate’s number is behind the warning for who asks for asylum', async ({ phone }) => {
    const { page } = await phone({ language: 'en' })
    const { letter } = await alertedFamily(place, { language: 'en' })
    await openList(page, en, letter)
    await page.getByRole('button', { name: en.steps('phase.first-day') }).click()
    await read(page, 'consulate')
    const consulate = step(page, 'consulate')
    await consulate.locator('.wrong', { hasText: 'asylum' }).waitFor()
    expect(await consulate.locator('a[href^="tel:"]:visible').count()).toBe(0)
    await consulate.getByText(en.steps('consulates.show')).click()
    expect(await consulate.locator('a[href^="tel:"]:visible').count()).toBe(0)
    await consulate.locator('[data-country="MX"] summary').click()
    expect(await consulate.locator('a[href^="tel:"]:visible').getAttribute('href')).toBe('tel:+15206237874')
    const warning = await consulate.locator('.wrong').first().boundingBox()
    const number = await consulate.locator('a[href^="tel:"]:visible').boundingBox()
    expect(warning!.y).toBeLessThan(number!.y)
    await consulate.locator('[data-country="SV"] summary').click()
    await says(page, en.steps('consulates.none')).waitFor()
  })

  test('shows each role its own steps, and keeps the role in this tab alone', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alertedFamily(place)
    await openList(page, es, letter)
    await page.locator('#steps-role').selectOption('employer')
    await step(page, 'work-facts').waitFor()
    expect(await step(page, 'children').count()).toBe(0)
    await page.reload()
    await button(page, es.after('steps.closed')).click()
    await step(page, 'work-facts').waitFor()
    expect(await step(page, 'children').count()).toBe(0)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('employer')
  })

  test('after the all-clear says so, and ticks nothing more', async ({ phone }) => {
    const { page } = await phone()
    const { letter, family } = await alertedFamily(place)
    await openList(page, es, letter)
    await says(page, es.steps('share.shared')).waitFor()
    const { alerts } = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as {
      alerts: { alert: string }[]
    }
    await askAsOwner(place.origin, family.root, ROUTES.clear, { alert: alerts[0]!.alert, key: null })
    await box(page, 'children').click()
    await says(page, es.steps('share.over.waiting', { name: 'Ana María' })).waitFor()
    expect(await box(page, 'children').isDisabled()).toBe(true)
  })

  test('a list that does not load says so, and the letter stays', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alertedFamily(place)
    await page.route('**/assets/steps-*.js', (route) => route.abort())
    await page.goto(letter)
    await button(page, es.reader('open.button')).click()
    await button(page, es.after('steps.closed')).click()
    await button(page, es.after('steps.failed')).waitFor()
    await page.unroute('**/assets/steps-*.js')
    await button(page, es.after('steps.failed')).click()
    await button(page, es.after('steps.closed')).click()
    await page.locator('#steps-title').waitFor()
    expect(await page.locator('.letter').isVisible()).toBe(true)
  })

  test.for([es, en])('nothing keeps anybody out of it, in $language', async (texts, { phone }) => {
    const { faults, look } = inspector(texts.language === 'es')
    const { page } = await phone({ language: texts.language })
    const { letter } = await alertedFamily(place, { language: texts.language }, [], { plan: PLAN })
    await openList(page, texts, letter)
    await says(page, texts.steps('share.shared')).waitFor()
    await read(page, 'open-plan')
    await look('first hour', page)
    await page.getByRole('button', { name: texts.steps('phase.first-day') }).click()
    for (const id of ['spellings', 'ice-line', 'consulate']) await read(page, id)
    await step(page, 'consulate').getByText(texts.steps('consulates.show')).click()
    await step(page, 'consulate').locator('[data-country="HN"] summary').click()
    await look('first day', page)
    expect(faults).toEqual({})
  })
})
