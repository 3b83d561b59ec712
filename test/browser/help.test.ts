import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import helpEn from '../../src/i18n/messages/help/en.json' with { type: 'json' }
import helpEs from '../../src/i18n/messages/help/es.json' with { type: 'json' }
import { press, setUp } from './support/family.ts'
import { button, heading, link, serviceWorkerReady } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import { letterLink, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const LANGUAGES = [
  { texts: en, help: helpEn },
  { texts: es, help: helpEs },
]
const SAN_JOSE = { latitude: 37.3387, longitude: -121.8853, accuracy: 30 }

/** The first line that the page offers for a place. */
const firstNear = (page: Page) => page.locator('#near-lines [data-line]').first()
const firstNearIs = (page: Page, line: string): Promise<void> =>
  expect.poll(() => firstNear(page).getAttribute('data-line')).toBe(line)

const requestsOf = (context: BrowserContext): string[] => {
  const seen: string[] = []
  context.on('request', (request) => seen.push(`${request.url()} ${request.postData() ?? ''}`))
  return seen
}

describe.for(LANGUAGES)('the help pages in $texts.language', ({ texts, help }) => {
  const { language } = texts
  const at = (page: string) => `/help/${language}${page}`

  test('rights and lines are readable with JavaScript off', async ({ phone }) => {
    const { page } = await phone({ language, javaScriptEnabled: false })
    await page.goto(at('/rights'))
    expect(await page.locator('.scene').count()).toBe(6)
    expect(await page.locator('.spoken .officer').first().isVisible()).toBe(true)
    expect(await page.locator('#red-cards a').count()).toBeGreaterThanOrEqual(16)
    await page.goto(at('/hotlines'))
    expect(await page.locator('a[href^="tel:+1"]').count()).toBeGreaterThan(30)
    await page.locator('#by-state summary').first().click()
    expect(await page.locator('#by-state [data-line] a[href^="tel:"]').first().isVisible()).toBe(true)
    expect(await page.locator('#near').isVisible()).toBe(false)
    await page.goto(at('/steps'))
    await page.locator('[data-step="locator"] summary').click()
    expect(await page.locator('[data-step="locator"] a[href^="https://locator.ice.gov"]').isVisible()).toBe(
      true,
    )
    expect(await page.locator('#role-field, #ticks').first().isVisible()).toBe(false)
    await page.locator('[data-step="lawyer"] summary').click()
    await page.locator('[data-step="lawyer"] a[href^="/help/sources#"]').click()
    await page.locator('#steps-lawyer:target a[href^="https://"]').first().waitFor()
    await page.goto(at(''))
    await page.locator(`main a[href="${at('/hotlines')}"]`).click()
    await heading(page, help['hotlines.title']).waitFor()
  })

  test('the next steps need no line after one visit, and what is ticked stays on this phone until it is cleared', async ({
    phone,
  }) => {
    const { context, page } = await phone({ language, serviceWorkers: 'allow' })
    await page.goto(at(''))
    await serviceWorkerReady(page)
    await expect
      .poll(() => page.evaluate(async () => (await caches.match('/help/sources.html')) !== undefined))
      .toBe(true)
    await context.setOffline(true)
    const requests = requestsOf(context)
    await page.goto(at('/steps'))
    await heading(page, help['steps.title']).waitFor()
    const item = (id: string) => page.locator(`[data-step="${id}"]`)
    await item('children').locator('input').click()
    await page.locator('#role').selectOption('employer')
    await item('children').waitFor({ state: 'hidden' })
    await item('work-facts').waitFor()
    await page.reload()
    await item('work-facts').waitFor()
    await item('children').waitFor({ state: 'hidden' })
    await page.locator('#role').selectOption('')
    await item('children').waitFor()
    await expect.poll(() => item('children').locator('input').isChecked()).toBe(true)
    await item('lawyer').locator('summary').click()
    await item('lawyer').locator('a[href^="/help/sources#"]').click()
    await page.locator('#steps-lawyer').waitFor()
    await page.goto(at('/steps'))
    await page.locator('#clear').click()
    await expect.poll(() => item('children').locator('input').isChecked()).toBe(false)
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0)
    expect(requests.filter((request) => /children|employer/.test(request))).toEqual([])
  })

  test('a consulate’s number is behind the warning for who asks for asylum, with JavaScript off too', async ({
    phone,
  }) => {
    const { page } = await phone({ language, javaScriptEnabled: false })
    await page.goto(at('/steps'))
    const consulate = page.locator('[data-step="consulate"]')
    const numbers = consulate.locator('a[href^="tel:"]:visible')
    await consulate.locator('summary').first().click()
    await consulate.locator('.wrong', { hasText: language === 'es' ? 'asilo' : 'asylum' }).waitFor()
    expect(await numbers.count()).toBe(0)
    await consulate.locator('[data-consulates] > summary').click()
    expect(await numbers.count()).toBe(0)
    await consulate.locator('[data-country="MX"] summary').click()
    expect(await numbers.getAttribute('href')).toBe('tel:+15206237874')
  })

  test('every page is there without a line, after one visit to another one', async ({ phone }) => {
    const { context, page } = await phone({
      language,
      serviceWorkers: 'allow',
      geolocation: SAN_JOSE,
      permissions: ['geolocation'],
    })
    await page.goto('/')
    await serviceWorkerReady(page)
    await context.setOffline(true)
    await page.goto(at(''))
    await heading(page, help['index.title']).waitFor()
    await page.goto(at('/rights#car'))
    await page.locator('[data-show="car"] button').click()
    await page.locator('dialog .officer').first().waitFor()
    await page.goto(at('/hotlines'))
    await page.locator('#locate').click()
    await firstNearIs(page, 'ca-santa-clara')
    await page.goto(at('/library'))
    await page.locator('#query').fill(language === 'es' ? 'targeta roja' : 'red crads')
    await expect
      .poll(() => page.locator('#entries [data-found]').first().getAttribute('data-found'))
      .toMatch(/red-cards/)
    await page.goto('/help')
    await heading(page, help['index.title']).waitFor()
  })

  test('the line of the place that is picked comes first, and where none is known the national one, called so', async ({
    phone,
  }) => {
    const { page } = await phone({ language })
    await page.goto(at('/hotlines'))
    await page.locator('#state').selectOption('CA')
    await page.locator('#county').selectOption({ label: 'San Mateo' })
    await firstNearIs(page, 'ca-san-mateo')
    await page.locator('#state').selectOption('VT')
    await firstNearIs(page, 'us-migrawatch')
    expect(await firstNear(page).textContent()).toContain(help['line.unverified'])
  })

  test('nothing keeps anybody out of them', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await page.goto(at(''))
    await look('index', page)
    await page.goto(at('/hotlines#ca-santa-clara'))
    await firstNear(page).waitFor()
    await look('lines', page)
    await page.goto(at('/rights'))
    await page.locator('[data-show="door"] button').waitFor()
    await look('rights', page)
    await page.locator('[data-show="door"] button').click()
    await page.locator('dialog .officer').first().waitFor()
    await look('rights, held up', page)
    await page.goto(at('/steps'))
    await page.locator('#role').waitFor()
    await page.locator('[data-step="consulate"] summary').first().click()
    await page.locator('[data-consulates] > summary').click()
    await look('next steps', page)
    await page.goto('/help/sources#steps-locator')
    await look('sources', page)
    await page.goto(at('/library'))
    await page.locator('#query').fill('icirr')
    await page.locator('#entries [data-found]').first().waitFor()
    await look('library', page)
    expect(faults).toEqual({})
  })
})

