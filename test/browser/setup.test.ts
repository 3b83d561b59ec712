import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, type ExpectStatic, expect } from 'vitest'
import { openDocument } from '../../src/crypto/document.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { askAsOwner, ownerOn, phoneKeeps } from './support/family.ts'
import { button, type FirstContact, heading, link, walkWizard } from './support/hands.ts'
import { newAddress, openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const first = (): FirstContact => ({
  owner: 'Ana María',
  name: 'Rosa',
  email: newAddress('rosa'),
  letter: 'Las llaves están con la vecina.',
  word: 'Jacaranda azul',
  hint: 'Floreció en la plaza',
})

const next = (page: Page) => button(page, es.setup('wizard.next'))
const save = (page: Page) => button(page, es.setup('step.4.done'))
const wrongOf = (page: Page, field: string) => page.locator(`#${field}-wrong`)
/** What was said of the try before may still stand there for a moment. */
const isWrong = (page: Page, field: string, said: string): Promise<void> =>
  wrongOf(page, field)
    .and(page.getByText(said, { exact: true }))
    .waitFor()

/** The first stroke of all waits for the key with which it is sealed; those that follow do not. */
const isKept = (page: Page, { poll }: ExpectStatic): Promise<void> =>
  poll(() => page.evaluate(() => localStorage.getItem('amparo/draft'))).not.toBeNull()

/** The vault as the service has it. */
const vaultOf = async (page: Page) => {
  const { root } = await ownerOn(page)
  const answer = await askAsOwner(place.origin, fromText(root), ROUTES.open)
  const { version, document } = answer as { version: number; document: string }
  return { version, document: openDocument(fromText(root), version, fromText(document)) }
}

describe.concurrent('what was typed in the set-up', () => {
  test('is there again after a reload and in a new tab, at every step', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const typed = first()
    const fields = {
      1: { '#name': typed.owner, '#state': 'CA', '#county': 'ca-santa-clara' },
      2: { '#contact-name': typed.name, '#contact-email': typed.email },
      3: { '#letter': typed.letter ?? '' },
      4: { '#word': typed.word, '#hint': typed.hint ?? '' },
    }
    const expectTyped = async (seen: Page, step: 1 | 2 | 3 | 4): Promise<void> => {
      await heading(seen, es.setup(`step.${step}.title`)).waitFor()
      for (const [field, value] of Object.entries(fields[step]))
        await expect.poll(() => seen.locator(field).inputValue()).toBe(value)
    }
    await page.goto('/')
    await walkWizard(page, es, typed, async (step) => {
      if (step === 5) return
      if (step === 1) await isKept(page, expect)
      await page.reload()
      await expectTyped(page, step)
      const tab = await context.newPage()
      await tab.goto('/')
      await expectTyped(tab, step)
      await tab.close()
    })
    await heading(page, es.app('practice.title')).waitFor()
    const { document } = await vaultOf(page)
    expect(document).toMatchObject({
      name: typed.owner,
      hotline: 'ca-santa-clara',
      contacts: [{ name: typed.name, email: typed.email, letter: { text: typed.letter } }],
    })
  })

  test('is on the phone before the page could be thrown away: at once, each key stroke of it', async ({
    phone,
    expect,
  }) => {
    const { page } = await phone()
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    await page.locator('#name').fill('An')
    const kept = () => page.evaluate(() => localStorage.getItem('amparo/draft'))
    await expect.poll(kept).not.toBeNull()
    const before = await kept()
    // Nothing but what is due already runs between the stroke and the look: no other task, so no lock and no database.
    const after = await page.evaluate(async () => {
      const field = document.querySelector<HTMLInputElement>('#name')
      if (field === null) throw new Error('no field')
      field.value = 'Ana'
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      for (let due = 0; due < 100; due += 1) await Promise.resolve()
      return localStorage.getItem('amparo/draft')
    })
    expect(after).not.toBe(before)
  })

  test('is walked back through by the phone’s own back', async ({ phone }) => {
    const { page } = await phone()
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    await page.locator('#name').fill('Ana')
    await next(page).click()
    await heading(page, es.setup('step.2.title')).waitFor()
    await page.goBack()
    await heading(page, es.setup('step.1.title')).waitFor()
    expect(await page.locator('#name').inputValue()).toBe('Ana')
  })

  test('is not thrown away by a visit to the recovery words', async ({ phone }) => {
    const { page } = await phone()
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    await page.locator('#name').fill('Ana')
    await button(page, es.setup('wizard.back')).click()
    await link(page, es.setup('welcome.restore')).click()
    await heading(page, es.setup('restore.title')).waitFor()
    await link(page, es.setup('back')).click()
    await button(page, es.setup('welcome.start')).click()
    await heading(page, es.setup('step.1.title')).waitFor()
    expect(await page.locator('#name').inputValue()).toBe('Ana')
  })
})

