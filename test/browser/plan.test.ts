import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, type ExpectStatic, expect } from 'vitest'
import { planSection } from '../../src/content/family-plan.ts'
import { openDocument } from '../../src/crypto/document.ts'
import { receiptTokenOf } from '../../src/crypto/letter.ts'
import { openPairedLock } from '../../src/crypto/locks/paired.ts'
import { openPlan, openShare } from '../../src/crypto/plan.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { type Plan, PlanAnswer, ShareAnswer } from '../../src/protocol/plan.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { DocumentContact, VaultDocument } from '../../src/protocol/vault-document.ts'
import { askAsOwner, type Family, phoneKeeps, press, putRecords, setUp } from './support/family.ts'
import { button, heading, link, serviceWorkerReady } from './support/hands.ts'
import { drawPdf } from './support/pdf.ts'
import { enterPin, goLocked, setPin } from './support/pin.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const titleOf = (section: string) => planSection(section)?.title.es ?? ''

const documentOf = async ({ root }: Family): Promise<VaultDocument> => {
  const { version, document } = (await askAsOwner(place.origin, root, ROUTES.open)) as {
    version: number
    document: string
  }
  const opened = openDocument(root, version, fromText(document))
  if (opened === null) throw new Error('the vault does not open')
  return opened
}
/** As it lies at the service, opened as the owner can. */
const planOf = async (family: Family): Promise<Plan | null> => {
  const { plan } = PlanAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.plan))
  return plan === null ? null : openPlan(family.root, plan.version, fromText(plan.sealed))
}
const entriesOf = async (family: Family, section: string) =>
  (await planOf(family))?.sections.find(({ id }) => id === section)?.entries ?? null

