import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import type { QueuedPress } from '../../src/queue/press-queue.ts'
import { askAsOwner, phoneKeeps, putRecords, setUp } from './support/family.ts'
import { button, heading, hold, holdFor, serviceWorkerReady, walkWizard } from './support/hands.ts'
import { later, mailsTo, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

/** Longer than delay and mailroom take together: who has no mail by then gets none. */
const QUIET_MS = 4_000
/** A countdown that a slow machine sees, and in which it can still do something. */
const COUNTED_MS = 15_000

const pressesOf = async (page: Page): Promise<QueuedPress[]> =>
  ((await phoneKeeps(page)).presses ?? []) as QueuedPress[]

const breakIndexedDb = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('broken', 'UnknownError')
    }
  })
const takeAway = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
    Object.defineProperty(navigator, 'serviceWorker', { value: undefined })
  })
/** From now on this page's IndexedDB takes nothing. */
const fillIndexedDb = (): void => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
}
const fillLocalStorage = (): void => {
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
}

describe.concurrent('the hold', () => {
  test('of two seconds tells every contact, and the screen says sent only then', async ({ phone }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    const [rosa, jose] = [newAddress('rosa'), newAddress('jose')]
    await setUp(page, place, { contacts: [{ email: rosa }, { email: jose }], delayMs: COUNTED_MS })
    await hold(page)
    await heading(page, es.app('alert.counting')).waitFor()
    expect(await mailsTo(place.server, rosa)).toEqual([])
    await heading(page, es.app('alert.open')).waitFor()
    await page.getByText(es.app('row.sent', { count: 2, contacts: 2 })).waitFor()
    expect(await mailsTo(place.server, rosa)).toHaveLength(1)
    expect(await mailsTo(place.server, jose)).toHaveLength(1)
  })

  test('that is too short presses nothing', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place)
    await holdFor(page, 300)
    await later(2_500)
    expect(await page.locator('.hold').isVisible()).toBe(true)
    expect(await pressesOf(page)).toEqual([])
  })

  test('that slips off to another window presses nothing', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place)
    await page.locator('.hold').focus()
    await page.keyboard.down('Space')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await later(2_500)
    expect(await pressesOf(page)).toEqual([])
  })

  test('of the space bar presses', async ({ phone }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    await page.locator('.hold').focus()
    await page.keyboard.down('Space')
    await page.locator('.hold').waitFor({ state: 'detached' })
    await page.keyboard.up('Space')
    await waitForMails(place.server, rosa)
  })

  test('goes on where the page moves the focus under the finger', async ({ phone }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    await page.locator('.hold').hover()
    await page.mouse.down()
    await page.evaluate(() => document.querySelector('h1')?.focus())
    await page.locator('.hold').waitFor({ state: 'detached' })
    await page.mouse.up()
    await waitForMails(place.server, rosa)
  })

  test('of the space bar for a moment presses nothing, however often', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place)
    await page.locator('.hold').focus()
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Space', { delay: 150 })
    await later(2_500)
    expect(await pressesOf(page)).toEqual([])
  })

  test('is replaced for a screen reader by two activations, the first of which presses nothing', async ({
    phone,
  }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    const activate = () => page.locator('.hold').evaluate((element) => (element as HTMLElement).click())
    await activate()
    await page.locator('.hold').getByText(es.app('hold.again')).waitFor()
    expect(await pressesOf(page)).toEqual([])
    await activate()
    await waitForMails(place.server, rosa)
  })
})

describe.concurrent('a press goes out', () => {
  test('although its page is closed one second after the hold', async ({ phone }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }], delayMs: 5_000 })
    const received = page.waitForResponse(`**${ROUTES.press}`)
    await hold(page)
    await Promise.all([received, later(1_000)])
    await page.close()
    await waitForMails(place.server, rosa)
  })

  test('although the whole browser is gone one second after the hold', async ({ phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }], delayMs: 5_000 })
    const received = page.waitForResponse(`**${ROUTES.press}`)
    await hold(page)
    await Promise.all([received, later(1_000)])
    await context.close()
    await waitForMails(place.server, rosa)
  })

  test('once, although two tabs and the service worker all send it', async ({ phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    const [rosa, jose] = [newAddress('rosa'), newAddress('jose')]
    await setUp(page, place, { contacts: [{ email: rosa }, { email: jose }] })
    await serviceWorkerReady(page)
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    const other = await context.newPage()
    await other.goto('/')
    await heading(other, es.app('alert.stored')).waitFor()
    await context.setOffline(false)
    await heading(page, es.app('alert.open')).waitFor()
    await heading(other, es.app('alert.open')).waitFor()
    await waitForMails(place.server, rosa)
    await later(QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toHaveLength(1)
    expect(await mailsTo(place.server, jose)).toHaveLength(1)
  })

  test('only after a captive portal has gone, whose page is not taken for an answer', async ({ phone }) => {
    const { context, page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    const portal = '<!doctype html><title>Free Wi-Fi</title><p>Please accept our terms.'
    await context.route('**/api/v1/**', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: portal }),
    )
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    await page.getByText(es.app('alert.stored.more')).waitFor()
    await later(QUIET_MS)
    expect(await heading(page, es.app('alert.stored')).isVisible()).toBe(true)
    expect(await mailsTo(place.server, rosa)).toEqual([])
    await context.unroute('**/api/v1/**')
    await waitForMails(place.server, rosa)
    await heading(page, es.app('alert.open')).waitFor()
  })

  test('from a second tab while an alert is open, as part of that alert', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const rosa = newAddress('rosa')
    const { root } = await setUp(page, place, { contacts: [{ email: rosa }] })
    const other = await context.newPage()
    await other.goto('/')
    await other.locator('.hold').waitFor()
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    await other.bringToFront()
    await hold(other)
    // Received, and not said to be sent: that the first one was does not make it true of this one.
    await heading(other, es.app('alert.open.unsent')).waitFor()
    await later(QUIET_MS)
    const { alerts } = (await askAsOwner(place.origin, root, ROUTES.alerts)) as { alerts: AlertSummary[] }
    // A wave comes no sooner than ten minutes after the last; until then it waits in the open alert.
    expect(alerts).toMatchObject([{ state: 'open', waves: 1 }])
    const states = async () => (await pressesOf(page)).map(({ answer }) => answer?.state)
    await expect.poll(states).toEqual(['open', 'open'])
  })
})

