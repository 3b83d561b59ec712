import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { linkPresserSecretOf, pressKeyOf } from '../../src/crypto/presser.ts'
import pressersEs from '../../src/i18n/messages/pressers/es.json' with { type: 'json' }
import toldEs from '../../src/i18n/messages/told/es.json' with { type: 'json' }
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { PushTarget } from '../../src/protocol/channel.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { listen } from '../support/listen.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button } from './support/hands.ts'
import { mailsTo, newAddress, openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

/** A card presses while the owner's app is closed, and her phone says so. */
const push = new PushRules()
let place: Place
let hostKey: string
let service: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  service = await listen((request) => {
    const { pathname } = new URL(request.url)
    return push.answer(`https:/${pathname}`, request)
  })
  const keys = await newVapidKeys()
  hostKey = keys.publicKey
  place = await openPlace({
    settings: {
      VAPID_PUBLIC_KEY: keys.publicKey,
      VAPID_PRIVATE_KEY: keys.privateKey,
      PUSH_BASE_URL: service.url,
      // A push service asks for an address that is one (RFC 8292).
      AMPARO_ORIGIN: 'https://amparo.example',
    },
  })
})
afterAll(async () => {
  await place?.close()
  await service?.close()
})
const test = testAt(() => place)

/** No test reaches a push service: the browser's own subscription is one that is known here. */
const subscribesTo = (page: Page, target: PushTarget, permission: 'granted' | 'denied'): Promise<unknown> =>
  page.addInitScript(
    ({ endpoint, p256dh, auth, answer, key }) => {
      let current: NotificationPermission = 'default'
      Object.defineProperty(Notification, 'permission', { get: () => current })
      Notification.requestPermission = async () => {
        current = answer
        return answer
      }
      const padded = key.replaceAll('-', '+').replaceAll('_', '/')
      const hostKeyBytes = Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0)).buffer
      const subscription = {
        toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
        options: { applicationServerKey: hostKeyBytes },
      } as unknown as PushSubscription
      let made = false
      PushManager.prototype.getSubscription = async () => (made ? subscription : null)
      PushManager.prototype.subscribe = async () => {
        made = true
        return subscription
      }
    },
    { ...target, answer: permission, key: hostKey },
  )

const CARD_MS = 600_000
/** As whoever has found the card. */
const pressCard = async ({ document, press: { vault } }: Family): Promise<void> => {
  const card = document.pressers.find(({ kind }) => kind === 'card')
  if (card === undefined) throw new Error('no card')
  const secret = linkPresserSecretOf(fromText(card.secret), fromText(vault), fromText(card.id))
  const key = toText(pressKeyOf(secret, fromText(vault)))
  const body = { vault, key, alert: toText(crypto.getRandomValues(new Uint8Array(16))), ageMs: 0 }
  const response = await fetch(place.origin + ROUTES.press, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, practice: false }),
  })
  if (!response.ok) throw new Error('the card pressed nothing')
}
const endpointsOf = async ({ root }: Family) =>
  (await askAsOwner(place.origin, root, ROUTES.told, { set: null })).endpoints

