import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { alertedFamily } from './support/family.ts'
import { button, heading, link } from './support/hands.ts'
import { joinService, typeCode } from './support/join-service.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const NAME = 'Ana María'
const LETTER = 'Las llaves están con la vecina.'
const NOTHING_ELSE = { sms: null, push: null }
const WHATSAPP =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 WhatsApp/24.11'

const invited = (page: Page) => heading(page, es.join('invited.title', { name: NAME }))
const accepted = (page: Page) => heading(page, es.join('accepted.title'))
const toForm = async (page: Page): Promise<void> => {
  await button(page, es.join('invited.next')).click()
  await heading(page, es.join('form.title')).waitFor()
}

/** As a browser that keeps nothing: every access to its storages fails. */
const shutStorage = (page: Page, which: readonly string[]): Promise<unknown> =>
  page.addInitScript((names) => {
    for (const name of names)
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('shut', 'SecurityError')
        },
      })
  }, which)

describe.concurrent('an invitation', () => {
  test('is accepted with the code that the mail carries, and not before the service has said so', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite({ email: 'rosa@example.com' })
    await page.goto(one.link)
    await invited(page).waitFor()
    expect(page.url()).toBe(`${place.origin}/join`)
    await toForm(page)
    expect(await page.locator('#address').inputValue()).toBe('rosa@example.com')
    await page.locator('#address').fill('rosa.nueva@example.com')
    await button(page, es.join('form.code')).click()
    await heading(page, es.join('code.title')).waitFor()
    expect(one.codesTo).toEqual(['rosa.nueva@example.com'])
    await page.locator('#code').fill('999999')
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('trouble.wrong-code')).waitFor()
    expect(one.state).toBe('invited')
    await typeCode(page, one)
    service.refuseNext(ROUTES.accept, 'try-again')
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('trouble.later')).waitFor()
    expect(await accepted(page).count()).toBe(0)
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    expect(one.said()).toEqual({ v: 1, language: 'es', email: 'rosa.nueva@example.com', ...NOTHING_ELSE })
  })

  test('whose answer was lost on the way is accepted once', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await page.getByText(es.join('form.none'), { exact: true }).click()
    service.loseNext(ROUTES.accept)
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('trouble.no-line')).waitFor()
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    expect(one.answers).toBe(1)
    expect(one.said()).toEqual({ v: 1, language: 'es', email: null, ...NOTHING_ELSE })
  })

  test('that was answered somewhere else meanwhile is read again and answered with the next number', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    one.answers = 4
    await page.getByText(es.join('form.none'), { exact: true }).click()
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    expect(one.answers).toBe(5)
    expect(one.said()?.email).toBeNull()
  })

  test('goes on at the code after the phone has dropped the tab for the mail', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await button(page, es.join('form.code')).click()
    await heading(page, es.join('code.title')).waitFor()
    await page.reload()
    await typeCode(page, one)
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
  })

  test('that was accepted while the tab was gone does not ask for the code again', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await button(page, es.join('form.code')).click()
    await typeCode(page, one)
    service.loseNext(ROUTES.accept)
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('trouble.no-line')).waitFor()
    await page.reload()
    await accepted(page).waitFor()
  })

  test('says where messages go only once the owner’s phone has taken the answer over', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite({ email: null })
    const email = 'rosa.nueva@example.com'
    one.accepts({ email })
    const words = { email, name: NAME, language: 'Español' }
    await page.goto(one.link)
    await page.getByText(es.join('accepted.address.soon', words)).waitFor()
    one.takenOver()
    await page.reload()
    await page.getByText(es.join('accepted.address', words)).waitFor()
    await button(page, es.join('accepted.change')).click()
    await page.getByText(es.join('form.none'), { exact: true }).click()
    await button(page, es.join('form.accept')).click()
    await page.getByText(es.join('accepted.no-address.soon', words)).waitFor()
    one.takenOver()
    await page.reload()
    await page.getByText(es.join('accepted.no-address')).waitFor()
  })

  test('says until when it has to wait after too many codes', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    service.refuseNext(ROUTES.code, 'slow-down', { waitMs: 3_600_000 })
    await button(page, es.join('form.code')).click()
    await page.getByText(es.join('trouble.wait', { when: '' }).slice(0, -1).trim()).waitFor()
    await heading(page, es.join('form.title')).waitFor()
  })

  test('is answered again in another language, without a code for the same address', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await button(page, es.join('form.code')).click()
    await typeCode(page, one)
    await button(page, es.join('form.accept')).click()
    await accepted(page).waitFor()
    await button(page, es.join('accepted.change')).click()
    await page.getByText('English', { exact: true }).last().click()
    await button(page, en.join('form.accept')).click()
    await heading(page, en.join('accepted.title')).waitFor()
    expect(one.said()).toEqual({ v: 1, language: 'en', email: 'rosa@example.com', ...NOTHING_ELSE })
    expect(one.codesTo).toHaveLength(1)
  })

  test('can be left in two steps, for one owner, and taken up again', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    one.accepts()
    await page.goto(one.link)
    await accepted(page).waitFor()
    await button(page, es.join('accepted.leave')).click()
    await button(page, es.join('leave.owner', { name: NAME })).click()
    await heading(page, es.join('leave.sure.owner', { name: NAME })).waitFor()
    expect(one.hasLeft).toBe(false)
    await button(page, es.join('leave.yes')).click()
    await heading(page, es.join('left.title')).waitFor()
    expect(one.hasLeft).toBe(true)
    await button(page, es.join('left.button')).click()
    await heading(page, es.join('form.title')).waitFor()
  })

  test('can be left for everybody on the list, and is tried again where one was not reached', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const all = [service.invite({ from: 'Luis' }), service.invite()]
    for (const one of all) {
      one.accepts()
      await page.goto(one.link)
      await accepted(page).waitFor()
      await page.goto('/robots.txt')
    }
    const [first, last] = all
    await page.goto(last!.link)
    await button(page, es.join('accepted.leave')).click()
    await button(page, es.join('leave.all')).click()
    await page.getByText(es.join('leave.sure.all.body', { names: `${NAME} y Luis` })).waitFor()
    service.refuseNext(ROUTES.leave, 'try-again')
    await button(page, es.join('leave.yes')).click()
    await page.getByText(es.join('trouble.later')).waitFor()
    await button(page, es.join('leave.yes')).click()
    await heading(page, es.join('left.title')).waitFor()
    expect([first!.hasLeft, last!.hasLeft]).toEqual([true, true])
  })

  test('gives the sender as a card for the address book, with no name of the family in it', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await button(page, es.join('form.code')).click()
    await typeCode(page, one)
    await button(page, es.join('form.accept')).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, es.join('todo.card.button')).click(),
    ])
    expect(download.suggestedFilename()).toBe('amparo.vcf')
    const card = await readFile(await download.path(), 'utf8')
    expect(card).toContain('EMAIL;TYPE=INTERNET:avisos@amparo.example\r\n')
    expect(card).not.toContain(NAME)
  })

  test('that is damaged, dead, or not what the service sends, says which', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link.slice(0, -4))
    await heading(page, es.join('damaged.title')).waitFor()
    const dead = encodeLink({ kind: 'join', vault: random(16), id: random(16), secret: random(16) })
    await page.goto(`/join#${dead}`)
    await heading(page, es.join('unknown.title')).waitFor()
    one.sealed = service.invite().sealed
    await page.goto(one.link)
    await heading(page, es.join('refused.title')).waitFor()
  })

  test('after an alert shows who pressed and when before anything else, the newest first', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const now = Date.now()
    const out = (state: 'open' | 'cleared', ago: number) => ({
      letter: toText(random(16)),
      state,
      pressedAt: now - ago,
      practice: false,
    })
    const one = service.invite({ letters: [out('cleared', 86_400_000 * 9), out('open', 60_000)] })
    await page.goto(one.link)
    await page.getByText(es.join('out.open-alert')).waitFor()
    const when = await page.locator('h1').innerText()
    expect(when).toContain(NAME)
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    const [first, second] = await page.locator('a.btn').all()
    expect(await first!.getAttribute('class')).toContain('prime')
    expect(await first!.getAttribute('href')).toContain(
      encodeLink({ kind: 'letter', vault: one.vault, id: fromText(one.letters[1]!.letter), secret: null }),
    )
    expect(await second!.getAttribute('class')).not.toContain('prime')
  })

  test('without a line says so, and opens when the line is back', async ({ phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    service.loseNext(ROUTES.join)
    await page.goto(one.link)
    await heading(page, es.join('no-line.title')).waitFor()
    await button(page, es.join('again')).click()
    await invited(page).waitFor()
  })

  test('offers no mail where the host sends none', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    service.host = { ...service.host, channels: [], sender: null }
    const one = service.invite()
    await page.goto(one.link)
    await invited(page).waitFor()
    await toForm(page)
    await button(page, es.join('form.accept')).waitFor()
    expect(await page.locator('#address').count()).toBe(0)
  })

  test('in a browser inside another app can be copied, key and all', async ({ expect, phone }) => {
    const { context, page } = await phone({
      userAgent: WHATSAPP,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const service = await joinService(context)
    const one = service.invite()
    await page.goto(one.link)
    await heading(page, es.join('invited.title', { name: NAME })).waitFor()
    await button(page, es.join('inside.copy')).click()
    await page.getByText(es.join('inside.copied')).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(place.origin + one.link)
  })
})

