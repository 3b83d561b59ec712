import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { newId, newKey } from '../../src/client/vault/random.ts'
import { openDocument } from '../../src/crypto/document.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openSituation } from '../../src/crypto/situation.ts'
import checkinsEn from '../../src/i18n/messages/checkins/en.json' with { type: 'json' }
import checkinsEs from '../../src/i18n/messages/checkins/es.json' with { type: 'json' }
import { type Translate, translator } from '../../src/i18n/translate.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { CheckInSummary } from '../../src/protocol/check-in.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { AlertsAnswer, OpenAnswer } from '../../src/protocol/vault.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button, heading } from './support/hands.ts'
import { enterPin, setPin } from './support/pin.ts'
import { later, mailsTo, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { commit } from './support/pressers.ts'

import { es as words } from './support/texts.ts'

/** Check-ins on the owner's phone, against the real service: its clock moves on while it is down. */
type Texts = { checkins: Translate<keyof typeof checkinsEn> }
const en: Texts = { checkins: translator('en', checkinsEn, compileMessage) }
const es: Texts = { checkins: translator('es', checkinsEs, compileMessage) }

const HOUR_MS = 3_600_000
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const arm = async (page: Page, texts: Texts): Promise<void> => {
  await page.goto('/#/check-ins')
  await button(page, texts.checkins('new')).click()
  await button(page, texts.checkins('arm')).click()
  await heading(page, texts.checkins('title')).waitFor()
  await button(page, texts.checkins('well')).waitFor()
}
const listed = async ({ root }: Family): Promise<CheckInSummary[]> =>
  (await askAsOwner(place.origin, root, ROUTES.checkIns, { key: null })).checkIns as CheckInSummary[]

/** What was said of the presses of the last alert, as the family opens it. */
const placesOf = async ({ root, document }: Family): Promise<(string | null | undefined)[]> => {
  const { alerts } = AlertsAnswer.parse(await askAsOwner(place.origin, root, ROUTES.alerts))
  const situation = fromText(document.situation)
  return (alerts[0]?.presses ?? []).flatMap(({ presser, pressedAt, said }) => {
    if (said === null) return []
    const [id, sealed] = [fromText(presser), fromText(said.sealed)]
    return [openSituation(situation, vaultIdOf(root), id, pressedAt, sealed)?.place]
  })
}

const passes = async (ms: number): Promise<void> => {
  await place.server.kill()
  await place.server.restart(place.server.now() + ms)
}

describe('a check-in', () => {
  test('that nobody answers alerts the family with every browser of the owner closed, and through a restart of the service', async ({
    phone,
  }) => {
    const { page, context } = await phone()
    const rosa = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email: rosa }] })
    await arm(page, es)
    await context.close()
    await passes(2 * HOUR_MS)
    expect(await listed(family)).toMatchObject([{ state: 'armed' }])
    expect(await mailsTo(place.server, rosa)).toHaveLength(0)
    await passes(HOUR_MS)
    // Nobody asks for anything of hers: the service's own alarm has to ring.
    const [mail] = await waitForMails(place.server, rosa)
    expect(mail!.subject).toContain('no avisó que está bien')
    expect(await listed(family)).toMatchObject([{ state: 'pressed' }])
  })

  test('is given more time, and ended by a word that she is well, in a tap each; the button’s page tells of it', async ({
    phone,
  }) => {
    const { page } = await phone({ language: 'en' })
    const family = await setUp(page, place, { contacts: [{}] })
    await arm(page, en)
    const [before] = await listed(family)
    await button(page, en.checkins('extend.by', { minutes: 30 })).click()
    await expect.poll(async () => (await listed(family))[0]?.dueAt).toBe(before!.dueAt + HOUR_MS / 2)
    await page.goto('/')
    await page.reload()
    await page.getByText(/Check-in: say that you are well by/).click()
    await button(page, en.checkins('well')).click()
    await page.getByText(en.checkins('nothing')).waitFor()
    expect(await listed(family)).toEqual([])
  })

  test('on a phone with a PIN is armed without it; more time, a place and its end are behind it', async ({
    phone,
  }) => {
    const { page, context } = await phone()
    const rosa = newAddress('rosa')
    const family = await setUp(page, place, { contacts: [{ email: rosa }] })
    await arm(page, es)
    const [{ dueAt } = { dueAt: 0 }] = await listed(family)
    await setPin(page)
    await page.goto('/robots.txt')
    await page.goto('/#/check-ins')
    await button(page, es.checkins('new')).click()
    await page.getByRole('link', { name: es.checkins('place.locked') }).waitFor()
    expect(await page.locator('#place').count()).toBe(0)
    await button(page, es.checkins('arm')).click()
    await heading(page, es.checkins('title')).waitFor()
    await expect.poll(async () => (await listed(family)).length).toBe(2)

    const more = button(page, es.checkins('extend.by', { minutes: 30 })).first()
    for (const word of [more, button(page, es.checkins('well')).first()]) {
      await word.click()
      await heading(page, words.pin('unlock.title')).waitFor()
      await page.goto('/#/check-ins')
      await word.waitFor()
    }
    expect((await listed(family)).map((one) => one.dueAt)).toContain(dueAt)
    expect(await listed(family)).toHaveLength(2)

    await button(page, es.checkins('new')).click()
    await page.getByRole('link', { name: es.checkins('place.locked') }).click()
    await enterPin(page)
    await page.locator('#place').fill('Juzgado, sala 7')
    await button(page, es.checkins('arm')).click()
    await heading(page, es.checkins('title')).waitFor()
    await expect.poll(async () => (await listed(family)).length).toBe(3)
    await more.click()
    await expect
      .poll(async () => (await listed(family)).map((one) => one.dueAt))
      .toContain(dueAt + HOUR_MS / 2)
    await button(page, es.checkins('well')).first().click()
    await expect.poll(async () => (await listed(family)).length).toBe(2)

    await page.close()
    await passes(4 * HOUR_MS)
    await expect.poll(() => placesOf(family)).toEqual(['Juzgado, sala 7'])

    const back = await context.newPage()
    await back.goto('/#/check-ins')
    const over = async (): Promise<void> => {
      await button(back, es.checkins('over')).first().click()
      await button(back, es.checkins('over.yes')).click()
    }
    await over()
    await enterPin(back)
    await over()
    await back.getByText(es.checkins('over.done')).waitFor()
    const { alerts } = AlertsAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.alerts))
    expect(alerts.map(({ state }) => state)).toEqual(['cleared'])
  })

  test('is not said to be answered before the service has answered, and is when the line is back', async ({
    phone,
  }) => {
    const { page, context } = await phone()
    const family = await setUp(page, place, { contacts: [{}] })
    await arm(page, es)
    await context.setOffline(true)
    await button(page, es.checkins('well')).click()
    await page.getByText(/Todavía no se pudo decir/).waitFor()
    expect(await listed(family)).toMatchObject([{ state: 'armed' }])
    await context.setOffline(false)
    await page.getByText(es.checkins('nothing')).waitFor()
    expect(await listed(family)).toEqual([])
  })

  test('that is armed while the app puts a new key in the place of a used one stays armed', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{}] })
    await arm(page, es)
    await button(page, es.checkins('well')).click()
    await page.getByText(es.checkins('nothing')).waitFor()
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route(`**${ROUTES.commit}`, (route) => held.then(() => route.continue()))
    const rolling = page.waitForRequest(`**${ROUTES.commit}`)
    await page.reload()
    await rolling
    const rolled = page.waitForResponse(`**${ROUTES.commit}`)
    const armed = page.waitForResponse(`**${ROUTES.checkInArm}`)
    await button(page, es.checkins('new')).click()
    await button(page, es.checkins('arm')).click()
    // As soon as it is armed, or after a while in which it waits for the new key.
    await Promise.race([armed, later(2_000)])
    goOn()
    await Promise.all([armed, rolled])
    await button(page, es.checkins('well')).waitFor()
    expect(await listed(family)).toMatchObject([{ state: 'armed' }])
  })
  test('that another phone arms while this one puts a new key in the place of a used one stays armed, and is shown', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{}] })
    const asked = page.waitForRequest(`**${ROUTES.checkInArm}`)
    await arm(page, es)
    const body = (await asked).postDataJSON()
    await button(page, es.checkins('well')).click()
    await page.getByText(es.checkins('nothing')).waitFor()
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route(`**${ROUTES.commit}`, (route) => held.then(() => route.continue()))
    const rolling = page.waitForRequest(`**${ROUTES.commit}`)
    await page.reload()
    await rolling
    const rolled = page.waitForResponse(`**${ROUTES.commit}`)
    await page.request.post(ROUTES.checkInArm, { data: { ...body, checkIn: newId() } })
    goOn()
    expect(await (await rolled).json()).toEqual({ error: 'armed' })
    await page.reload()
    await button(page, es.checkins('well')).waitFor()
    expect(await listed(family)).toMatchObject([{ state: 'armed' }])
  })

  test('with a key that another phone has replaced: a locked phone shows none as running, and with the PIN what runs', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{}] })
    const asked = page.waitForRequest(`**${ROUTES.checkInArm}`)
    await arm(page, es)
    const body = (await asked).postDataJSON()
    await button(page, es.checkins('well')).click()
    await page.getByText(es.checkins('nothing')).waitFor()
    await setPin(page)
    const stored = OpenAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.open))
    const document = openDocument(family.root, stored.version, fromText(stored.document))!
    const fresh = document.pressers.map((one) =>
      one.kind === 'check-in' ? { ...one, id: newId(), secret: newKey() } : one,
    )
    await commit(place, family, document, stored.version, { ...document, pressers: fresh })
    const { secret } = fresh.find(({ kind }) => kind === 'check-in')!
    const key = toText(pressKeyOf(fromText(secret), vaultIdOf(family.root)))
    await page.request.post(ROUTES.checkInArm, { data: { ...body, key, checkIn: newId() } })
    await page.goto('/robots.txt')
    await page.goto('/#/check-ins')
    await page.getByText(es.checkins('changed')).waitFor()
    expect(await button(page, es.checkins('well')).count()).toBe(0)
    await page.getByRole('link', { name: es.checkins('changed.open') }).click()
    await enterPin(page)
    await button(page, es.checkins('well')).waitFor()
  })
})
