import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { newId } from '../../src/client/vault/random.ts'
import { toWords } from '../../src/crypto/recovery-words.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import { askAsOwner, type Family, makeFamily, phoneKeeps, putRecords, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import { enterPin, goLocked, PIN, SECOND, setPin } from './support/pin.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const alertsOf = async ({ root }: Family): Promise<AlertSummary[]> =>
  ((await askAsOwner(place.origin, root, ROUTES.alerts)) as { alerts: AlertSummary[] }).alerts
const people = (page: Page) => heading(page, es.setup('people.title'))
const welcome = (page: Page) => heading(page, es.setup('welcome.title'))

/** Pressed, and the alert on the screen is out. */
const pressed = async (page: Page): Promise<void> => {
  await page.goto('/#/')
  await hold(page)
  await heading(page, es.app('alert.open')).waitFor()
}

describe.concurrent('a phone with a PIN', () => {
  test('asks for it before anything that reads, and shows what is there to the right one alone', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page)
    await goLocked(page, 'people')
    expect(await page.content()).not.toContain('Rosa')
    await enterPin(page, '493818')
    await page.getByText(es.pin('wrong')).waitFor()
    const counted = page.waitForResponse(`**${ROUTES.guardOpened}`)
    await enterPin(page)
    await people(page).waitFor()
    // The service takes the wrong one off its count by the owner's word alone.
    expect((await counted).status()).toBe(200)
    await page.getByText('Rosa').first().waitFor()
    await page.goto('/#/more')
    await page.getByText(es.setup('more.locked')).waitFor()
    await page.reload()
    await heading(page, es.pin('unlock.title')).waitFor()
  })

  test('presses, shows how the alert stands and cancels without it; names are behind it', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }], delayMs: 60_000 })
    await setPin(page)
    await page.goto('/robots.txt')
    await page.goto('/#/')
    await hold(page)
    await button(page, es.app('alert.cancel')).click()
    await heading(page, es.app('alert.cancelled')).waitFor()
    expect(await alertsOf(family)).toEqual([])
    expect(await page.content()).not.toContain('Rosa')
  })

  test('gives the all-clear for the PIN alone', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }], delayMs: 0 })
    await setPin(page)
    await pressed(page)
    await button(page, es.app('clear.button')).click()
    expect(await button(page, es.app('clear.yes')).count()).toBe(0)
    await enterPin(page, '493818', es.pin('clear.send'))
    await page.getByText(es.pin('wrong')).waitFor()
    expect((await alertsOf(family))[0]?.state).toBe('open')
    await enterPin(page, PIN, es.pin('clear.send'))
    await heading(page, es.app('alert.cleared')).waitFor()
    expect((await alertsOf(family))[0]?.state).toBe('cleared')
    expect(await page.content()).not.toContain('Rosa')
  })

  test('says truthfully how long to wait after the fifth wrong one, and how many are left', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place)
    await setPin(page)
    await goLocked(page, 'people')
    for (const wrong of ['718293', '718294', '718295', '718296', '718297']) {
      await enterPin(page, wrong)
      await page.locator('#pin-wrong').waitFor()
    }
    const said = page.locator('#pin-wrong')
    await said.getByText(es.pin('wrong.left', { left: 5 })).waitFor()
    await enterPin(page)
    const [minute] = es.pin('wait', { minutes: 1, time: '|' }).split('|')
    await said.getByText(minute ?? '').waitFor()
    await page.goto('/#/')
    await page.locator('.hold').waitFor()
  })

  test('without a line says that it needs one, and presses all the same', async ({ phone }) => {
    const { context, page } = await phone()
    await setUp(page, place)
    await setPin(page)
    await goLocked(page, 'people')
    await context.route('**/api/**', (route) => route.abort())
    await enterPin(page)
    await page.getByText(es.pin('no-line')).waitFor()
    await page.goto('/#/')
    await hold(page)
    await heading(page, es.app('alert.stored')).waitFor()
    expect((await phoneKeeps(page)).presses).toMatchObject([{ state: 'waiting' }])
  })

  test('whose PIN is forgotten opens by the words, and then asks for none', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page)
    await goLocked(page, 'people')
    await link(page, es.pin('unlock.forgot')).click()
    await page.locator('#twelve').fill(toWords(family.root, 'es'))
    await button(page, es.setup('restore.button')).click()
    await page.locator('.hold').waitFor()
    await page.goto('/robots.txt')
    await page.goto('/#/people')
    await page.getByText('Rosa').first().waitFor()
  })

  test('opens nothing any more once the vault was restored elsewhere, whoever knows its PIN', async ({
    phone,
  }) => {
    const [lost, found] = [await phone(), await phone()]
    const family = await setUp(lost.page, place)
    await setPin(lost.page)
    await found.page.goto('/#/restore')
    await found.page.locator('#twelve').fill(toWords(family.root, 'es'))
    await button(found.page, es.setup('restore.button')).click()
    await found.page.locator('.hold').waitFor()
    await goLocked(lost.page, 'people')
    await enterPin(lost.page)
    await lost.page.getByText(es.pin('gone')).waitFor()
  })

  test('locks itself after a minute in the background, and covers what can be read at once', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    await page.clock.install()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page)
    await page.goto('/#/people')
    await page.getByText('Rosa').first().waitFor()
    const turn = (state: 'hidden' | 'visible') =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await turn('hidden')
    expect(await page.getByText('Rosa').first().isVisible()).toBe(false)
    // The page's clock goes on by itself, too, for as long as all this takes.
    await page.clock.fastForward(20_000)
    await turn('visible')
    await page.getByText('Rosa').first().waitFor()
    await turn('hidden')
    await page.clock.fastForward(60_000)
    await expect.poll(() => page.content()).not.toContain('Rosa')
    await turn('visible')
    await heading(page, es.pin('unlock.title')).waitFor()
  })

  test('is given another one, and gives it up', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page)
    await button(page, es.pin('change')).click()
    await page.locator('#pin-new').fill(SECOND)
    await page.locator('#pin-again').fill(SECOND)
    await button(page, es.pin('save')).click()
    await button(page, es.pin('lock')).waitFor()
    await goLocked(page, 'pin')
    await enterPin(page)
    await page.getByText(es.pin('wrong')).waitFor()
    await enterPin(page, SECOND)
    await button(page, es.pin('remove')).click()
    await button(page, es.pin('remove.yes')).click()
    await page.locator('#pin-new').waitFor()
    await page.goto('/robots.txt')
    await page.goto('/#/people')
    await page.getByText('Rosa').first().waitFor()
  })

  test('is not given one that anybody would try first, nor one that was typed in two ways', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place)
    await page.goto('/#/pin')
    for (const [pin, again, problem] of [
      ['123456', '123456', 'problem.weak'],
      ['000000', '000000', 'problem.weak'],
      ['121212', '121212', 'problem.weak'],
      ['19850319', '19850319', 'problem.weak'],
      ['4938', '4938', 'problem.short'],
      [PIN, SECOND, 'problem.other'],
    ] as const) {
      await page.locator('#pin-new').fill(pin)
      await page.locator('#pin-again').fill(again)
      await button(page, es.pin('save')).click()
      await page.getByText(es.pin(problem)).waitFor()
    }
    expect(await page.getByText(es.pin('is-set')).count()).toBe(0)
  })
})