describe.concurrent('a browser that keeps invitations', () => {
  test('shows everybody whom it is there for, and each leads to its own', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite({ from: 'Ana' })
    const other = service.invite({ from: 'Luis' })
    await page.goto('/join')
    await heading(page, es.join('none.title')).waitFor()
    for (const { link: address } of [one, other]) {
      await page.goto(address)
      await button(page, es.join('invited.next')).waitFor()
    }
    const { page: later } = { page: await context.newPage() }
    await later.goto('/join')
    await heading(later, es.join('list.title')).waitFor()
    expect(await later.locator('.list button').allInnerTexts()).toEqual(['Luis', 'Ana'])
    await button(later, 'Ana').click()
    await heading(later, es.join('invited.title', { name: 'Ana' })).waitFor()
  })

  test('opens the letter at a tap; wiped, it does so again once the chat’s invitation was opened', async ({
    expect,
    phone,
  }) => {
    const { family, letter, bare } = await alertedFamily(place, { text: LETTER, lock: { kind: 'paired' } })
    const contact = family.document.contacts[0]!
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite({
      vault: fromText(family.press.vault),
      contact: fromText(contact.id),
      secret: fromText(contact.secret),
      from: NAME,
    })
    await page.goto(one.link)
    await invited(page).waitFor()
    await page.goto(letter)
    await button(page, es.reader('open.button')).click()
    await page.getByText(LETTER).waitFor()

    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await page.goto('/robots.txt')
    await page.goto(bare)
    await page.getByText(es.reader('open.chat')).waitFor()
    expect(await button(page, es.reader('open.button')).count()).toBe(0)
    one.letters = [{ letter: contact.letter.id, state: 'open', pressedAt: Date.now(), practice: false }]
    await page.goto(one.link)
    await link(page, es.join('out.open')).click()
    await button(page, es.reader('open.button')).click()
    await page.getByText(LETTER).waitFor()
  })

  test.for([
    ['for this tab alone', ['localStorage']],
    ['nowhere', ['localStorage', 'sessionStorage']],
  ] as const)('%s, leads to an open letter all the same, and says that it keeps nothing', async ([, shut], {
    phone,
  }) => {
    const { family } = await alertedFamily(place, { text: LETTER, lock: { kind: 'paired' } })
    const contact = family.document.contacts[0]!
    const { context, page } = await phone()
    await shutStorage(page, shut)
    const service = await joinService(context)
    const one = service.invite({
      vault: fromText(family.press.vault),
      contact: fromText(contact.id),
      secret: fromText(contact.secret),
      letters: [{ letter: contact.letter.id, state: 'open', pressedAt: Date.now(), practice: false }],
    })
    one.accepts()
    await page.goto(one.link)
    await button(page, es.join('out.invitation')).click()
    await page.getByText(es.join('todo.forgets')).waitFor()
    await page.locator('button.light').click()
    await link(page, es.join('out.open')).click()
    await button(page, es.reader('open.button')).click()
    await page.getByText(LETTER).waitFor()
  })
})

