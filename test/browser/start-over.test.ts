import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { presserSecretOf } from '../../src/client/vault/presser-secret.ts'
import { newId } from '../../src/client/vault/random.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { fromWords, toWords } from '../../src/crypto/recovery-words.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { askAsOwner, type Family, phoneKeeps, press, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import { enterPin, goLocked, PIN, setPin } from './support/pin.ts'
import { letterLink, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const NEW_PIN = '815926'
const LETTER = 'Las llaves están con doña Eulalia.'
const UNKNOWN = { error: 'unknown' }

/** From the explanation to the words, which are written down and asked back. @returns their root */
const readWords = async (page: Page): Promise<Uint8Array> => {
  await page.goto('/#/start-over')
  await button(page, es.startOver('show')).click()
  await page.locator('.words li').nth(11).waitFor()
  const words = await page.locator('.words li').allInnerTexts()
  await button(page, es.setup('words.written')).click()
  await page.locator('input[id^=word-]').nth(2).waitFor()
  for (const field of await page.locator('input[id^=word-]').all()) {
    const place = Number((await field.getAttribute('id'))?.slice('word-'.length))
    await field.fill(words[place] ?? '')
  }
  await button(page, es.setup('words.check')).click()
  const root = fromWords(words.join(' '))
  if (root === null) throw new Error('these are no words')
  return root
}
const startWithPin = async (page: Page, pin: string): Promise<void> => {
  await page.locator('#pin-new').fill(pin)
  await page.locator('#pin-again').fill(pin)
  await button(page, es.startOver('go.button')).click()
}
const isDone = (page: Page): Promise<void> => page.getByText(es.startOver('done.title')).waitFor()
const openAs = (root: Uint8Array) => askAsOwner(place.origin, root, ROUTES.open)
const pressWith = async (vault: string, key: string): Promise<unknown> => {
  const body = JSON.stringify({ vault, key, alert: newId(), ageMs: 0, practice: false })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(place.origin + ROUTES.press, { method: 'POST', headers, body })).json()
}
const keysOf = ({ root, document }: Family): string[] =>
  document.pressers.map((one) => toText(pressKeyOf(presserSecretOf(one, vaultIdOf(root)), vaultIdOf(root))))
const invitationTo = ({ press: { vault }, document }: Family): string => {
  const contact = document.contacts[0]!
  const parts = { vault: fromText(vault), id: fromText(contact.id), secret: fromText(contact.secret) }
  return `/join#${encodeLink({ kind: 'join', ...parts })}`
}
const codeFor = async (email: string): Promise<string> => {
  const [mail] = await waitForMails(place.server, email)
  return /(?<!\d)\d{6}(?!\d)/.exec(mail?.text ?? '')?.[0] ?? ''
}

describe.concurrent('somebody saw the PIN or the words', () => {
  test('and after starting over old words, PIN, invitation, phone and card open and press nothing, and the new ones do', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    const rosa = { name: 'Rosa', email, text: LETTER, standing: 'invited' as const }
    const family = await setUp(page, place, {
      contacts: [{ ...rosa, lock: { kind: 'word', word: 'jacaranda', hint: null } }],
      card: { delayMs: 0 },
    })
    await setPin(page)
    const root = await readWords(page)
    expect(toText(root)).not.toBe(toText(family.root))
    await startWithPin(page, PIN)
    await page.getByText(es.pin('problem.seen')).waitFor()
    expect((await openAs(family.root)).ok).toBe(true)
    await startWithPin(page, NEW_PIN)
    await isDone(page)
    await page.getByText(es.startOver('done.word')).waitFor()

    for (const body of [await openAs(family.root), await askAsOwner(place.origin, family.root, ROUTES.end)])
      expect(body).toEqual(UNKNOWN)
    for (const key of keysOf(family)) expect(await pressWith(family.press.vault, key)).toEqual(UNKNOWN)
    const { page: stranger } = await phone()
    await stranger.goto('/#/restore')
    await stranger.locator('#twelve').fill(toWords(family.root, 'es'))
    await button(stranger, es.setup('restore.button')).click()
    await stranger.getByText(es.setup('restore.unknown')).waitFor()
    const { page: chat } = await phone()
    await chat.goto(invitationTo(family))
    await heading(chat, es.join('unknown.title')).waitFor()

    await link(page, es.setup('people.invite', { name: 'Rosa' })).click()
    const message = await page.locator('.message').innerText()
    const invitation = /https?:\/\/\S+\/join#[1-9A-HJ-NP-Za-km-z]+/.exec(message)?.[0] ?? ''
    await chat.goto('/robots.txt')
    await chat.goto(invitation)
    await button(chat, es.join('invited.next')).click()
    await chat.locator('#address').fill(email)
    await button(chat, es.join('form.code')).click()
    await chat.locator('#code').fill(await codeFor(email))
    await button(chat, es.join('form.accept')).click()
    await heading(chat, es.join('accepted.title')).waitFor()

    await goLocked(page, 'people')
    await enterPin(page, PIN)
    await page.locator('#pin-wrong').waitFor()
    await enterPin(page, NEW_PIN)
    await page.getByText('Rosa').first().waitFor()
    await page.goto('/#/')
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    const [, alert] = await waitForMails(place.server, email, 2)
    await chat.goto(letterLink(alert!))
    await button(chat, es.reader('open.button')).click()
    await chat.getByText(LETTER).waitFor()
    await stranger.locator('#twelve').fill(toWords(root, 'es'))
    await button(stranger, es.setup('restore.button')).click()
    await stranger.locator('.hold').waitFor()
  })

  test('and who has not begun has changed nothing, and sees the same words again', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place)
    const root = await readWords(page)
    await page.reload()
    expect(toText(await readWords(page))).toBe(toText(root))
    expect(await openAs(root)).toEqual(UNKNOWN)
    expect((await openAs(family.root)).ok).toBe(true)
  })

  test('and not while an alert is open', async ({ phone }) => {
    const { page } = await phone()
    await press(place.origin, await setUp(page, place, { delayMs: 0 }))
    await page.goto('/#/start-over')
    await button(page, es.startOver('show')).click()
    await page.getByText(es.setup('trouble.open-alert')).waitFor()
  })

  test('with a dead line in the middle it says what still works, and goes on by itself', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place)
    await readWords(page)
    await context.route(`**${ROUTES.end}`, (route) => route.abort())
    await button(page, es.startOver('go.button')).click()
    await page.getByText(es.startOver('unfinished.over')).waitFor()
    expect((await openAs(family.root)).ok).toBe(true)
    await page.goto('/robots.txt')
    await page.goto('/')
    await page.getByText(es.startOver('news')).waitFor()
    await context.unroute(`**${ROUTES.end}`)
    await page.reload()
    await expect.poll(() => openAs(family.root)).toEqual(UNKNOWN)
    await expect.poll(() => page.getByText(es.startOver('news')).count()).toBe(0)
    await page.goto('/#/start-over')
    await isDone(page)
  })
})