describe.concurrent('the set-up goes on only', () => {
  test('with a name that the family knows, and says what is wrong with another', async ({ phone }) => {
    const { page } = await phone()
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    for (const [name, problem] of [
      ['', 'check.name.empty'],
      ['   ', 'check.name.empty'],
      ['Ana 555 0123', 'check.name.signs'],
      ['www.example.com', 'check.name.signs'],
      ['Ana\u202egro.elpmaxe', 'check.name.signs'],
      ['A'.repeat(41), 'check.name.signs'],
    ] as const) {
      await page.locator('#name').fill(name)
      await next(page).click()
      await isWrong(page, 'name', es.setup(problem))
      expect(await heading(page, es.setup('step.1.title')).isVisible()).toBe(true)
    }
    await page.locator('#name').fill('  María José  de la O’Brien ')
    await next(page).click()
    await heading(page, es.setup('step.2.title')).waitFor()
  })

  test('with a contact’s name, and an address that can be written to or none', async ({ phone }) => {
    const { page } = await phone()
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    await page.locator('#name').fill('Ana')
    await next(page).click()
    await next(page).click()
    await isWrong(page, 'contact-name', es.setup('check.contact'))
    expect(await wrongOf(page, 'contact-email').count()).toBe(0)
    await page.locator('#contact-name').fill('Rosa')
    for (const email of [
      'rosa',
      'rosa@',
      'rosa@example',
      'ro sa@example.com',
      'rosa@example.com,eve@x.com',
    ]) {
      await page.locator('#contact-email').fill(email)
      await next(page).click()
      await isWrong(page, 'contact-email', es.setup('check.email'))
      expect(await heading(page, es.setup('step.2.title')).isVisible()).toBe(true)
    }
    for (const email of [' rosa@example.com ', ' ']) {
      await page.locator('#contact-email').fill(email)
      await next(page).click()
      await heading(page, es.setup('step.3.title')).waitFor()
      await button(page, es.setup('wizard.back')).click()
      await heading(page, es.setup('step.2.title')).waitFor()
    }
  })

  test('with a letter, a word that can be one or none, and a hint that does not say it', async ({
    phone,
  }) => {
    const { page } = await phone()
    await page.goto('/')
    await walkWizard(page, es, { ...first(), word: 'abc' }, async (step) => {
      if (step !== 3) return
      const letter = await page.locator('#letter').inputValue()
      await page.locator('#letter').fill('  \n ')
      await next(page).click()
      await isWrong(page, 'letter', es.setup('check.letter.empty'))
      await page.locator('#letter').fill(letter)
    })
    await isWrong(page, 'word', es.setup('check.word'))
    await page.locator('#word').fill('¡¿...?!')
    await isWrong(page, 'word', es.setup('check.word'))
    await page.locator('#word').fill('Jacaranda azul')
    await page.locator('#hint').fill('Es JACARÁNDA-AZUL, como siempre')
    await save(page).click()
    await isWrong(page, 'hint', es.setup('check.hint.word'))
    expect((await phoneKeeps(page)).owner).toBeUndefined()
    await page.locator('#word').fill(' ')
    await page.getByText(es.setup('step.4.without')).waitFor()
    expect(await page.locator('#hint').count()).toBe(0)
    await save(page).click()
    await heading(page, es.setup('invite.title')).waitFor()
    // Without a word the invitation alone opens it, and the hint that was typed is nobody's.
    expect((await vaultOf(page)).document?.contacts[0]?.letter.lock).toEqual({ kind: 'paired' })
  })
})