describe.concurrent('a press that is taken back', () => {
  test('while it counts tells nobody', async ({ phone }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }], delayMs: COUNTED_MS })
    await hold(page)
    await heading(page, es.app('alert.counting')).waitFor()
    await button(page, es.app('alert.cancel')).click()
    await heading(page, es.app('alert.cancelled')).waitFor()
    await later(COUNTED_MS + QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toEqual([])
    await button(page, es.app('alert.back')).click()
    await page.locator('.hold').waitFor()
  })

  test('without a line never goes out, and is not called cancelled before the service said so', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    await button(page, es.app('alert.cancel')).click()
    await heading(page, es.app('alert.cancelling')).waitFor()
    await context.setOffline(false)
    await heading(page, es.app('alert.cancelled')).waitFor()
    await later(QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toEqual([])
  })

  test('too late is told so, and not that nobody heard of it', async ({ phone }) => {
    const { context, page } = await phone()
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }], delayMs: COUNTED_MS })
    await hold(page)
    await heading(page, es.app('alert.counting')).waitFor()
    await context.setOffline(true)
    await button(page, es.app('alert.cancel')).click()
    await waitForMails(place.server, rosa)
    await context.setOffline(false)
    await page.getByText(es.app('alert.too-late')).waitFor()
    expect(await heading(page, es.app('alert.cancelled')).isVisible()).toBe(false)
  })
})

describe.concurrent('a phone that the service no longer knows', () => {
  test('says that the alert did not go out, and whom to call', async ({ phone }) => {
    const { page } = await phone()
    const rosa = newAddress('rosa')
    const { root } = await setUp(page, place, { contacts: [{ email: rosa }] })
    expect(await askAsOwner(place.origin, root, ROUTES.delete)).toEqual({ ok: true })
    await hold(page)
    await heading(page, es.app('alert.dead')).waitFor()
    await page.getByText(es.app('alert.dead.more')).waitFor()
    expect(await page.locator('a[href^="tel:"]').count()).toBe(1)
    await later(QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toEqual([])
  })
})

describe.concurrent('a phone whose storage fails', () => {
  test('sets up and presses through localStorage where IndexedDB and service worker are missing', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    await takeAway(context)
    const rosa = newAddress('rosa')
    await page.goto('/')
    await walkWizard(page, es, { owner: 'Ana María', name: 'Rosa', email: rosa, word: 'Jacaranda azul' })
    await page.locator('.hold').waitFor()
    await page.goto('/#/')
    await page.reload()
    await page.locator('.hold').waitFor()
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto('/')
    await waitForMails(place.server, rosa)
    await heading(again, es.app('alert.open')).waitFor()
  })

  test('presses through localStorage where IndexedDB does not open', async ({ phone }) => {
    const { context, page } = await phone()
    await breakIndexedDb(context)
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }], inLocalStorage: true })
    await hold(page)
    await waitForMails(place.server, rosa)
  })

  test('sends from memory where it is full, and says that the page must stay open', async ({ phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    const rosa = newAddress('rosa')
    await setUp(page, place, { contacts: [{ email: rosa }] })
    await page.evaluate(fillIndexedDb)
    await page.evaluate(fillLocalStorage)
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.memory')).waitFor()
    await page.getByText(es.app('alert.memory.more')).waitFor()
    await context.setOffline(false)
    await waitForMails(place.server, rosa)
    await heading(page, es.app('alert.open')).waitFor()
  })

  test('keeps a press in localStorage where IndexedDB is full, also beside older presses', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    const rosa = newAddress('rosa')
    const { press } = await setUp(page, place, { contacts: [{ email: rosa }] })
    const old: QueuedPress = {
      vault: press.vault,
      key: press.key,
      alert: 'A'.repeat(22),
      practice: true,
      heldAt: Date.now() - 3 * 86_400_000,
      cancelled: false,
      state: 'received',
      answer: {
        ok: true,
        state: 'cleared',
        practice: true,
        pressedAt: 1,
        receivedAt: 1,
        releaseInMs: 0,
        heldUntil: null,
        counts: { contacts: 0, waiting: 0, sent: 0, delivered: 0, refused: 0, opened: 0, onIt: 0 },
      },
    }
    await putRecords(page, { presses: [old] })
    await context.addInitScript(fillIndexedDb)
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await context.setOffline(true)
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto('/')
    await waitForMails(place.server, rosa)
  })
})
