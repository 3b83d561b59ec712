import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import {
  alertedFamily,
  askAsOwner,
  type ContactOptions,
  keepInvitation,
  press,
  putLocal,
  setUp,
} from './support/family.ts'
import { button, heading } from './support/hands.ts'
import {
  later,
  mailsTo,
  newAddress,
  openPlace,
  type Place,
  stopLink,
  testAt,
  waitForMails,
} from './support/place.ts'
import { es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const LETTER = 'Las llaves están con la vecina.'
const WORD = { kind: 'word', word: 'Jacaranda azul', hint: 'Floreció en la plaza' } as const

/** A family whose button was pressed; the mail is there. */
const alerted = (contact: ContactOptions = {}) => alertedFamily(place, { text: LETTER, ...contact })

const open = (page: Page) => button(page, es.reader('open.button'))
const text = (page: Page) => page.getByText(LETTER)
const heading2 = (page: Page, name: string) => page.getByRole('heading', { name, level: 2, exact: true })

/** The fragment with one character changed, so that the checksum no longer fits. */
const changed = (link: string): string => {
  const [at, fragment = ''] = link.split('#')
  const other = fragment[30] === 'a' ? 'b' : 'a'
  return `${at}#${fragment.slice(0, 30)}${other}${fragment.slice(31)}`
}

describe.concurrent('a letter’s link', () => {
  test('opens nothing before a tap, and is gone from the address bar', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alerted()
    await page.goto(letter)
    await heading(page, es.reader('open.title')).waitFor()
    expect(page.url()).toBe(`${place.origin}/letter`)
    expect(await text(page).count()).toBe(0)
    await open(page).click()
    await text(page).waitFor()
  })

  test('keeps the letter open through a reload, and through a way to another page and back', async ({
    phone,
  }) => {
    const { page } = await phone()
    const { letter, stop } = await alerted()
    await page.goto(letter)
    await open(page).click()
    await text(page).waitFor()
    await page.reload()
    await text(page).waitFor()
    await page.goto(stop)
    await heading(page, es.stop('title')).waitFor()
    await page.goBack()
    await text(page).waitFor()
  })

  test('is called damaged if a character was changed or the end is missing', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alerted()
    for (const damaged of [changed(letter), letter.slice(0, -5), `${letter.split('#')[0]}#`]) {
      await page.goto('/robots.txt')
      await page.evaluate(() => sessionStorage.clear())
      await page.goto(damaged)
      await heading(page, es.reader('damaged.title')).waitFor()
      await page.getByText(es.reader('damaged.body')).waitFor()
    }
  })

  test('opens when the whole one is put into the tab that showed a damaged one', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alerted()
    await page.goto(letter.slice(0, -5))
    await heading(page, es.reader('damaged.title')).waitFor()
    await page.goto(letter)
    await open(page).click()
    await text(page).waitFor()
  })

  test('of a letter that nobody knows, or that is not out, says that no alert is running', async ({
    phone,
  }) => {
    const { page } = await phone()
    const unknown = encodeLink({ kind: 'letter', vault: random(16), id: random(16), secret: random(16) })
    await page.goto(`/letter#${unknown}`)
    await heading(page, es.reader('unknown.title')).waitFor()
    await page.getByText(es.reader('unknown.body')).waitFor()
  })

  test('without a line says so, and opens when the line is back', async ({ phone }) => {
    const { context, page } = await phone()
    const { letter } = await alerted()
    await context.route('**/api/**', (route) => route.abort())
    await page.goto(letter)
    await heading(page, es.reader('no-line.title')).waitFor()
    await context.unroute('**/api/**')
    await button(page, es.reader('again')).click()
    await open(page).click()
    await text(page).waitFor()
  })

  test('takes a captive portal’s page for no line', async ({ phone }) => {
    const { context, page } = await phone()
    const { letter } = await alerted()
    await context.route('**/api/**', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Wi-Fi</h1>' }),
    )
    await page.goto(letter)
    await heading(page, es.reader('no-line.title')).waitFor()
    await context.unroute('**/api/**')
    await button(page, es.reader('again')).click()
    await open(page).waitFor()
  })

  test('asks for the letter before the page’s application has arrived', async ({ phone }) => {
    const { context, page } = await phone()
    const { letter } = await alerted()
    let isAsked = false
    const begun: string[] = []
    await page.goto('/robots.txt')
    page.on('request', (request) => {
      if (request.url().endsWith(ROUTES.letter)) isAsked = true
    })
    // Every script but the first is held back until the letter has been asked for.
    await context.route('**/assets/*.js', async (route) => {
      begun.push(route.request().url())
      if (begun.length > 1) for (let waits = 0; !isAsked && waits < 100; waits += 1) await later(100)
      if (begun.length > 1 && !isAsked) return route.abort()
      return route.continue()
    })
    await page.goto(letter)
    await open(page).waitFor()
    expect(isAsked).toBe(true)
    expect(begun.length).toBeGreaterThan(1)
  })
})