test('a position leads to its county’s line, and nothing is requested once it is known', async ({
  phone,
}) => {
  const { context, page } = await phone({ geolocation: SAN_JOSE, permissions: ['geolocation'] })
  const requests = requestsOf(context)
  await page.goto('/help/es/hotlines')
  await page.locator('#locate').waitFor()
  expect(await page.locator('#near-lines [data-line]').count()).toBe(0)
  // What was asked for when the browser gave the position.
  await page.evaluate(() => {
    const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
    navigator.geolocation.getCurrentPosition = (found, failed, options) =>
      ask(
        (position) => {
          performance.mark('position')
          found(position)
        },
        failed,
        options,
      )
  })
  await page.locator('#locate').click()
  await firstNearIs(page, 'ca-santa-clara')
  const later = await page.evaluate(() => {
    const known = performance.getEntriesByName('position')[0]?.startTime ?? -1
    return {
      known,
      later: performance.getEntriesByType('resource').filter(({ startTime }) => startTime >= known).length,
    }
  })
  expect(later.known).toBeGreaterThan(0)
  expect(later.later).toBe(0)
  expect(requests.filter((request) => /37\.3|121\.8/.test(request))).toEqual([])
})

test('without a permission, or outside the country, the list is what remains, and that is said', async ({
  phone,
}) => {
  const { page } = await phone({ permissions: [] })
  await page.goto('/help/es/hotlines')
  await page.locator('#locate').click()
  await page.getByText(helpEs['near.denied']).waitFor()
  const { page: abroad } = await phone({
    geolocation: { latitude: 19.43, longitude: -99.13 },
    permissions: ['geolocation'],
  })
  await abroad.goto('/help/es/hotlines')
  await abroad.locator('#locate').click()
  await abroad.getByText(helpEs['near.outside']).waitFor()
})