describe.concurrent('a second PIN', () => {
  const emptied = async (page: Page): Promise<void> => {
    await welcome(page).waitFor()
    await page.goto('/robots.txt')
    expect(await phoneKeeps(page)).toEqual({})
    expect(await page.evaluate(() => caches.keys())).toEqual([])
    for (const where of ['', 'people', 'pin', 'more', 'words', 'practice']) {
      await page.goto(`/#/${where}`)
      await page.reload()
      await welcome(page).waitFor()
    }
  }

  test('opens an app in which nothing is set up, after a reload and on the way back, too', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page, PIN, SECOND)
    await page.goto('/#/people')
    await people(page).waitFor()
    await goLocked(page, 'people')
    await enterPin(page, SECOND)
    await welcome(page).waitFor()
    await page.goBack()
    await page.goBack()
    expect(await page.content()).not.toContain('Rosa')
    await page.goto('/#/people')
    await emptied(page)
  })

  test('sends no all-clear: it looks sent, and the alert goes on', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { delayMs: 0 })
    await setPin(page, PIN, SECOND)
    await pressed(page)
    await button(page, es.app('clear.button')).click()
    await enterPin(page, SECOND, es.pin('clear.send'))
    await heading(page, es.app('alert.cleared')).waitFor()
    expect((await alertsOf(family))[0]?.state).toBe('open')
    await button(page, es.app('alert.back')).click()
    await emptied(page)
    expect((await alertsOf(family))[0]?.state).toBe('open')
  })

  test('leaves nothing behind, also where an answer about the vault was still under way', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place, { delayMs: 0 })
    await setPin(page, PIN, SECOND)
    await goLocked(page, 'people')
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route(`**${ROUTES.open}`, (route) => held.then(() => route.continue()))
    const asked = page.waitForRequest(`**${ROUTES.open}`)
    await enterPin(page)
    await asked
    await pressed(page)
    await button(page, es.app('clear.button')).click()
    await enterPin(page, SECOND, es.pin('clear.send'))
    await heading(page, es.app('alert.cleared')).waitFor()
    const answered = page.waitForResponse(`**${ROUTES.open}`)
    goOn()
    await (await answered).finished()
    await button(page, es.app('alert.back')).click()
    await emptied(page)
  })

  test('lets a press that waits go out all the same, and does not show it', async ({ expect, phone }) => {
    const { page } = await phone()
    const family = await makeFamily(place.origin, { delayMs: 0 })
    const { vault, key } = family.press
    const alert = newId()
    const waiting = { vault, key, alert, practice: false, heldAt: Date.now(), cancelled: false }
    // What it leaves of a phone on which a press waits.
    await putRecords(page, { presses: [{ ...waiting, state: 'waiting', answer: null }] })
    await page.goto('/#/')
    await welcome(page).waitFor()
    await expect.poll(async () => (await alertsOf(family)).map((one) => one.alert)).toEqual([alert])
    await welcome(page).waitFor()
  })

  test('leaves the words as they were: they bring everything back', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await setPin(page, PIN, SECOND)
    await goLocked(page, 'people')
    await enterPin(page, SECOND)
    await welcome(page).waitFor()
    await page.goto('/#/restore')
    await page.locator('#twelve').fill(toWords(family.root, 'es'))
    await button(page, es.setup('restore.button')).click()
    await page.locator('.hold').waitFor()
    await page.goto('/#/people')
    await page.getByText('Rosa').first().waitFor()
  })
})