type Point = { name: RouteName; arrives: boolean; after?: RouteName }

/** The page is gone in the moment of this request: before it leaves the phone, or before its answer comes. */
const killAt = async (context: BrowserContext, page: Page, { name, arrives, after }: Point) => {
  let isAfter = after === undefined
  page.on('response', (response) => {
    isAfter ||= after !== undefined && new URL(response.url()).pathname === ROUTES[after]
  })
  await context.route(`**${ROUTES[name]}`, async (route) => {
    if (!isAfter) return route.continue()
    if (arrives) await route.fetch().catch(() => undefined)
    await page.close()
  })
  const closed = page.waitForEvent('close')
  await button(page, es.startOver('go.button')).click()
  await closed
  await context.unrouteAll({ behavior: 'ignoreErrors' })
}

const POINTS: Point[] = [
  { name: 'commit', arrives: false },
  { name: 'commit', arrives: true },
  // Between the new vault and the phone's going over. The app asks for them at other times, too.
  { name: 'alerts', arrives: true, after: 'commit' },
  { name: 'end', arrives: false },
  { name: 'end', arrives: true },
]
describe.concurrent('a phone that dies while it starts over', () => {
  for (const point of POINTS)
    test(`at ${point.name}, ${point.arrives ? 'before its answer comes' : 'before it leaves'}: the button works at once, and the move comes to its end`, async ({
      expect,
      phone,
    }) => {
      const { context, page: first } = await phone()
      const email = newAddress('rosa')
      const family = await setUp(first, place, { contacts: [{ name: 'Rosa', email }], delayMs: 0 })
      const root = await readWords(first)
      await killAt(context, first, point)
      const page = await context.newPage()
      await page.goto('/')
      await hold(page)
      await heading(page, es.app('alert.open')).waitFor()
      await waitForMails(place.server, email)
      await button(page, es.app('clear.button')).click()
      await button(page, es.app('clear.yes')).click()
      await heading(page, es.app('alert.cleared')).waitFor()
      await waitForMails(place.server, email, 2)
      await page.reload()
      await expect.poll(() => openAs(family.root)).toEqual(UNKNOWN)
      expect((await openAs(root)).ok).toBe(true)
      // Its keys may be rolling after the alert: the one read a moment ago may be gone.
      const pressKept = async () => {
        const kept = (await phoneKeeps(page)).press as { vault: string; key: string }
        expect(kept.vault).toBe(toText(vaultIdOf(root)))
        return pressWith(kept.vault, kept.key)
      }
      await expect.poll(pressKept).toMatchObject({ ok: true })
    })
})