describe.concurrent('where the last step', () => {
  test('finds no line, everything stays, and it works later', async ({ phone }) => {
    const { context, page } = await phone()
    const typed = first()
    await page.goto('/')
    await walkWizard(page, es, typed, async (step) => {
      if (step === 4) await context.route('**/api/**', (route) => route.abort())
    })
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    expect((await phoneKeeps(page)).press).toBeUndefined()
    await page.reload()
    await heading(page, es.setup('step.4.title')).waitFor()
    expect(await page.locator('#word').inputValue()).toBe(typed.word)
    await context.unroute('**/api/**')
    await save(page).click()
    await heading(page, es.setup('invite.title')).waitFor()
    expect((await vaultOf(page)).document?.contacts).toHaveLength(1)
    expect((await phoneKeeps(page)).draft).toBeUndefined()
  })

  test('loses only the answers, a second try makes no second vault and no second person', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    const typed = first()
    let arrived = 0
    await page.goto('/')
    await walkWizard(page, es, typed, async (step) => {
      if (step !== 4) return
      await context.route(`**${ROUTES.commit}`, async (route) => {
        const response = await route.fetch()
        if (response.ok()) arrived += 1
        await route.abort()
      })
    })
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    expect(arrived).toBeGreaterThan(0)
    await context.unroute(`**${ROUTES.commit}`)
    // Meanwhile she has thought better of something.
    await page.locator('#word').fill('Ceiba roja')
    await save(page).click()
    await heading(page, es.setup('invite.title')).waitFor()
    const { document } = await vaultOf(page)
    expect(document?.contacts).toMatchObject([
      { name: typed.name, letter: { lock: { kind: 'word', word: 'Ceiba roja' } } },
    ])
    expect(document?.pressers).toHaveLength(1)
  })

  test('gets a page of a captive portal, it is taken for no line', async ({ phone }) => {
    const { context, page } = await phone()
    await page.goto('/')
    await walkWizard(page, es, first(), async (step) => {
      if (step === 4)
        await context.route('**/api/**', (route) =>
          route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Wi-Fi</h1>' }),
        )
    })
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    expect((await phoneKeeps(page)).press).toBeUndefined()
  })
})

describe.concurrent('where new vaults are let in with a code', () => {
  /** As the server answers, until it is asked with `code`. */
  const guard = async (context: BrowserContext, error: 'slow-down' | 'ticket', code: string) => {
    const asked: unknown[] = []
    await context.route(`**${ROUTES.commit}`, async (route) => {
      const { ticket } = route.request().postDataJSON()
      asked.push(ticket)
      if (ticket?.code === code) await route.fulfill({ json: { ok: true, version: 1 } })
      else await route.fulfill({ status: error === 'ticket' ? 403 : 429, json: { error } })
    })
    return asked
  }
  const CODE = '0AB1CD2EF3GH4JK5'

  test.for([
    ['slow-down', 'trouble.many'],
    ['ticket', 'trouble.code-needed'],
  ] as const)('after %s the last step asks for it, however it is written', async ([error, said], {
    phone,
  }) => {
    const { context, page } = await phone()
    const asked = await guard(context, error, CODE)
    await page.goto('/')
    await walkWizard(page, es, { owner: 'Ana', name: 'Rosa' }, async (step) => {
      if (step === 4) expect(await page.locator('#code').count()).toBe(0)
    })
    await page.getByText(es.setup(said)).waitFor()
    await page.locator('#code').fill('0AB1')
    await save(page).click()
    await isWrong(page, 'code', es.setup('check.code'))
    await page.locator('#code').fill('1111-1111-1111-1111')
    await save(page).click()
    await page.getByText(es.setup(error === 'ticket' ? 'trouble.ticket' : 'trouble.many')).waitFor()
    await page.reload()
    expect(await page.locator('#code').inputValue()).toBe('1111-1111-1111-1111')
    await page.locator('#code').fill('oab1 cd2e-f3gh 4jk5')
    await save(page).click()
    await heading(page, es.setup('invite.title')).waitFor()
    expect(asked).toEqual([
      null,
      { kind: 'workshop', code: '1111111111111111' },
      { kind: 'workshop', code: CODE },
    ])
  })
})