describe.concurrent('two tabs of one phone', () => {
  const twoTabs = async (page: Page, second: string | null): Promise<Page> => {
    const other = await page.context().newPage()
    await other.goto(`${place.origin}/#/people`)
    await other.getByText('Rosa').first().waitFor()
    await setPin(page, PIN, second)
    return other
  }

  test('ask for a PIN that was set in one of them, and go on with what is stored once it is gone again', async ({
    phone,
  }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const other = await twoTabs(page, null)
    await heading(other, es.pin('unlock.title')).waitFor()
    expect(await other.content()).not.toContain('Rosa')
    await page.goto('/#/pin')
    await button(page, es.pin('remove')).click()
    await button(page, es.pin('remove.yes')).click()
    await page.locator('#pin-new').waitFor()
    await other.getByText('Rosa').first().waitFor()
    await other.goto(`${place.origin}/#/you`)
    await button(other, es.setup('person.save')).click()
    await heading(other, es.setup('more.title')).waitFor()
    for (const one of [page, other]) {
      await one.goto(`${place.origin}/robots.txt`)
      await one.goto(`${place.origin}/#/people`)
      await one.getByText('Rosa').first().waitFor()
    }
  })

  test('have nothing set up once the second PIN was entered in one of them', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const other = await twoTabs(page, SECOND)
    await enterPin(other)
    await other.getByText('Rosa').first().waitFor()
    await goLocked(page, 'people')
    await enterPin(page, SECOND)
    await welcome(page).waitFor()
    await welcome(other).waitFor()
    expect(await other.content()).not.toContain('Rosa')
    expect(await phoneKeeps(other)).toEqual({})
  })
})
