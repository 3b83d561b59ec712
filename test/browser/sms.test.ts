import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { ROUTES } from '../../src/protocol/routes.ts'
import { button, heading } from './support/hands.ts'
import { joinService } from './support/join-service.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const serviceWithTexts = async (context: BrowserContext) => {
  const service = await joinService(context)
  service.host = { ...service.host, channels: ['email', 'sms'] }
  return service
}
const toForm = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await button(page, es.join('invited.next')).click()
  await heading(page, es.join('form.title')).waitFor()
}
const none = (page: Page) => page.getByText(es.join('form.none'), { exact: true })
const accepted = (page: Page) => heading(page, es.join('accepted.title'))

describe.concurrent('a number for texts', () => {
  test('is confirmed by the code that a text carries, and alone is enough to accept with', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await serviceWithTexts(context)
    const one = service.invite()
    await toForm(page, one.link)
    await none(page).click()
    await page.locator('#sms-number').fill('415 555')
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('sms.number.wrong')).waitFor()
    await page.locator('#sms-number').fill('(415) 555-0142')
    await button(page, es.join('form.code')).click()
    await heading(page, es.join('code.title.text')).waitFor()
    expect(one.codesTo).toEqual(['+14155550142'])
    await page.locator('#code').fill(one.code!)
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    expect(one.said()).toEqual({ v: 1, language: 'es', email: null, sms: '+14155550142', push: null })
    await page.getByText('+14155550142').waitFor()
  })

  test('beside an address has a code of its own, and what is confirmed counts without the other', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await serviceWithTexts(context)
    const one = service.invite({ email: 'rosa@example.com' })
    await toForm(page, one.link)
    await page.locator('#sms-country').selectOption('52')
    await page.locator('#sms-number').fill('55 1234 5678')
    await button(page, es.join('form.code')).click()
    await heading(page, es.join('code.title')).waitFor()
    await page.locator('#code').fill(one.code!)
    await button(page, es.join('form.accept')).click()
    await heading(page, es.join('code.title.text')).waitFor()
    expect(one.said()).toMatchObject({ email: 'rosa@example.com', sms: null })
    expect(one.codesTo).toEqual(['rosa@example.com', '+525512345678'])
    // The phone drops the tab while the text is looked at.
    await page.reload()
    await heading(page, es.join('code.title.text')).waitFor()
    await page.locator('#code').fill(one.code!)
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    expect(one.said()).toMatchObject({ email: 'rosa@example.com', sms: '+525512345678' })
    expect(one.answers).toBe(2)
  })

  test('is not spoken of where the host sends none', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const asked = page.waitForResponse(`**${ROUTES.host}`)
    await toForm(page, service.invite().link)
    await asked
    expect(await page.locator('#sms-number').count()).toBe(0)
  })
})
