import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { dayOf, workshopCodeOf } from '../../src/server/ticket/workshop.ts'
import { record } from '../support/record.ts'
import { TurnstileDouble } from '../support/turnstile-double.ts'
import { askAsOwner, ownerOn, phoneKeeps } from './support/family.ts'
import { button, heading, serviceWorkerReady, walkWizard } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es, type Texts } from './support/texts.ts'

const SITE_KEY = '1x00000000000000000000AA'
const CLOUDFLARE = 'https://challenges.cloudflare.com/'
const WORKSHOP_KEY = random(32)

const double = new TurnstileDouble()
let siteverify: Awaited<ReturnType<TurnstileDouble['listen']>>
let place: Place
beforeAll(async () => {
  siteverify = await double.listen()
  place = await openPlace({
    settings: {
      TURNSTILE_SITE_KEY: SITE_KEY,
      TURNSTILE_SECRET: double.secret,
      TURNSTILE_BASE_URL: siteverify.url,
      WORKSHOP_KEY: toText(WORKSHOP_KEY),
    },
  })
})
afterAll(async () => {
  await place?.close()
  await siteverify?.close()
})
const test = testAt(() => place)

/** In the place of Cloudflare's script: a button of the name of what it says. */
const apiOf = (tokens: Record<string, string | null>): string => `
  globalThis.turnstile = {
    render: (container, options) => {
      container.dataset.asked = JSON.stringify([options.sitekey, options.language, options.size])
      for (const [name, token] of Object.entries(${JSON.stringify(tokens)})) {
        const button = document.createElement('button')
        button.textContent = name
        button.onclick = () => token === null ? options['error-callback']('300010') : options.callback(token)
        container.append(button)
      }
    },
  }`

let tokens = 0
/** Of each test its own, since a token is good once. */
const goodToken = (): string => {
  tokens += 1
  return `good-${tokens}`
}

const serve = async (context: BrowserContext, answers: Record<string, string | null>): Promise<void> => {
  await context.unroute(`${CLOUDFLARE}**`)
  await context.route(`${CLOUDFLARE}**`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: apiOf(answers) }),
  )
}
const block = async (context: BrowserContext): Promise<void> => {
  await context.unroute(`${CLOUDFLARE}**`)
  await context.route(`${CLOUDFLARE}**`, (route) => route.abort())
}

const check = (page: Page) => page.frameLocator('iframe.check')
const answer = (page: Page, name: string) => check(page).getByRole('button', { name, exact: true }).click()
const save = (page: Page) => button(page, es.setup('step.4.done'))
const invited = (page: Page, texts: Texts = es) => heading(page, texts.setup('invite.title')).waitFor()
const askedFor = (prefix: string) => double.asked.filter(({ response }) => response.startsWith(prefix))

/** To the check, in the place of the last step. */
const walkToCheck = async (page: Page, texts: Texts = es): Promise<void> => {
  await page.goto('/')
  await walkWizard(page, texts, { owner: 'Ana', name: 'Rosa' })
  await heading(page, texts.setup('person-check.title')).waitFor()
}

const version = async (page: Page): Promise<unknown> => {
  const { root } = await ownerOn(page)
  return (await askAsOwner(place.origin, fromText(root), ROUTES.open)).version
}

