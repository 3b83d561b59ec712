import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { button, heading } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import { joinService, typeCode } from './support/join-service.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

/** Beside `a11y.test.ts` and not in it: looked at all together, the pages take a small machine longer than a test may. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

describe.concurrent.for([es, en])('nothing keeps anybody out, in $language,', (texts) => {
  const { language } = texts

  test('of an invitation', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { context, page } = await phone({ language })
    const service = await joinService(context)
    const one = service.invite({ language })
    await page.goto('/join')
    await heading(page, texts.join('none.title')).waitFor()
    await look('no invitation', page)
    await page.goto(one.link)
    await button(page, texts.join('invited.next')).waitFor()
    await look('invited', page)
    await button(page, texts.join('invited.next')).click()
    await page.locator('#address').fill('rosa')
    await button(page, texts.join('form.code')).click()
    await look('form, with what is wrong', page)
    await page.locator('#address').fill(`${'rosa.'.repeat(12)}perez@example.com`)
    await button(page, texts.join('form.code')).click()
    await page.locator('#code').fill('000000')
    await button(page, texts.join('form.accept')).click()
    await page.getByText(texts.join('trouble.wrong-code')).waitFor()
    await look('code, wrong', page)
    await typeCode(page, one)
    await button(page, texts.join('form.accept')).click()
    await heading(page, texts.join('accepted.title')).waitFor()
    await look('accepted', page)
    await button(page, texts.join('accepted.leave')).click()
    await look('leave', page)
    await button(page, texts.join('leave.owner', { name: 'Ana María' })).click()
    await look('leave, asked once more', page)
    await button(page, texts.join('leave.yes')).click()
    await heading(page, texts.join('left.title')).waitFor()
    await look('left', page)
    one.letters = [
      { letter: toText(random(16)), state: 'open', pressedAt: Date.now(), practice: false },
      { letter: toText(random(16)), state: 'expired', pressedAt: 1, practice: false },
    ]
    await page.reload()
    await page.getByText(texts.join('out.open-alert')).waitFor()
    await look('after an alert', page)
    await button(page, texts.join('out.invitation')).click()
    await heading(page, texts.join('left.title')).waitFor()
    await look('left, after an alert', page)
    // Who is there for one person only is led straight to it.
    await page.goto(service.invite({ language }).link)
    await button(page, texts.join('invited.next')).waitFor()
    await page.evaluate(() => sessionStorage.clear())
    await page.goto('/robots.txt')
    await page.goto('/join')
    await heading(page, texts.join('list.title')).waitFor()
    await look('list', page)
    expect(faults).toEqual({})
  })
})