const ask = async (route: string, body: object): Promise<unknown> => {
  const response = await fetch(place.origin + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}
/** What a contact gets who holds the invitation and has opened the letter. */
const seenBy = async ({ press: { vault } }: Family, { letter, secret }: DocumentContact) => {
  const answer = LetterAnswer.parse(await ask(ROUTES.letter, { vault, letter: letter.id }))
  const lock = answer.locks.find(({ kind }) => kind === 'paired')
  const [at, id] = [fromText(vault), fromText(letter.id)]
  const key = lock?.kind === 'paired' && openPairedLock(lock, fromText(secret), at, id, answer.version)
  if (!key) throw new Error('the letter does not open')
  const token = toText(receiptTokenOf(key, at, id))
  const { share } = ShareAnswer.parse(
    await ask(ROUTES.share, { vault, letter: letter.id, version: answer.version, token }),
  )
  return share === null ? null : openShare(key, at, id, answer.version, fromText(share))
}

const goTo = async (page: Page, section: string): Promise<void> => {
  await page.goto(`/#/plan/${section}`)
  await heading(page, titleOf(section)).waitFor()
}
const type = async (page: Page, field: string, text: string): Promise<void> => {
  await page.locator(`#${field}`).fill(text)
  await page.getByText(es.plan('section.kept')).waitFor()
}
/** The first stroke of all waits for the key with which it is sealed; those that follow do not. */
const isKept = (page: Page, family: Family, { poll }: ExpectStatic): Promise<void> =>
  poll(
    async () =>
      (await page.evaluate(() => localStorage.getItem('amparo/plan-draft'))) ??
      // The app may have stored by itself what it found typed.
      (await entriesOf(family, 'money')),
  ).not.toBeNull()
const done = async (page: Page): Promise<void> => {
  await link(page, es.plan('section.done')).click()
  await heading(page, es.plan('title')).waitFor()
}
const stored = (page: Page) => page.getByText(es.plan('state.stored'))
const kept = (page: Page, count = 1) => page.getByText(es.plan('state.kept', { count }))

describe.concurrent('the family’s plan', () => {
  test('is filled in from the list of places, is said to be on the phone alone, and then at the service', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await page.goto('/#/more')
    await page.getByRole('link', { name: new RegExp(`^${es.setup('more.plan')}`) }).click()
    await page.getByRole('link', { name: new RegExp(`^${titleOf('identity')}`) }).click()
    await type(page, 'legal-name-0', ' Ana María Núñez ')
    await page.locator('#a-number-0').fill('012 345 678')
    await done(page)
    await stored(page).waitFor()
    expect(await entriesOf(family, 'identity')).toEqual([
      { 'legal-name': 'Ana María Núñez', 'a-number': '012 345 678' },
    ])
    await page.getByText(es.plan('index.fields', { filled: 2, all: 6 })).waitFor()
    await expect.poll(async () => Object.keys(await phoneKeeps(page)).join()).not.toContain('plan-draft')
  })

  test('keeps each key stroke across a reload, also without a line, and says where it is', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'money')
    await page.locator('#pets-0').pressSequentially('Canela, con la vecina')
    await page.reload()
    await heading(page, titleOf('money')).waitFor()
    expect(await page.locator('#pets-0').inputValue()).toBe('Canela, con la vecina')
    await context.setOffline(true)
    await type(page, 'lease-0', 'Hasta mayo')
    await done(page)
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    await kept(page).waitFor()
    expect(await stored(page).count()).toBe(0)
    expect((await entriesOf(family, 'money'))?.[0]?.lease).toBeUndefined()
    await context.setOffline(false)
    await stored(page).waitFor()
    expect(await entriesOf(family, 'money')).toEqual([{ pets: 'Canela, con la vecina', lease: 'Hasta mayo' }])
  })

  test('that was typed on a page which was left in the middle is stored the next time the app is opened', async ({
    phone,
    expect,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await isKept(page, family, expect)
    await button(page, es.app('exit')).click()
    await page.waitForURL('**/notes')
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await expect.poll(() => entriesOf(family, 'money')).toEqual([{ pets: 'Canela' }])
  })

  test('goes on where it was when the owner comes back to a section while it is being stored', async ({
    phone,
    expect,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    let isHeld = true
    const held: (() => void)[] = []
    await context.route(`**${ROUTES.commit}`, async (route) => {
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve))
      await route.continue()
    })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await done(page)
    await page.getByText(es.plan('state.storing')).waitFor()
    await goTo(page, 'money')
    await page.locator('#pets-0').fill('Canela, con la vecina')
    isHeld = false
    for (const go of held) go()
    await expect.poll(() => entriesOf(family, 'money')).toEqual([{ pets: 'Canela' }])
    await page.locator('#pets-0').fill('Canela, con la vecina Sol')
    await page.getByText(es.plan('section.kept')).waitFor()
    expect(await page.getByText(es.plan('conflict.title')).count()).toBe(0)
    await done(page)
    await stored(page).waitFor()
    expect(await entriesOf(family, 'money')).toEqual([{ pets: 'Canela, con la vecina Sol' }])
  })

  test('has a page for each child, and one that is removed takes no other with it', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'children')
    await type(page, 'child-name-0', 'Lucía')
    for (const [at, name] of [
      [1, 'Leo'],
      [2, 'Sol'],
    ] as const) {
      await button(page, es.plan('page.add')).click()
      await type(page, `child-name-${at}`, name)
    }
    await button(page, es.plan('page.remove')).nth(1).click()
    await button(page, es.plan('page.remove.yes')).click()
    await page.locator('#child-name-2').waitFor({ state: 'detached' })
    await done(page)
    await stored(page).waitFor()
    expect(await entriesOf(family, 'children')).toEqual([{ 'child-name': 'Lucía' }, { 'child-name': 'Sol' }])
  })

  test('shows a contact the section that the owner picked, with the letter and not before, and nothing else', async ({
    phone,
  }) => {
    const { page } = await phone()
    const contacts = [
      { name: 'Rosa', lock: { kind: 'paired' } as const },
      { name: 'José', lock: { kind: 'link' } as const },
    ]
    const family = await setUp(page, place, { contacts, delayMs: 0 })
    await goTo(page, 'identity')
    await type(page, 'a-number-0', '012 345 678')
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await goTo(page, 'identity')
    await page.getByRole('link', { name: new RegExp(`^${es.plan('section.share')}`) }).click()
    await page.getByText(/Número A, o dónde está escrito/).waitFor()
    expect(await page.getByText(es.plan('share.link', { name: 'José' })).count()).toBe(0)
    await page.getByText('José', { exact: true }).click()
    await page.getByText(es.plan('share.link', { name: 'José' })).waitFor()
    await page.getByText('José', { exact: true }).click()
    await page.getByText('Rosa', { exact: true }).click()
    await button(page, es.plan('share.save')).click()
    await page.getByText(es.plan('index.readers', { names: 'Rosa' })).waitFor()
    await page.getByRole('link', { name: es.plan('index.shown') }).click()
    await page.getByRole('link', { name: /^José/ }).getByText(es.plan('shown.nothing')).waitFor()
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.getByText('012 345 678').waitFor()
    expect(await page.getByText('Canela').count()).toBe(0)

    const [rosa, jose] = (await documentOf(family)).contacts
    await press(place.origin, family)
    await expect
      .poll(async () => (await seenBy(family, rosa!).catch(() => null))?.sections)
      .toMatchObject([{ id: 'identity', entries: [{ 'a-number': '012 345 678' }] }])
    expect(await seenBy(family, jose!)).toBeNull()
  })

  test('taken back from a contact is in the letter of the next alert no more', async ({ phone, expect }) => {
    const { page } = await phone()
    const family = await setUp(page, place, {
      contacts: [{ name: 'Rosa', lock: { kind: 'paired' } }],
      delayMs: 0,
    })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    for (const readers of [/^Compartida/, /^Solo/]) {
      await page.goto('/#/plan/money/share')
      await page.getByText('Rosa', { exact: true }).click()
      await button(page, es.plan('share.save')).click()
      await heading(page, es.plan('title')).waitFor()
      const row = page.getByRole('link', { name: new RegExp(`^${titleOf('money')}`) })
      await row.locator('small').filter({ hasText: readers }).waitFor()
    }
    const [rosa] = (await documentOf(family)).contacts
    await press(place.origin, family)
    await expect.poll(() => seenBy(family, rosa!).catch(() => 'not out')).toBeNull()
  })

  test('that two phones have filled in is joined, and where both wrote the same line the owner says whose words stand', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const { page: other } = await phone()
    // Else it may be the first: the app stores by itself what it finds typed when it is opened.
    await other.route(`**${ROUTES.commit}`, (route) => route.abort())
    await putRecords(other, { press: family.press, owner: family.owner, document: family.cache })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await goTo(other, 'money')
    await type(other, 'pets-0', 'Chispa')
    await page.locator('#lease-0').fill('Hasta mayo')
    await done(page)
    await stored(page).waitFor()
    await other.locator('#vehicle-0').fill('Rojo')
    await other.unroute(`**${ROUTES.commit}`)
    await done(other)
    await other.getByRole('link', { name: new RegExp(es.plan('index.conflict')) }).click()
    await other.getByText('Canela').waitFor()
    expect(await entriesOf(family, 'money')).toEqual([{ pets: 'Canela', lease: 'Hasta mayo' }])
    await button(other, es.plan('conflict.mine.take')).click()
    await done(other)
    await stored(other).waitFor()
    expect(await entriesOf(family, 'money')).toEqual([
      { pets: 'Chispa', lease: 'Hasta mayo', vehicle: 'Rojo' },
    ])
  })

  test('stands behind the PIN, and what was typed is still there when one is set', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await context.route(`**${ROUTES.commit}`, (route) => route.abort())
    await goTo(page, 'identity')
    await type(page, 'legal-name-0', 'Ana María Núñez')
    await setPin(page)
    expect(await planOf(family)).toBeNull()
    await goLocked(page, 'plan/identity')
    expect(await page.content()).not.toContain('Núñez')
    expect(JSON.stringify(await phoneKeeps(page))).not.toContain('Núñez')
    await enterPin(page)
    await page.locator('#legal-name-0').waitFor()
    await expect.poll(() => page.locator('#legal-name-0').inputValue()).toBe('Ana María Núñez')
    await context.unroute(`**${ROUTES.commit}`)
    await done(page)
    await stored(page).waitFor()
  })

  test('works where there is no IndexedDB', async ({ phone, expect }) => {
    const { page } = await phone()
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
    })
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }], inLocalStorage: true })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await isKept(page, family, expect)
    await page.reload()
    await heading(page, titleOf('money')).waitFor()
    expect(await page.locator('#pets-0').inputValue()).toBe('Canela')
    await done(page)
    await stored(page).waitFor()
    expect(await entriesOf(family, 'money')).toEqual([{ pets: 'Canela' }])
  })

  test('that is longer than there is room for is said to be before it is stored, and nothing of it is lost', async ({
    phone,
  }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'children')
    for (let at = 0; at < 5; at += 1) {
      if (at > 0) await button(page, es.plan('page.add')).click()
      for (const field of ['medical', 'medications', 'allergies', 'child-doctor'])
        await page.locator(`#${field}-${at}`).fill('x'.repeat(2_000))
    }
    await page.getByText(es.plan('full')).waitFor()
    await done(page)
    await page.getByText(es.plan('full')).waitFor()
    await kept(page).waitFor()
    // What was typed first may have been stored while there was room for it.
    expect(JSON.stringify(await entriesOf(family, 'children')).length).toBeLessThan(5 * 4 * 2_000)
    await goTo(page, 'children')
    expect(await page.locator('#allergies-4').inputValue()).toHaveLength(2_000)
  })

  test('is saved as a PDF with the sections that were picked, which another’s code reads', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }], name: 'Ana María' })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela, con la señora Núñez')
    await goTo(page, 'immigration')
    await type(page, 'entry-0', 'Tijuana, 2009')
    await page.goto('/#/plan/print')
    await page
      .getByText(/Entrada: fecha, lugar, visa/)
      .first()
      .waitFor()
    await page.getByRole('checkbox', { name: titleOf('immigration') }).uncheck()
    const saving = page.waitForEvent('download')
    await button(page, es.plan('print.pdf')).click()
    const download = await saving
    expect(download.suggestedFilename()).toBe('plan-familiar.pdf')
    const [drawn] = await drawPdf(context, await readFile(await download.path()), 30)
    const words = drawn?.texts.map(({ text }) => text).join(' ')
    expect(words).toContain(es.plan('pdf.of', { name: 'Ana María' }))
    expect(words).toContain('Canela, con la señora Núñez')
    expect(words).not.toContain('Tijuana')
  })

  test('prints what was picked and nothing else of the page', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'money')
    await type(page, 'pets-0', 'Canela')
    await page.goto('/#/plan/print')
    await button(page, es.plan('print.pdf')).waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.locator('.sheet dd').getByText('Canela').waitFor()
    for (const hidden of ['.exit', '.top', 'main > .choice'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false)
  })

  test('says which form for the care of children a state has, where that is written, and that nobody has verified it', async ({
    phone,
  }) => {
    const { page } = await phone({ language: 'en' })
    await setUp(page, place)
    await page.goto('/#/plan/child-care-plan')
    await link(page, en.plan('index.care')).click()
    await page.getByText(en.plan('care.advice')).waitFor()
    await page.locator('#state').selectOption('NE')
    const said = page.locator('main [role=status]')
    await said.getByText(/six months, before a notary/).waitFor()
    await said.getByText(en.plan('care.unverified')).waitFor()
    expect(await said.getByRole('link').getAttribute('href')).toBe(
      'https://www.helpingneighborslnk.org/be-ready',
    )
    await page.locator('#state').selectOption('WY')
    await said.getByText(en.plan('care.state.none')).waitFor()
  })

  test('follows a change of language after it has been on the screen', async ({ phone }) => {
    const { page } = await phone()
    await setUp(page, place)
    await page.goto('/#/plan')
    await heading(page, es.plan('title')).waitFor()
    await page.goto('/#/more')
    await page.locator('select').selectOption('en')
    await heading(page, en.setup('more.title')).waitFor()
    await page.goto('/#/plan')
    await heading(page, en.plan('title')).waitFor()
    await page.getByText(en.plan('body')).waitFor()
  })

  test.for([
    es,
    en,
  ])('after one visit is read, typed into and saved as a PDF without a line, in $language', async (texts, {
    phone,
  }) => {
    const { context, page } = await phone({ language: texts.language, serviceWorkers: 'allow' })
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await serviceWorkerReady(page)
    await page.goto('/#/plan/money')
    await page.locator('#pets-0').fill('Canela')
    await link(page, texts.plan('section.done')).click()
    await page.getByText(texts.plan('state.stored')).waitFor()
    await context.setOffline(true)
    await page.reload()
    await page.getByText(texts.plan('body')).waitFor()
    await page
      .getByRole('link', { name: new RegExp(texts.plan('index.fields', { filled: 1, all: 5 })) })
      .click()
    await page.locator('#pets-0').waitFor()
    expect(await page.locator('#pets-0').inputValue()).toBe('Canela')
    await page.locator('#vehicle-0').fill('Rojo')
    await page.goto('/#/plan/care')
    await page.locator('#state').selectOption('CA')
    await page.getByText(texts.plan('care.unverified')).first().waitFor()
    await page.goto('/#/plan/print')
    const saving = page.waitForEvent('download')
    await button(page, texts.plan('print.pdf')).click()
    expect((await readFile(await (await saving).path())).toString('latin1')).toContain('(Rojo)')
    await page.goto('/#/plan')
    await page.getByText(texts.plan('state.kept', { count: 1 })).waitFor()
    expect((await entriesOf(family, 'money'))?.[0]).toEqual({ pets: 'Canela' })
  })
})