describe('where the host wants to be sure that a person sets up', () => {
  test('the last step asks, in the language of the page, and goes on by itself', async ({ phone }) => {
    const { context, page } = await phone()
    const token = goodToken()
    await serve(context, { person: token })
    const recording = record(context)
    await page.goto('/')
    await walkWizard(page, es, { owner: 'Ana', name: 'Rosa' }, async (step) => {
      if (step !== 4) return
      const early = (await recording.requests()).filter(({ url }) =>
        /challenges\.|\/check(?:\.html)?(?:$|[?#])/.test(url),
      )
      expect(early).toEqual([])
    })
    await page.getByText(es.setup('person-check.why')).waitFor()
    const widget = check(page).locator('#widget[data-asked]')
    await widget.waitFor()
    expect(JSON.parse((await widget.getAttribute('data-asked')) ?? '')).toEqual([SITE_KEY, 'es', 'flexible'])
    await answer(page, 'person')
    await invited(page)
    expect(await version(page)).toBe(1)
    expect(askedFor(token)).toHaveLength(1)
    const toCloudflare = (await recording.requests()).filter(({ url }) => url.startsWith(CLOUDFLARE))
    expect(toCloudflare.map(({ url, headers, body }) => [url, headers.referer, body])).toEqual([
      [`${CLOUDFLARE}turnstile/v0/api.js?render=explicit`, undefined, null],
    ])
  })

  test('a token that is refused is asked for again', async ({ phone }) => {
    const { context, page } = await phone()
    await serve(context, { 'a machine': 'bad', person: goodToken() })
    await walkToCheck(page)
    await answer(page, 'a machine')
    await page.getByText(es.setup('person-check.refused')).waitFor()
    expect((await phoneKeeps(page)).owner).toBeUndefined()
    await button(page, es.setup('person-check.again')).click()
    await answer(page, 'person')
    await invited(page)
  })

  test('the same token goes again where the answer was lost, with the same vault', async ({ phone }) => {
    const { context, page } = await phone()
    const token = goodToken()
    await serve(context, { person: token })
    await walkToCheck(page)
    await context.route(`**${ROUTES.commit}`, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await answer(page, 'person')
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    await context.unroute(`**${ROUTES.commit}`)
    await save(page).click()
    await invited(page)
    const keys = askedFor(token).map(({ idempotency_key }) => idempotency_key)
    expect(keys.length).toBeGreaterThan(1)
    expect(new Set(keys).size).toBe(1)
  })

  test('a script that is blocked is said so; it can be tried again', async ({ phone }) => {
    const { context, page } = await phone()
    await block(context)
    await walkToCheck(page)
    await page.getByText(es.setup('person-check.failed')).waitFor()
    expect(await page.locator('iframe').count()).toBe(0)
    await serve(context, { person: goodToken() })
    await button(page, es.setup('person-check.again')).click()
    await answer(page, 'person')
    await invited(page)
  })

  test('a workshop’s code needs no check, and what was typed stays', async ({ phone }) => {
    const { context, page } = await phone()
    const recording = record(context)
    await block(context)
    await page.goto('/')
    await walkWizard(page, es, { owner: 'Ana', name: 'Rosa', word: 'Jacaranda azul', hint: 'Plaza' })
    await page.getByText(es.setup('person-check.failed')).waitFor()
    await button(page, es.setup('person-check.code')).click()
    await expect
      .poll(() => page.locator('#code').evaluate((field) => field === document.activeElement))
      .toBe(true)
    expect(await page.locator('#word').inputValue()).toBe('Jacaranda azul')
    const before = (await recording.requests()).filter(({ url }) => url.startsWith(CLOUDFLARE)).length
    await page.locator('#code').fill(workshopCodeOf(WORKSHOP_KEY, { day: dayOf(Date.now()), families: 1 }))
    await save(page).click()
    await invited(page)
    const after = (await recording.requests()).filter(({ url }) => url.startsWith(CLOUDFLARE)).length
    expect(after).toBe(before)
  })

  test('a check that gives up, or never comes, is said so', async ({ phone }) => {
    const { context, page } = await phone()
    await serve(context, { trouble: null })
    await walkToCheck(page)
    await answer(page, 'trouble')
    await page.getByText(es.setup('person-check.failed')).waitFor()
    await context.unroute(`${CLOUDFLARE}**`)
    await context.route(`${CLOUDFLARE}**`, () => undefined)
    await page.clock.install()
    await button(page, es.setup('person-check.again')).click()
    await page.getByText(es.setup('person-check.loading')).waitFor()
    await page.clock.fastForward(16_000)
    await page.getByText(es.setup('person-check.failed')).waitFor()
  })

  test('a person may take her time once the check is there', async ({ phone }) => {
    const { context, page } = await phone()
    await page.clock.install()
    await serve(context, { person: goodToken() })
    await walkToCheck(page)
    await check(page).getByRole('button', { name: 'person' }).waitFor()
    await page.getByText(es.setup('person-check.loading')).waitFor({ state: 'detached' })
    await page.clock.fastForward(120_000)
    await answer(page, 'person')
    await invited(page)
  })

  test('nobody but that page’s frame is listened to', async ({ phone }) => {
    const { context, page } = await phone()
    await serve(context, { person: goodToken() })
    await walkToCheck(page)
    await check(page).getByRole('button', { name: 'person' }).waitFor()
    await page.evaluate(async () => {
      const forged = { kind: 'turnstile', token: 'good-forged' }
      globalThis.postMessage(forged, '*')
      const other = document.createElement('iframe')
      document.body.append(other)
      const asked = new Promise((resolve) => globalThis.addEventListener('message', resolve, { once: true }))
      other.contentWindow?.parent.postMessage(forged, '*')
      await asked
    })
    await answer(page, 'person')
    await invited(page)
    expect(askedFor('good-forged')).toEqual([])
  })

  test('the page of the check is kept by the service worker, with the policy that is its own', async ({
    phone,
  }) => {
    const { context, page } = await phone({ serviceWorkers: 'allow' })
    await serve(context, { person: goodToken() })
    await page.goto('/')
    await serviceWorkerReady(page)
    const recording = record(context)
    await walkToCheck(page)
    await answer(page, 'person')
    await invited(page)
    const page2 = await context.newPage()
    const kept = await page2.goto('/check')
    expect(kept?.fromServiceWorker()).toBe(true)
    expect(kept?.headers()['content-security-policy']).toContain("frame-ancestors 'self'")
    expect((await recording.requests()).length).toBeGreaterThan(0)
  })

  test('the page of the check does nothing by itself', async ({ phone }) => {
    const { context, page } = await phone()
    const recording = record(context)
    await page.goto('/check#es')
    await page.locator('#nothing').waitFor()
    const paths = (await recording.requests()).map(({ url }) => new URL(url).pathname)
    expect(paths.filter((path) => path.startsWith('/api/') || path.startsWith('/turnstile'))).toEqual([])
  })

  test.for([es, en])('nothing of it keeps anybody out, in $language', async (texts, { phone }) => {
    const { faults, look } = inspector(texts.language === 'es')
    const { context, page } = await phone({ language: texts.language })
    await serve(context, { person: goodToken() })
    await walkToCheck(page, texts)
    await check(page).getByRole('button', { name: 'person' }).waitFor()
    await look('check', page)
    await button(page, texts.setup('wizard.back')).click()
    await heading(page, texts.setup('step.4.title')).waitFor()
    await block(context)
    await button(page, texts.setup('step.4.done')).click()
    await page.getByText(texts.setup('person-check.failed')).waitFor()
    await look('failed', page)
    expect(faults).toEqual({})
  })
})

describe('where the host does not ask for it', () => {
  let plain: Place
  beforeAll(async () => {
    plain = await openPlace()
  })
  afterAll(() => plain?.close())
  const testPlain = testAt(() => plain)

  testPlain('nothing is ever asked of Cloudflare, and the check is not shown', async ({ phone }) => {
    const { context, page } = await phone()
    const recording = record(context)
    await page.goto('/')
    await walkWizard(page, es, { owner: 'Ana', name: 'Rosa' })
    await heading(page, es.app('practice.title')).waitFor()
    const strange = (await recording.requests()).filter(
      ({ url }) => new URL(url).origin !== plain.origin || new URL(url).pathname === '/check',
    )
    expect(strange).toEqual([])
  })
})