describe('an owner who wants to be told', () => {
  test('of a card’s press gets a notification that names nobody, and stops the press in time', async ({
    phone,
  }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    const target = await push.subscribe(hostKey)
    await subscribesTo(page, target, 'granted')
    const email = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email }], card: { delayMs: CARD_MS } })
    await page.goto('/#/told')
    await button(page, toldEs['turn-on']).click()
    await page.getByText(toldEs.on).waitFor()
    expect(await endpointsOf(family)).toEqual([target.endpoint])
    await page.goto('/robots.txt')
    await pressCard(family)
    await expect.poll(() => push.to(target).length).toBe(1)
    const payload = push.to(target)[0]?.payload as object
    expect(payload).toMatchObject({ v: 1, kind: 'waiting', language: 'es' })
    expect(Object.keys(payload)).toHaveLength(4)
    await page.goto('/#/pressers')
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('stopped')).waitFor()
    const listed = await askAsOwner(place.origin, family.root, ROUTES.presses)
    expect(listed.presses).toMatchObject([{ state: 'cancelled' }])
    expect(await mailsTo(place.server, email)).toEqual([])
  })

  test('takes it back, and the service forgets where', async ({ phone }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, await push.subscribe(hostKey), 'granted')
    const family = await setUp(page, place)
    await page.goto('/#/told')
    await button(page, toldEs['turn-on']).click()
    await button(page, toldEs['turn-off']).click()
    await button(page, toldEs['turn-on']).waitFor()
    expect(await endpointsOf(family)).toEqual([])
  })

  test('who takes a phone away has it told of nothing any more, and is told where the service did not hear of it', async ({
    phone,
  }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    const target = await push.subscribe(hostKey)
    await subscribesTo(page, target, 'granted')
    const family = await setUp(page, place, { otherPhone: 'El viejo' })
    await page.goto('/#/told')
    await button(page, toldEs['turn-on']).click()
    await page.getByText(toldEs.on).waitFor()
    const lost = await push.subscribe(hostKey)
    const turnOn = { kind: 'on', push: lost, language: 'es' }
    await askAsOwner(place.origin, family.root, ROUTES.told, { set: turnOn })
    expect(await endpointsOf(family)).toEqual([target.endpoint, lost.endpoint])
    const other = family.document.pressers.find(({ label }) => label === 'El viejo')
    await page.route(`**${ROUTES.told}`, (route) => route.abort())
    await page.goto(`/#/pressers/${other?.id}`)
    await button(page, pressersEs['revoke.phone']).click()
    await button(page, pressersEs['revoke.yes']).click()
    await page.getByText(pressersEs['gone.told']).waitFor()
    await page.unroute(`**${ROUTES.told}`)
    await page.getByText(pressersEs['gone.told']).click()
    await button(page, toldEs.none).click()
    await expect.poll(() => endpointsOf(family)).toEqual([])
  })

  test('and keeps being told itself', async ({ phone }) => {
    const { page } = await phone({ serviceWorkers: 'allow' })
    const target = await push.subscribe(hostKey)
    await subscribesTo(page, target, 'granted')
    const family = await setUp(page, place, { otherPhone: 'El viejo' })
    await page.goto('/#/told')
    await button(page, toldEs['turn-on']).click()
    await page.getByText(toldEs.on).waitFor()
    const turnOn = { kind: 'on', push: await push.subscribe(hostKey), language: 'es' }
    await askAsOwner(place.origin, family.root, ROUTES.told, { set: turnOn })
    const other = family.document.pressers.find(({ label }) => label === 'El viejo')
    await page.goto(`/#/pressers/${other?.id}`)
    await button(page, pressersEs['revoke.phone']).click()
    await page.getByText(pressersEs['revoke.phone.told']).waitFor()
    await button(page, pressersEs['revoke.yes']).click()
    await page.getByText(pressersEs.gone).waitFor()
    await expect.poll(() => endpointsOf(family), { timeout: 20_000 }).toEqual([target.endpoint])
  })

  test('is not said to be told where the phone or the service says no', async ({ phone }) => {
    const { page, context } = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(page, await push.subscribe(hostKey), 'denied')
    await setUp(page, place)
    await page.goto('/#/told')
    await button(page, toldEs['turn-on']).click()
    await page.getByText(toldEs.blocked).first().waitFor()
    expect(await page.getByText(toldEs.on).count()).toBe(0)
    const other = await phone({ serviceWorkers: 'allow' })
    await subscribesTo(other.page, await push.subscribe(hostKey), 'granted')
    await setUp(other.page, place)
    await other.page.goto('/#/told')
    await button(other.page, toldEs['turn-on']).waitFor()
    await other.page.route(`**${ROUTES.told}`, (route) => route.abort())
    await button(other.page, toldEs['turn-on']).click()
    await other.page.getByText(es.setup('trouble.no-line')).waitFor()
    expect(await other.page.getByText(toldEs.on).count()).toBe(0)
    await context.close()
  })
})
