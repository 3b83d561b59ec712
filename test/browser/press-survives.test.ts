import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { PressAnswer } from '../../src/protocol/press.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import type { QueuedPress } from '../../src/queue/press-queue.ts'
import { askAsOwner, type Family, putLocal, putRecords, setUp } from './support/family.ts'
import { heading, hold, serviceWorkerReady } from './support/hands.ts'
import { later, mailsTo, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { es } from './support/texts.ts'

/** What a phone goes through between the hold and the line. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const DAY_MS = 86_400_000
const QUIET_MS = 4_000

const waiting = (
  { press: { vault, key } }: Family,
  heldAt: number,
  changes: Partial<QueuedPress> = {},
): QueuedPress => ({
  ...{ vault, key, alert: toText(random(16)), practice: false, heldAt },
  ...{ cancelled: false, state: 'waiting', answer: null },
  ...changes,
})
const alertsOf = async ({ root }: Family): Promise<AlertSummary[]> =>
  (await askAsOwner(place.origin, root, ROUTES.alerts)).alerts as AlertSummary[]
const statusOf = async ({ press: { vault, key } }: Family, alert: string): Promise<PressAnswer> => {
  const response = await fetch(place.origin + ROUTES.status, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vault, key, alert }),
  })
  return (await response.json()) as PressAnswer
}

describe.concurrent('a press', () => {
  test('that waited for a day without a line and through a restart goes out with its age', async ({
    phone,
  }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email: rosa }] })
    const press = waiting(family, Date.now() - DAY_MS)
    await putRecords(page, { presses: [press] })
    await page.goto('/')
    await waitForMails(place.server, rosa)
    const [alert] = await alertsOf(family)
    expect(alert!.alert).toBe(press.alert)
    expect(alert!.releasedAt - alert!.pressedAt).toBeGreaterThanOrEqual(DAY_MS)
  })

  test.for([
    ['long before it was right', (): number => 0],
    ['a year ahead', (): number => Date.now() + 365 * DAY_MS],
  ] as const)('held by a clock that was %s goes out all the same', async ([, heldAt], { phone }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email: rosa }] })
    await putRecords(page, { presses: [waiting(family, heldAt())] })
    await page.goto('/')
    await heading(page, es.app('alert.open')).waitFor()
    expect(await waitForMails(place.server, rosa)).toHaveLength(1)
  })

  test('that runs is found again, although by this phone’s clock it is long over', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ email: newAddress('rosa') }] })
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    const [{ alert }] = (await alertsOf(family)) as [AlertSummary]
    const answer = await statusOf(family, alert)
    await putRecords(page, { presses: [waiting(family, 0, { alert, state: 'received', answer })] })
    await page.goto('/')
    await page.getByText(es.app('home.running')).waitFor()
  })

  test('is hidden by no other: one in IndexedDB and one in localStorage both go out', async ({
    phone,
    expect,
  }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email: rosa }] })
    const [first, second] = [waiting(family, Date.now() - 2_000), waiting(family, Date.now() - 1_000)]
    await putRecords(page, { presses: [first] })
    await putLocal(page, 'amparo/presses', [second])
    await page.goto('/')
    await waitForMails(place.server, rosa)
    const states = async () =>
      Promise.all([first, second].map(async ({ alert }) => (await statusOf(family, alert)).state))
    await expect.poll(states).toEqual(['open', 'open'])
  })

  test('survives a new service worker that comes while it waits, and is sent once', async ({ phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    await serviceWorkerReady(page)
    await page.route('**/api/**', (route) => route.abort())
    await context.route('**/api/**', (route) => route.abort())
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    // Another address is another worker for the browser: it installs beside the old one, and waits for it to go.
    await page.evaluate(() => navigator.serviceWorker.register('/sw.js?another').then(() => undefined))
    await page.evaluate(async () => {
      for (let tries = 0; tries < 600; tries += 1) {
        const registration = await navigator.serviceWorker.getRegistration()
        if (registration?.waiting) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error('the new worker did not come')
    })
    await page.close()
    await context.unroute('**/api/**')
    const next = await context.newPage()
    await next.goto('/')
    await heading(next, es.app('alert.open')).waitFor()
    await later(QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toHaveLength(1)
  })

  test('that is not sent offers a text message and a call first, which need no internet', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    await setUp(page, place)
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    const sms = page.locator('a[href^="sms:"]')
    const text = decodeURIComponent((await sms.getAttribute('href'))!)
    expect(text.startsWith('sms:?&body=')).toBe(true)
    expect(text).toMatch(/\(844\) 363-1423/)
    expect(await page.locator('a[href^="tel:"]').count()).toBe(1)
    await context.setOffline(false)
    await heading(page, es.app('alert.open')).waitFor()
    expect(await sms.count()).toBe(0)
  })
})
