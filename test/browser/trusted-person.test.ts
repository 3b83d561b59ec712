import { afterAll, beforeAll, describe, expect } from 'vitest'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openSituation } from '../../src/crypto/situation.ts'
import es from '../../src/i18n/messages/witness/es.json' with { type: 'json' }
import { fromText } from '../../src/protocol/bytes.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { askAsOwner } from './support/family.ts'
import { button, heading, hold } from './support/hands.ts'
import { newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { familyWithPresser } from './support/pressers.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

describe('a trusted person', () => {
  test('opens the link, presses, and says where: mail arrives, and the words open for the family alone', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { family, presser, link } = await familyWithPresser(place, { email, delayMs: 1_000 })
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    expect(page.url()).toBe(`${place.origin}/press`)
    await hold(page)
    await waitForMails(place.server, email)
    await page.locator('#place').fill('Detrás del mercado')
    await page.getByLabel(es['tell.saw.yes']).check()
    await button(page, es['tell.send']).click()
    await page.getByText(es['tell.said']).waitFor()
    const { alerts } = AlertsAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.alerts))
    const [made] = alerts[0]?.presses ?? []
    expect(made?.presser).toBe(presser.id)
    const root = fromText(family.document.situation)
    const words = openSituation(
      ...([root, vaultIdOf(family.root), fromText(presser.id)] as const),
      made?.pressedAt ?? 0,
      fromText(made?.said?.sealed ?? ''),
    )
    expect(words).toMatchObject({ place: 'Detrás del mercado', saw: true })
  })

  test('is not told that the alert is out while no provider has taken a message', async ({ phone }) => {
    const { link } = await familyWithPresser(place, { delayMs: 0 })
    const { page } = await phone()
    const counts = { contacts: 1, waiting: 1, sent: 0, delivered: 0, refused: 0, opened: 0, onIt: 0 }
    for (const asked of [ROUTES.press, ROUTES.status])
      await page.route(`**${asked}`, async (route) => {
        const response = await route.fetch()
        const answer = PressAnswer.parse(await response.json())
        await route.fulfill({ response, json: { ...answer, counts } })
      })
    await page.goto(link)
    await hold(page)
    await heading(page, es['open.unsent']).waitFor()
    await page.getByText(es['row.waiting']).waitFor()
    expect(await heading(page, es.open).count()).toBe(0)
  })

  test('whose link was taken back is told so, and is not told that anything was sent', async ({ phone }) => {
    const { link, revoke } = await familyWithPresser(place, { delayMs: 1_000 })
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    await revoke()
    await hold(page)
    await heading(page, es.dead).waitFor()
    await page.reload()
    await page.getByText(es['revoked.more']).or(page.getByText(es['dead.more'])).waitFor()
  })

  test('whose link is taken back after the press is told that it was received, and no more', async ({
    phone,
  }) => {
    const { link, revoke } = await familyWithPresser(place, { delayMs: 60_000 })
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    await hold(page)
    await heading(page, es.counting).waitFor()
    await revoke()
    await heading(page, es['cut-off']).waitFor()
  })
})
