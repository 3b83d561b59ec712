import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openDocument } from '../../src/crypto/document.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { askAsOwner, ownerOn, phoneKeeps, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import { PIN, setPin } from './support/pin.ts'
import { newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { qrOnScreen } from './support/qr.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const numberOn = async (page: Page): Promise<string> => {
  const shown = page.locator('.check-number')
  await shown.waitFor()
  return (await shown.textContent()) ?? ''
}

/** The first phone shows a code. @returns what a camera reads of it */
const shownCode = async (page: Page): Promise<string> => {
  await page.goto('/#/second')
  await button(page, es.second('start')).click()
  await page.locator('.qr').waitFor()
  const code = await qrOnScreen(page)
  if (code === null) throw new Error('no QR code on the screen')
  return code
}

const scan = async (page: Page, code: string): Promise<void> => {
  await page.goto(code)
  await button(page, es.second('add.yes')).click()
}

/** Both phones show the same number, and the owner says so. */
const agree = async (first: Page, second: Page): Promise<void> => {
  const [here, there] = [await numberOn(first), await numberOn(second)]
  expect(there).toBe(here)
  await button(first, es.second('asked.yes')).click()
  await heading(second, es.second('add.ready')).waitFor()
  await first.getByText(es.second('taken')).waitFor()
}

const vaultOf = async (page: Page) => {
  const { root } = await ownerOn(page)
  const answer = await askAsOwner(place.origin, fromText(root), ROUTES.open)
  const { version, document } = answer as { version: number; document: string }
  const opened = openDocument(fromText(root), version, fromText(document))
  if (opened === null) throw new Error('the vault does not open')
  return opened
}

