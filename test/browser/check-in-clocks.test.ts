import { compileMessage } from '@lingui/message-utils/compileMessage'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { newId } from '../../src/client/vault/random.ts'
import checkinsEn from '../../src/i18n/messages/checkins/en.json' with { type: 'json' }
import { translator } from '../../src/i18n/translate.ts'
import type { CheckInSummary } from '../../src/protocol/check-in.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button } from './support/hands.ts'
import {
  letterLink,
  mailsTo,
  newAddress,
  openPlace,
  type Place,
  testAt,
  waitForMails,
} from './support/place.ts'
import { es } from './support/texts.ts'

/**
 * A check-in at 14:00 in New York, on the weekend on which the clocks change: the real service, whose clock moves while it is down. 15 minutes
 * of grace are the form's own choice.
 */
const texts = translator('en', checkinsEn, compileMessage)
const ZONE = 'America/New_York'
const HOUR_MS = 3_600_000
const GRACE_MS = 900_000
const LETTER = 'Las llaves están con la vecina.'

/** `saturday`: 09:00, before the change; `sunday`: 14:00, after it; `day`: that Sunday, as the app writes it. */
type Weekend = { saturday: number; sunday: number; day: string }
/** From EDT (UTC-4) to EST (UTC-5). */
const FALL: Weekend = {
  saturday: Date.UTC(2026, 9, 31, 13),
  sunday: Date.UTC(2026, 10, 1, 19),
  day: 'November 1',
}
/** And back. */
const SPRING: Weekend = {
  saturday: Date.UTC(2027, 2, 13, 14),
  sunday: Date.UTC(2027, 2, 14, 18),
  day: 'March 14',
}

let place: Place
beforeAll(async () => {
  place = await openPlace({ clock: FALL.saturday })
})
afterAll(() => place?.close())
const test = testAt(() => place)

/** The service dies, and is back when its clock shows `at`. */
const diesUntil = async (at: number): Promise<void> => {
  await place.server.kill()
  await place.server.restart(at)
}
const listed = async ({ root }: Family): Promise<CheckInSummary[]> =>
  (await askAsOwner(place.origin, root, ROUTES.checkIns, { key: null })).checkIns as CheckInSummary[]

/** Armed for Saturdays and Sundays on a Saturday morning; she says that she is well that day, and never again. */
const armedOver = async (
  { saturday, sunday, day }: Weekend,
  email: string,
  phone: Place['phone'],
): Promise<Family> => {
  const { page, context } = await phone({ language: 'en', timezoneId: ZONE })
  await page.clock.install({ time: saturday })
  const family = await setUp(page, place, { contacts: [{ email, text: LETTER }], zone: ZONE })
  await page.goto('/#/check-ins')
  await button(page, texts('new')).click()
  await page.getByRole('radio', { name: texts('when.weekly') }).check()
  for (const name of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await page.getByRole('checkbox', { name }).uncheck()
  for (const name of ['Saturday', 'Sunday']) await page.getByRole('checkbox', { name }).check()
  await page.locator('#time').fill('14:00')
  await button(page, texts('arm')).click()
  await page.getByText(texts('card.next', { when: '2:00 PM' })).waitFor()
  expect(await listed(family)).toMatchObject([{ dueAt: saturday + 5 * HOUR_MS }])
  await button(page, texts('well')).click()
  await page.getByText(new RegExp(`Say that you are well by ${day}, .*2:00`)).waitFor()
  expect(await listed(family)).toMatchObject([{ round: 2, dueAt: sunday, pressAt: sunday + GRACE_MS }])
  await context.close()
  return family
}

/** Nobody asks the service for anything of this family: its own alarm has to wake it. */
const alertsAt = async (pressAt: number, family: Family, email: string): Promise<string> => {
  await diesUntil(pressAt - 3_000)
  const [mail] = await waitForMails(place.server, email)
  expect(mail!.at).toBeGreaterThanOrEqual(pressAt)
  expect(mail!.text).toMatch(/2:15/)
  const { alerts } = AlertsAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.alerts))
  const minutes = alerts.flatMap(({ presses }) =>
    presses.map(({ pressedAt }) => Math.floor(pressedAt / 60_000) * 60_000),
  )
  expect(minutes).toEqual([pressAt])
  return letterLink(mail!)
}

const isStillArmedAt = async (at: number, family: Family, email: string): Promise<void> => {
  await diesUntil(at)
  expect(await listed(family)).toMatchObject([{ state: 'armed' }])
  expect(await mailsTo(place.server, email)).toEqual([])
}

describe('a check-in of the weekend on which the clocks change, with the phone off and the service restarted', () => {
  test('in fall does not alert the family an hour early', async ({ phone }) => {
    const rosa = newAddress('rosa')
    const family = await armedOver(FALL, rosa, phone)
    const pressAt = FALL.sunday + GRACE_MS
    await isStillArmedAt(pressAt - HOUR_MS + 60_000, family, rosa)
    const letter = await alertsAt(pressAt, family, rosa)

    const { page } = await phone({ timezoneId: ZONE })
    await page.clock.install({ time: pressAt + 60_000 })
    await page.goto(letter)
    await button(page, es.reader('open.button')).click()
    await page.getByText(LETTER).waitFor()
  })

  test('in spring does not alert the family an hour late', async ({ phone }) => {
    const rosa = newAddress('rosa')
    await diesUntil(SPRING.saturday)
    const family = await armedOver(SPRING, rosa, phone)
    await alertsAt(SPRING.sunday + GRACE_MS, family, rosa)
  })
})

describe('a phone whose clock or zone is another one than the service’s or the check-in’s', () => {
  test('says that its clock is wrong, and counts what is today by the service; a zone is named where it is not the phone’s', async ({
    phone,
  }) => {
    // 09:00 in New York, 06:00 here.
    const saturday = Date.UTC(2027, 2, 20, 13)
    await diesUntil(saturday)
    const { page } = await phone({ language: 'en', timezoneId: 'America/Los_Angeles' })
    await page.clock.install({ time: saturday - 26 * HOUR_MS })
    await setUp(page, place, { contacts: [{}] })
    await page.goto('/#/check-ins')
    await button(page, texts('new')).click()
    const asked = page.waitForRequest(`**${ROUTES.checkInArm}`)
    await button(page, texts('arm')).click()
    await page.getByText(/well by 8:\d\d AM/).waitFor()
    await page.getByText(/is wrong: in its time zone it is March 20, 2027/).waitFor()
    const schedule = { kind: 'weekly', days: 1, minute: 14 * 60 }
    const body = { ...(await asked).postDataJSON(), checkIn: newId(), zone: ZONE, schedule }
    await page.request.post(ROUTES.checkInArm, { data: body })
    await page.reload()
    await page.getByText('Sun, 2:00 PM (Eastern Daylight Time)').waitFor()
    await page.getByText(/well by March 21, 2027.*11:00 AM/).waitFor()
  })
})