test('a link to an entry of the library leads to it, however far down it stands; what is searched for is in no address', async ({
  phone,
}) => {
  const { page } = await phone()
  await page.goto('/help/es/library')
  await page.locator('#entries > button').click()
  await expect.poll(() => page.locator('#entries article').count()).toBeGreaterThan(60)
  const last = await page.locator('#entries article').last().getAttribute('id')
  await page.goto('/help/es')
  await page.goto(`/help/es/library#${last}`)
  await page.locator(`#${last}`).waitFor()
  await expect
    .poll(() => page.locator(`#${last}`).evaluate((one) => one.getBoundingClientRect().top < innerHeight))
    .toBe(true)
  const requests = requestsOf(page.context())
  await page.locator('#query').fill('abogado')
  await page.locator('#search summary').click()
  await page.locator('#topic').selectOption('legal-help')
  await page.locator('#entries article').first().waitFor()
  expect(page.url()).not.toContain('abogado')
  expect(requests).toEqual([])
})

test('close to a border the lines of both sides are shown', async ({ phone }) => {
  // San Mateo and Santa Clara meet at San Francisquito Creek.
  const { page } = await phone({
    geolocation: { latitude: 37.4527, longitude: -122.1652, accuracy: 2_000 },
    permissions: ['geolocation'],
  })
  await page.goto('/help/es/hotlines')
  await page.locator('#locate').click()
  await firstNear(page).waitFor()
  const shown = await page
    .locator('#near-lines [data-line]')
    .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset.line))
  expect(shown.slice(0, 2).sort()).toEqual(['ca-san-mateo', 'ca-santa-clara'])
})

test('on the phone of an owner her own line comes first, and a link to a line before it', async ({
  phone,
}) => {
  const { page } = await phone()
  await setUp(page, place, { contacts: [{ name: 'Rosa' }], inLocalStorage: true })
  const own = await page.locator('a.call').getAttribute('href')
  await link(page, es.app('home.help')).click()
  await heading(page, helpEs['index.title']).waitFor()
  await page.locator('main a[href="/help/es/hotlines"]').click()
  await page.getByText(helpEs['near.yours']).waitFor()
  expect(await firstNear(page).locator('a.call').getAttribute('href')).toBe(own)
  await page.goto('/help/es/hotlines#co-corrn')
  await page.getByText(helpEs['near.linked']).waitFor()
  await firstNearIs(page, 'co-corrn')
})

test('a number is copied, and kept in the phone’s contacts', async ({ phone }) => {
  const { page } = await phone({ permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto('/help/es/hotlines#ca-santa-clara')
  await firstNear(page).getByRole('button', { name: helpEs['line.copy'] }).click()
  await firstNear(page).getByText(helpEs['line.copied']).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('+14082901144')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    firstNear(page).getByRole('button', { name: helpEs['line.save'] }).click(),
  ])
  expect(download.suggestedFilename()).toBe('ca-santa-clara.vcf')
})