describe.concurrent('the family word', () => {
  test('that is wrong is told from a link that is dead', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alerted({ lock: WORD })
    await page.goto(letter)
    await page.getByText(WORD.hint).waitFor()
    await page.locator('#family-word').fill('otra cosa')
    await open(page).click()
    await page.getByText(es.reader('word.wrong')).waitFor()
    await page.locator('#family-word').fill('ab')
    await open(page).click()
    await page.getByText(es.reader('word.short')).waitFor()
    await page.locator('#family-word').fill('jacaranda AZÚL')
    await open(page).click()
    await text(page).waitFor()
  })

  test('is asked for after a wait that ends by itself, once four were wrong', async ({ phone }) => {
    const { page } = await phone()
    const { letter } = await alerted({ lock: WORD })
    await page.goto(letter)
    for (const wrong of ['primera', 'segunda', 'tercera', 'cuarta']) {
      await page.locator('#family-word').fill(wrong)
      await open(page).click()
      await page.getByText(es.reader('word.wrong')).waitFor()
    }
    expect(await open(page).isDisabled()).toBe(true)
    await page.locator('#family-word').fill(WORD.word)
    await page.locator('button[type=submit]:not([disabled])').click()
    await text(page).waitFor()
  })

  test('without a line was not looked at, and the page says so', async ({ phone }) => {
    const { context, page } = await phone()
    const { letter } = await alerted({ lock: WORD })
    await page.goto(letter)
    await page.locator('#family-word').fill(WORD.word)
    await context.route(`**${ROUTES.word}`, (route) => route.abort())
    await open(page).click()
    await page.getByText(es.reader('word.no-line')).waitFor()
    await context.unroute(`**${ROUTES.word}`)
    await open(page).click()
    await text(page).waitFor()
  })
})

describe.concurrent('the key that this browser keeps', () => {
  test('opens the letter at a tap, with nothing to type, before the word is asked for', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const { family, letter } = await alerted({ lock: WORD })
    await keepInvitation(page, family)
    await page.goto(letter)
    await open(page).waitFor()
    expect(await page.locator('#family-word').count()).toBe(0)
    expect(await text(page).count()).toBe(0)
    await open(page).click()
    await text(page).waitFor()
  })

  test('is on no other phone: there the link asks for the word, or opens nothing where there is none', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const { letter } = await alerted({ lock: WORD })
    await page.goto(letter)
    await page.locator('#family-word').waitFor()
    await page.getByText(es.reader('open.or-chat')).waitFor()
    const paired = await alerted({ lock: { kind: 'paired' } })
    for (const address of [paired.letter, paired.bare]) {
      await page.goto('/robots.txt')
      await page.goto(address)
      await page.getByText(es.reader('open.chat')).waitFor()
      expect(await open(page).count()).toBe(0)
      expect(await page.locator('#family-word').count()).toBe(0)
    }
  })

  test('that does not open this family’s letter is said to, and the word opens it', async ({ phone }) => {
    const { page } = await phone()
    const { family, letter, bare } = await alerted({ lock: WORD })
    await keepInvitation(page, family, toText(random(16)))
    await page.goto(bare)
    await page.getByText(es.reader('misfit.alone')).waitFor()
    await page.goto('/robots.txt')
    await page.goto(letter)
    await page.getByText(es.reader('misfit'), { exact: true }).waitFor()
    await page.locator('#family-word').fill(WORD.word)
    await open(page).click()
    await text(page).waitFor()
  })

  test('opens no letter that is older than one that was opened here', async ({ expect, phone }) => {
    const { page } = await phone()
    const { family, letter } = await alerted()
    await keepInvitation(page, family)
    await page.goto(letter)
    await open(page).click()
    await text(page).waitFor()
    expect(await page.evaluate(() => localStorage.getItem('amparo/letters-seen'))).toContain('"version":1')
    const seen = [{ letter: family.document.contacts[0]!.letter.id, version: 2 }]
    await putLocal(page, 'amparo/letters-seen', seen)
    await page.goto(letter)
    await heading(page, es.reader('older.title')).waitFor()
    expect(await text(page).count()).toBe(0)
  })
})