describe.concurrent('a browser', () => {
  const WHATSAPP =
    'Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 WhatsApp/2.24'
  const FACEBOOK =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/468.0]'
  const IPHONE =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

  test.for([
    ['WhatsApp', WHATSAPP, 'leave.android'],
    ['Facebook', FACEBOOK, 'leave.apple'],
  ] as const)('inside %s is to be left, before anything is stored', async ([, userAgent, how], { phone }) => {
    const { page } = await phone({ userAgent })
    await page.goto('/')
    await heading(page, es.setup('leave.title')).waitFor()
    await page.getByText(es.setup(how)).waitFor()
    await page.getByText(`${place.origin}/`).waitFor()
    expect(await button(page, es.setup('welcome.start')).count()).toBe(0)
    expect(await phoneKeeps(page)).toEqual({})
  })

  test('of an iPhone is put on the home screen first, before anything is stored', async ({ phone }) => {
    const { page } = await phone({ userAgent: IPHONE })
    await page.goto('/')
    await button(page, es.setup('welcome.start')).click()
    await heading(page, es.setup('install.title')).waitFor()
    expect(await phoneKeeps(page)).toEqual({})
    await button(page, es.setup('install.anyway')).click()
    await heading(page, es.setup('step.1.title')).waitFor()
  })

  test('that keeps nothing is not set up in', async ({ phone }) => {
    const { context, page } = await phone()
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    })
    await page.goto('/')
    await heading(page, es.setup('leave.forgets')).waitFor()
    expect(await button(page, es.setup('welcome.start')).count()).toBe(0)
  })

  test('speaks the language that was picked, all of it, and again after a reload', async ({ phone }) => {
    const { page } = await phone({ language: 'es' })
    await page.goto('/')
    await heading(page, es.setup('welcome.title')).waitFor()
    await page.locator('#language').selectOption('en')
    await heading(page, en.setup('welcome.title')).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const said = await page.locator('main').innerText()
    for (const id of ['welcome.title', 'welcome.body', 'welcome.private', 'welcome.start'] as const)
      expect(said).not.toContain(es.setup(id))
    await page.reload()
    await heading(page, en.setup('welcome.title')).waitFor()
    await button(page, en.setup('welcome.start')).click()
    await heading(page, en.setup('step.1.title')).waitFor()
    // The rights are shown to an officer, whatever the owner reads.
    await page.goto('/#/rights')
    await page.locator('main.rights').waitFor()
    expect(await page.locator('main.rights h1').textContent()).toBe(en.app('rights.officer'))
  })
})

describe('a host that has nothing to send with', () => {
  let bare: Place
  beforeAll(async () => {
    bare = await openPlace({ settings: { AMPARO_LOCAL: null } })
  })
  afterAll(() => bare?.close())
  const testBare = testAt(() => bare)

  testBare('says so before a family relies on it, and what was typed stays', async ({ phone }) => {
    const { page } = await phone()
    const typed = first()
    await page.goto('/')
    await walkWizard(page, es, typed)
    await page.getByText(es.setup('trouble.not-configured')).waitFor()
    expect(await page.locator('#word').inputValue()).toBe(typed.word)
    expect((await phoneKeeps(page)).press).toBeUndefined()
  })
})
