import { afterAll, beforeAll } from 'vitest'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import { setUp } from './support/family.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const push = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
  p256dh: `BA${'A'.repeat(85)}`,
  auth: 'A'.repeat(22),
}

test('an owner sees by what a person is reached, and whom to ask to open the invitation again', async ({
  expect,
  phone,
}) => {
  const { context, page } = await phone()
  const { document } = await setUp(page, place, {
    contacts: [{ name: 'Rosa', standing: 'accepted', push }, { name: 'José' }],
  })
  const [rosa] = document.contacts
  const alertAt = (changedAt: number, reason: 'gone' | null): AlertSummary => ({
    ...{ alert: 'A'.repeat(22), state: 'open', pressedAt: 1, receivedAt: 1, releasedAt: 1 },
    ...{ closedAt: null, waves: 1, lettersOut: true, heldUntil: null, presses: [] },
    contacts: [
      {
        ...{ contact: rosa!.id, state: 'sent', reason: null, changedAt, sentAt: changedAt, openedAt: null },
        onIt: null,
        channels: [
          { kind: 'email', state: 'sent', reason: null },
          { kind: 'push', state: reason === null ? 'sent' : 'refused', reason },
        ],
      },
    ],
  })
  let alert = alertAt(Date.now() + 60_000, 'gone')
  await context.route(`**${ROUTES.alerts}`, async (route) => {
    const answer = await (await route.fetch()).json()
    await route.fulfill({ json: { ...answer, alerts: [alert] } })
  })
  const dead = page.getByText(es.setup('ways.push.dead', { name: 'Rosa' }))
  await page.goto('/#/people')
  await dead.waitFor()
  await page.goto(`/#/person/${rosa!.id}`)
  await page.getByText(es.setup('ways.title', { name: 'Rosa' })).waitFor()
  await page.getByText(`${es.setup('ways.email')} · ${es.setup('ways.push')}`).waitFor()
  await dead.waitFor()
  // Rosa has answered since.
  alert = alertAt(1, 'gone')
  const asked = page.waitForResponse(`**${ROUTES.alerts}`)
  await page.reload()
  await page.getByText(es.setup('ways.title', { name: 'Rosa' })).waitFor()
  await (await asked).finished()
  expect(await dead.count()).toBe(0)
})
