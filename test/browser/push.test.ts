import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import pushEs from '../../src/i18n/messages/push/es.json'
import type { PushTarget } from '../../src/protocol/channel.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { newVapidKeys } from '../support/push-rules.ts'
import { button, heading } from './support/hands.ts'
import { joinService } from './support/join-service.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { pushLost } from './support/push-lost.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** No test reaches a push service: the browser's own subscription is replaced by one that is known here. */
const subscribesTo = async (
  page: Page,
  target: PushTarget,
  permission: 'granted' | 'denied',
): Promise<void> => {
  await page.addInitScript(
    ({ endpoint, p256dh, auth, permission: answer }) => {
      const asked = globalThis as { askedForPermission?: number }
      asked.askedForPermission = 0
      let current: NotificationPermission = 'default'
      Object.defineProperty(Notification, 'permission', { get: () => current })
      Notification.requestPermission = async () => {
        asked.askedForPermission = (asked.askedForPermission ?? 0) + 1
        current = answer
        return answer
      }
      let subscription: PushSubscription | null = null
      PushManager.prototype.getSubscription = async () => subscription
      PushManager.prototype.subscribe = async (options) => {
        subscription = {
          options: { applicationServerKey: options?.applicationServerKey },
          toJSON: () => ({ endpoint, keys: { p256dh: `${p256dh}=`, auth: `${auth}==` } }),
        } as unknown as PushSubscription
        return subscription
      }
    },
    { ...target, permission },
  )
}
const askedFor = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => (globalThis as { askedForPermission?: number }).askedForPermission)

const TARGET: PushTarget = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
  p256dh: `BA${'A'.repeat(85)}`,
  auth: 'A'.repeat(22),
}

const serviceThatPushes = async (context: BrowserContext) => {
  const service = await joinService(context)
  const { publicKey } = await newVapidKeys()
  service.host = { ...service.host, push: publicKey, channels: ['email', 'push'] }
  return service
}

const toForm = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await button(page, es.join('invited.next')).click()
  await heading(page, es.join('form.title')).waitFor()
}

describe.concurrent('notifications', () => {
  test('are turned on at a tap and not before, and alone are enough to accept with', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, TARGET, 'granted')
    const service = await serviceThatPushes(context)
    const one = service.invite()
    await toForm(page, one.link)
    await page.getByText(es.join('form.none'), { exact: true }).click()
    await button(page, es.join('push.turn-on')).waitFor()
    expect(await askedFor(page)).toBe(0)
    await button(page, es.join('push.turn-on')).click()
    await page.getByText(es.join('push.on')).waitFor()
    expect(one.state).toBe('invited')
    await page.getByText(es.join('form.none.other')).waitFor()
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('accepted.push.soon', { name: 'Ana María' })).waitFor()
    expect(one.said()).toEqual({ v: 1, language: 'es', email: null, sms: null, push: TARGET })
    expect(one.codesTo).toEqual([])
    one.takenOver()
    await page.reload()
    await page.getByText(es.join('accepted.push'), { exact: false }).waitFor()
  })

  test('that this browser has lost are missed by its page, and are back after one tap', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, TARGET, 'granted')
    const service = await serviceThatPushes(context)
    const one = service.invite()
    await toForm(page, one.link)
    await page.getByText(es.join('form.none'), { exact: true }).click()
    await button(page, es.join('push.turn-on')).click()
    await page.getByText(es.join('push.on')).waitFor()
    await button(page, es.join('form.accept')).click()
    await heading(page, es.join('accepted.title')).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText(pushLost('lost')).count()).toBe(0)
    one.takenOver()

    const anew = { ...TARGET, endpoint: 'https://fcm.googleapis.com/fcm/send/anew' }
    await subscribesTo(page, anew, 'granted')
    await page.reload()
    await page.getByText(pushLost('lost')).waitFor()
    expect(await askedFor(page)).toBe(0)
    await button(page, pushLost('here')).click()
    await page.getByText(es.join('accepted.push.soon', { name: 'Ana María' })).waitFor()
    expect(one.said()).toEqual({ v: 1, language: 'es', email: null, sms: null, push: anew })
    expect(await page.getByText(pushLost('lost')).count()).toBe(0)
  })

  test('come beside the mail, also where the phone drops the tab before the code', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, TARGET, 'granted')
    const service = await serviceThatPushes(context)
    const one = service.invite()
    await toForm(page, one.link)
    await button(page, es.join('push.turn-on')).click()
    await page.getByText(es.join('push.on')).waitFor()
    await button(page, es.join('form.code')).click()
    // Only a code that the service has taken on is remembered: a tab that goes before the answer asks again.
    await page.locator('#code').waitFor()
    await page.reload()
    await page.locator('#code').fill(one.code!)
    await button(page, es.join('form.accept')).click()
    await heading(page, es.join('accepted.title')).waitFor()
    expect(one.said()).toMatchObject({ email: 'rosa@example.com', push: TARGET })
  })

  test('that were refused are said to be blocked, and nothing is accepted by it', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, TARGET, 'denied')
    const service = await serviceThatPushes(context)
    const one = service.invite()
    await toForm(page, one.link)
    await button(page, es.join('push.turn-on')).click()
    await page.getByText(es.join('push.blocked')).first().waitFor()
    await page.getByText(es.join('form.none'), { exact: true }).click()
    await button(page, es.join('form.accept')).click()
    await heading(page, es.join('accepted.title')).waitFor()
    expect(one.said()?.push).toBeNull()
  })

  test('over a push service that this host does not call are not offered as if they worked', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, { ...TARGET, endpoint: 'https://push.example.org/a' }, 'granted')
    const service = await serviceThatPushes(context)
    const one = service.invite()
    await toForm(page, one.link)
    await button(page, es.join('push.turn-on')).click()
    await page.getByText(es.join('push.other')).waitFor()
    expect(one.said()).toBeNull()
  })

  test('on an iPhone’s browser are explained and not asked for', async ({ expect, phone }) => {
    const { context, page } = await phone({ userAgent: IPHONE })
    const service = await serviceThatPushes(context)
    await toForm(page, service.invite().link)
    await page.getByText(es.join('push.install')).waitFor()
    expect(await button(page, es.join('push.turn-on')).count()).toBe(0)
  })

  test('are not spoken of where the host has none', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const asked = page.waitForResponse(`**${ROUTES.host}`)
    await toForm(page, service.invite().link)
    await asked
    expect(await page.getByText(es.join('push.title')).count()).toBe(0)
  })
})

describe('a push that comes', () => {
  test('is shown by the service worker, in the words that came with the app', async ({ expect, phone }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await page.goto('/join')
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js')
      await navigator.serviceWorker.ready
    })
    const cdp = await context.newCDPSession(page)
    const registered = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations
        if (first !== undefined) resolve(first.registrationId)
      })
    })
    await cdp.send('ServiceWorker.enable')
    // A headless browser has no screen to show it on: what would be shown is noted there.
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
    await worker.evaluate(() => {
      const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; shown?: unknown }
      scope.registration.showNotification = async (title, options) => {
        scope.shown = [title, options?.body]
      }
    })
    const data = JSON.stringify({ v: 1, kind: 'alert', language: 'es', mark: 'A'.repeat(22) })
    await cdp.send('ServiceWorker.deliverPushMessage', {
      origin: place.origin,
      registrationId: await registered,
      data,
    })
    const shown = () => worker.evaluate(() => (globalThis as { shown?: unknown }).shown)
    await expect.poll(shown).toEqual([pushEs['alert.title'], pushEs['alert.body']])
  })
})