describe.concurrent('a second phone', () => {
  test('is added by its camera and one look at a number, presses by itself, and the first one still does', async ({
    phone,
    expect,
  }) => {
    const [{ page: first }, { page: second }] = [await phone(), await phone()]
    const email = newAddress('rosa')
    await setUp(first, place, { contacts: [{ name: 'Rosa', email }] })
    const code = await shownCode(first)
    expect(code).toMatch(/^http:\/\/\S+\/#[1-9A-HJ-NP-Za-km-z]+$/)
    await scan(second, code)
    expect(second.url()).not.toContain(code.split('#')[1])
    await agree(first, second)
    await link(second, es.second('add.home')).click()
    await second.locator('.hold').waitFor()
    expect((await vaultOf(first)).pressers.map(({ kind }) => kind)).toEqual(['phone', 'phone'])
    expect((await ownerOn(second)).presser).not.toBe((await ownerOn(first)).presser)
    await second.goto('/#/people')
    await second.getByText('Rosa').first().waitFor()
    await second.goto('/#/')
    await hold(second)
    await waitForMails(place.server, email)
    await second.getByText(es.app('alert.open')).first().waitFor()
    await first.goto('/#/')
    await first.reload()
    await first.locator('.hold').waitFor()
    await hold(first)
    const { root } = await ownerOn(first)
    await expect
      .poll(async () => {
        const answer = await askAsOwner(place.origin, fromText(root), ROUTES.presses)
        const { presses } = answer as { presses: { presser: string; state: string }[] }
        return new Set(presses.filter(({ state }) => state === 'open').map(({ presser }) => presser)).size
      })
      .toBe(2)
  })

  test('that comes too late with the same code is handed nothing, and says so', async ({ phone }) => {
    const phones = [await phone(), await phone(), await phone()]
    const [first, second, thief] = phones.map(({ page }) => page) as [Page, Page, Page]
    await setUp(first, place, {})
    const code = await shownCode(first)
    await scan(second, code)
    await numberOn(second)
    await scan(thief, code)
    await thief.getByText(es.second('add.over')).waitFor()
    await agree(first, second)
    expect(Object.keys(await phoneKeeps(thief)).filter((key) => /press|owner|document/.test(key))).toEqual([])
    await scan(thief, code)
    await thief.getByText(es.second('add.over')).waitFor()
  })

  test('that is not the owner’s gets nothing once she has said no', async ({ phone }) => {
    const [{ page: first }, { page: thief }] = [await phone(), await phone()]
    await setUp(first, place, {})
    await scan(thief, await shownCode(first))
    await numberOn(first)
    await button(first, es.second('asked.no')).click()
    await thief.getByText(es.second('add.over')).waitFor()
    await first.getByText(es.second('stopped')).waitFor()
    expect((await vaultOf(first)).pressers).toHaveLength(1)
  })

  test('is asked for a PIN of its own where the first one has one, and takes a pasted link', async ({
    phone,
  }) => {
    const [{ page: first, context }, { page: second }] = [await phone(), await phone()]
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await setUp(first, place, {})
    await setPin(first, PIN)
    await first.goto('/#/second')
    await button(first, es.second('start')).click()
    await button(first, es.second('copy')).click()
    await first.getByText(es.second('copied')).waitFor()
    const copied = await first.evaluate(() => navigator.clipboard.readText())
    await second.goto('/')
    await link(second, es.setup('welcome.second')).click()
    await second.locator('#link').fill('http://localhost/#abc')
    await button(second, es.second('add.go')).click()
    await second.getByText(es.second('add.wrong')).waitFor()
    await second.locator('#link').fill(`Amparo: ${copied} `)
    await button(second, es.second('add.go')).click()
    await button(second, es.second('add.yes')).click()
    await numberOn(first)
    await button(first, es.second('asked.yes')).click()
    await heading(second, es.second('add.ready')).waitFor()
    await second.getByText(es.second('add.pin')).waitFor()
    await setPin(second, '602914')
    await second.reload()
    await heading(second, es.pin('unlock.title')).waitFor()
  })

  test('that has a family of its own keeps it', async ({ phone }) => {
    const [{ page: first }, { page: other }] = [await phone(), await phone()]
    await setUp(first, place, {})
    await setUp(other, place, {})
    const before = await phoneKeeps(other)
    await other.goto(await shownCode(first))
    await other.getByText(es.second('add.there')).waitFor()
    expect((await phoneKeeps(other)).press).toEqual(before.press)
  })

  test('that loses the line while it settles in goes on when it is back, as one phone', async ({ phone }) => {
    const [{ page: first }, { page: second, context }] = [await phone(), await phone()]
    await setUp(first, place, {})
    await scan(second, await shownCode(first))
    await context.route(`**${ROUTES.commit}`, (route) => route.abort())
    await numberOn(first)
    await button(first, es.second('asked.yes')).click()
    await button(second, es.second('add.again')).waitFor()
    await context.unroute(`**${ROUTES.commit}`)
    await button(second, es.second('add.again')).click()
    await heading(second, es.second('add.ready')).waitFor()
    expect((await vaultOf(first)).pressers).toHaveLength(2)
  })

  test('rolls the key with which it has pressed, also after the other phone has rolled the letters', async ({
    phone,
    expect,
  }) => {
    const [{ page: first }, { page: second }] = [await phone(), await phone()]
    await setUp(first, place, { contacts: [{ name: 'Rosa' }] })
    await scan(second, await shownCode(first))
    await agree(first, second)
    const before = (await ownerOn(second)).presser
    await second.goto('/#/')
    await second.reload()
    await hold(second)
    await second.getByText(es.app('alert.open')).first().waitFor()
    const { root } = await ownerOn(first)
    const { alerts } = (await askAsOwner(place.origin, fromText(root), ROUTES.alerts)) as {
      alerts: { alert: string }[]
    }
    const over = { alert: alerts[0]?.alert, key: null }
    expect(await askAsOwner(place.origin, fromText(root), ROUTES.clear, over)).toEqual({ ok: true })
    const own = (await ownerOn(first)).presser
    await first.goto('/')
    await expect.poll(async () => (await vaultOf(first)).rolledAfter.length).toBe(1)
    await expect.poll(async () => (await ownerOn(first)).presser).not.toBe(own)
    await second.goto('/robots.txt')
    await second.goto('/')
    await expect.poll(async () => (await ownerOn(second)).presser).not.toBe(before)
    const ids = async () => (await vaultOf(first)).pressers.map(({ id }) => id)
    await expect.poll(ids).not.toContain(before)
    expect(await ids()).toHaveLength(2)
  })
})