test('the phone’s own voice reads to the officer in English and to the owner in her language, with the screen kept on', async ({
  phone,
}) => {
  const { page } = await phone()
  await page.addInitScript(() => {
    const heard: string[] = []
    const voices = ['en-US', 'es-MX'].flatMap((lang) => [
      { lang, localService: false, name: 'far' },
      { lang, localService: true, name: 'here' },
    ])
    class Utterance {
      voice: { name: string } | null = null
      lang = ''
      text: string
      constructor(text: string) {
        this.text = text
      }
    }
    const speechSynthesis = {
      getVoices: () => voices,
      cancel: () => undefined,
      speak: ({ text, lang, voice }: Utterance) => heard.push(`${voice?.name} ${lang} ${text}`),
    }
    Object.defineProperty(globalThis, 'speechSynthesis', { value: speechSynthesis })
    Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, heard })
    const request = async () => {
      heard.push('awake')
      return { release: async () => heard.push('asleep') }
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  })
  await page.goto('/help/es/rights')
  await page.locator('[data-show="street"] button').click()
  const officer = await page.locator('dialog .officer').allTextContents()
  await page.getByRole('button', { name: helpEs['rights.speak'], exact: true }).click()
  await page.getByRole('button', { name: helpEs['rights.speak.mine'], exact: true }).click()
  await page.getByRole('button', { name: helpEs['rights.close'], exact: true }).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
  await expect.poll(async () => (await heard()).at(-1)).toBe('asleep')
  expect(await heard()).toEqual([
    'awake',
    ...officer.map((text) => `here en-US ${text}`),
    ...(await page.locator('#street .meaning').allTextContents()).map((text) => `here es-MX ${text}`),
    'asleep',
  ])
})

test('a help page that does not arrive undoes nothing of what the button needs, and is kept at the next visit', async ({
  phone,
}) => {
  const { context, page } = await phone({ serviceWorkers: 'allow' })
  const isKept = () => page.evaluate(async () => (await caches.match('/help/es/rights.html')) !== undefined)
  let refused = 0
  await context.route('**/help/es/rights', (route) => {
    refused += 1
    return route.abort()
  })
  await page.goto('/')
  await serviceWorkerReady(page)
  await expect.poll(() => refused).toBeGreaterThan(3)
  expect(await page.evaluate(async () => (await caches.match('/index.html')) !== undefined)).toBe(true)
  expect(await isKept()).toBe(false)
  await context.unroute('**/help/es/rights')
  await page.reload()
  await expect.poll(isKept).toBe(true)
})

test('what is printed of the rights is words on paper: no pictures, no buttons', async ({ phone }) => {
  const { page } = await phone()
  await page.goto('/help/es/rights')
  await page.locator('#print button').waitFor()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.locator('.spoken .officer').first().isVisible()).toBe(true)
  expect(await page.locator('.scene .tips li').first().isVisible()).toBe(true)
  for (const gone of ['.art', '.tabs', '#print button', '[data-show] button'])
    expect(await page.locator(gone).first().isVisible()).toBe(false)
  const colors = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    return [color, backgroundColor]
  })
  expect(colors).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
})

test('an open letter leads to them, and stays open', async ({ phone }) => {
  const { page } = await phone()
  const email = newAddress('rosa')
  await press(place.origin, await setUp(page, place, { delayMs: 0, contacts: [{ email }] }))
  const [mail] = await waitForMails(place.server, email)
  const { context, page: reader } = await phone()
  await reader.goto(letterLink(mail!))
  await button(reader, es.reader('open.button')).click()
  const [beside] = await Promise.all([
    context.waitForEvent('page'),
    link(reader, es.after('help.hotlines')).click(),
  ])
  await firstNear(beside).waitFor()
  expect(beside.url()).not.toContain(new URL(letterLink(mail!)).hash)
  expect(await reader.locator('.letter').isVisible()).toBe(true)
})