describe.concurrent('what a scanner does', () => {
  /** Renders the page with JavaScript, and clicks what comes first, some times over. */
  const scan = async (page: Page, address: string, ready: string): Promise<string[]> => {
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() !== 'GET') posts.push(new URL(request.url()).pathname)
    })
    await page.goto(address)
    await page.getByText(ready).first().waitFor()
    for (let clicks = 0; clicks < 3; clicks += 1) {
      await page.locator('button, input[type=submit]').first().click()
      await page.waitForLoadState('networkidle')
    }
    return posts
  }

  test('with an invitation confirms nothing and leaves nothing', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const service = await joinService(context)
    const one = service.invite()
    await scan(page, one.link, es.join('invited.next'))
    expect(service.asked).toEqual([ROUTES.join])
    expect([one.state, one.codesTo.length, one.hasLeft]).toEqual(['invited', 0, false])
    one.accepts()
    await scan(page, one.link, es.join('accepted.leave'))
    expect(new Set(service.asked)).toEqual(new Set([ROUTES.join]))
  })

  test('with a letter’s link leaves it unopened, and with a stop link stops nothing', async ({
    expect,
    phone,
  }) => {
    const { letter, stop } = await alertedFamily(place, { text: LETTER, lock: { kind: 'link' } })
    const { page } = await phone()
    expect(await scan(page, letter, es.reader('open.button'))).toEqual([ROUTES.letter])
    expect(await page.getByText(LETTER).count()).toBe(0)
    const { page: other } = await phone()
    expect(await scan(other, stop, es.stop('owner'))).toEqual([])
  })
})

test('an invitation’s own key is in no request', async ({ phone }) => {
  const { context, page } = await phone()
  const service = await joinService(context)
  const one = service.invite()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto(one.link)
  await invited(page).waitFor()
  await toForm(page)
  await page.getByText(es.join('form.none'), { exact: true }).click()
  await button(page, es.join('form.accept')).click()
  await accepted(page).waitFor()
  // Of the page itself: the fragment of an address is not sent, but stands in what the browser tells.
  const requests = sent.filter((one) => !one.startsWith(`${place.origin}/join#`))
  expect(requests.some((text) => text.includes(toText(one.secret)))).toBe(false)
  expect(requests.length).toBeGreaterThan(2)
})