describe.concurrent('an open letter', () => {
  test('says who is asked first to call, shows the code phrase, and warns of who asks for money', async ({
    phone,
  }) => {
    const { page } = await phone()
    const first = await alerted({ lead: true, phrase: 'la bicicleta roja' })
    await page.goto(first.letter)
    await open(page).click()
    await page.getByText(es.reader('lead.you')).waitFor()
    await page.getByText('la bicicleta roja').waitFor()
    await heading2(page, es.after('scams.title')).waitFor()
    const second = await alertedFamily(place, { text: LETTER }, [{ name: 'Luis', lead: true }])
    await page.goto('/robots.txt')
    await page.goto(second.letter)
    await open(page).click()
    await page.getByText(es.reader('lead.other', { name: 'Luis' })).waitFor()
  })
})

describe.concurrent('a stop link', () => {
  test('that is opened, or fetched by a scanner, stops nothing; a tap does, and the owner sees it', async ({
    expect,
    phone,
  }) => {
    const email = newAddress('rosa')
    const { page: owner } = await phone()
    const family = await setUp(owner, place, { contacts: [{ email, name: 'Rosa' }] })
    await press(place.origin, family)
    const [mail] = await waitForMails(place.server, email)
    if (mail === undefined) throw new Error('no mail')
    const { page } = await phone()
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await page.goto(stopLink(mail))
    await heading(page, es.stop('title')).waitFor()
    expect(page.url()).toBe(`${place.origin}/stop`)
    await button(page, es.stop('owner')).click()
    await heading(page, es.stop('sure.owner')).waitFor()
    expect(sent.filter((one) => one.startsWith('POST'))).toEqual([])
    await button(page, es.stop('sure.yes')).click()
    await heading(page, es.stop('done')).waitFor()
    expect(sent).toContain(`POST ${ROUTES.stop}`)

    const { alerts } = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as {
      alerts: AlertSummary[]
    }
    await askAsOwner(place.origin, family.root, ROUTES.clear, {
      alert: alerts[0]?.alert,
      key: family.press.key,
    })
    await press(place.origin, family)
    await owner.goto('/#/people')
    await expect
      .poll(async () => {
        await owner.reload()
        await later(1_000)
        return owner.getByText(es.setup('people.stopped')).count()
      })
      .toBe(1)
    expect(await mailsTo(place.server, email)).toHaveLength(1)
  })

  test('that is damaged says so, one that nobody knows too', async ({ phone }) => {
    const { page } = await phone()
    const unknown = encodeLink({ kind: 'stop', vault: random(16), id: random(16), secret: random(16) })
    await page.goto(`/stop#${unknown.slice(0, -3)}`)
    await heading(page, es.stop('damaged.title')).waitFor()
    await page.goto(`/stop#${unknown}`)
    await button(page, es.stop('owner')).click()
    await button(page, es.stop('sure.yes')).click()
    await heading(page, es.stop('unknown')).waitFor()
  })
})
