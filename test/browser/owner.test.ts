import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openDocument } from '../../src/crypto/document.ts'
import { toWords } from '../../src/crypto/recovery-words.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import { askAsOwner, phoneKeeps, setUp } from './support/family.ts'
import { button, heading, hold, link } from './support/hands.ts'
import {
  later,
  letterLink,
  mailsTo,
  newAddress,
  openPlace,
  type Place,
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

const QUIET_MS = 4_000

const documentOf = async (root: Uint8Array): Promise<VaultDocument> => {
  const answer = await askAsOwner(place.origin, root, ROUTES.open)
  const { version, document: sealed } = answer as { version: number; document: string }
  const document = openDocument(root, version, fromText(sealed))
  if (document === null) throw new Error('the vault does not open')
  return document
}
const alertsOf = async (root: Uint8Array): Promise<AlertSummary[]> =>
  ((await askAsOwner(place.origin, root, ROUTES.alerts)) as { alerts: AlertSummary[] }).alerts

const goTo = (page: Page, where: string) => page.goto(`/#/${where}`)
const saveIt = (page: Page) => button(page, es.setup('person.save'))

/** The owner's own way to close an alert, from the screen on which it stands. */
const sayWell = async (page: Page): Promise<void> => {
  await button(page, es.app('clear.button')).click()
  await button(page, es.app('clear.yes')).click()
  await heading(page, es.app('alert.cleared')).waitFor()
  await button(page, es.app('alert.back')).click()
  await page.locator('.hold').waitFor()
}

const openLetterAt = async (page: Page, address: string, text: string): Promise<void> => {
  await page.goto(address)
  await button(page, es.reader('open.button')).click()
  await page.getByText(text).waitFor()
}

describe.concurrent('people and letters', () => {
  test('a letter that was changed is the one that is read', async ({ phone }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    const { root } = await setUp(page, place, {
      contacts: [{ name: 'Rosa', email, text: 'La vieja carta.' }],
    })
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    expect(await page.locator('#letter').inputValue()).toBe('La vieja carta.')
    await page.locator('#letter').fill('La nueva carta.')
    await page.locator('#phrase').fill('la bicicleta azul')
    await saveIt(page).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect((await documentOf(root)).contacts[0]?.letter).toMatchObject({
      text: 'La nueva carta.',
      phrase: 'la bicicleta azul',
    })
    await goTo(page, '')
    await hold(page)
    const [mail] = await waitForMails(place.server, email)
    const { page: reader } = await phone()
    await openLetterAt(reader, letterLink(mail!), 'La nueva carta.')
    await reader.getByText('la bicicleta azul').waitFor()
  })

  test('what was typed and not saved is there again after a reload', async ({ expect, phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.locator('#letter').fill('Media carta, todavía sin')
    await expect.poll(async () => Object.keys(await phoneKeeps(page))).toContain('local amparo/edit')
    await page.reload()
    await page.locator('#letter').waitFor()
    expect(await page.locator('#letter').inputValue()).toBe('Media carta, todavía sin')
  })

  test('a template does not overwrite what somebody wrote without asking', async ({ expect, phone }) => {
    const { page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa', text: 'Mis palabras.' }] })
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.locator('#template').selectOption('children')
    await page.getByRole('dialog').waitFor()
    await button(page, es.setup('letter.replace.no')).click()
    expect(await page.locator('#letter').inputValue()).toBe('Mis palabras.')
    await page.locator('#template').selectOption('children')
    await button(page, es.setup('letter.replace.yes')).click()
    await expect.poll(() => page.locator('#letter').inputValue()).toBe(es.letters('children'))
  })

  test('who was removed is not told, the others are', async ({ phone }) => {
    const { page } = await phone()
    const [rosa, jose] = [newAddress('rosa'), newAddress('jose')]
    const { root } = await setUp(page, place, {
      contacts: [
        { name: 'Rosa', email: rosa },
        { name: 'José', email: jose },
      ],
    })
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await button(page, es.setup('person.remove')).click()
    await button(page, es.setup('person.remove.yes')).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect((await documentOf(root)).contacts).toMatchObject([{ name: 'José' }])
    await goTo(page, '')
    await hold(page)
    await waitForMails(place.server, jose)
    await later(QUIET_MS)
    expect(await mailsTo(place.server, rosa)).toEqual([])
  })

  test('a change that finds no line changes nothing, and stays typed', async ({ phone }) => {
    const { context, page } = await phone()
    const { root } = await setUp(page, place, { contacts: [{ name: 'Rosa', text: 'La vieja carta.' }] })
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.locator('#letter').fill('La nueva carta.')
    await context.route('**/api/**', (route) => route.abort())
    await saveIt(page).click()
    await page.getByText(es.setup('trouble.no-line')).waitFor()
    expect(await page.locator('#letter').inputValue()).toBe('La nueva carta.')
    expect((await documentOf(root)).contacts[0]?.letter.text).toBe('La vieja carta.')
    await context.unroute('**/api/**')
    await saveIt(page).click()
    await heading(page, es.setup('people.title')).waitFor()
    expect((await documentOf(root)).contacts[0]?.letter.text).toBe('La nueva carta.')
  })
})

describe.concurrent('the recovery words', () => {
  test('stay amber until three of them were written back, a wrong one being told', async ({ phone }) => {
    const { page } = await phone()
    const { root } = await setUp(page, place, { wordsConfirmed: false })
    await page.getByText(es.app('light.words.more')).click()
    await heading(page, es.setup('words.title')).waitFor()
    const words = toWords(root, 'es').split(' ')
    await page.locator('.words').waitFor()
    expect(await page.locator('.words li').allTextContents()).toEqual(words)
    await link(page, es.setup('words.later')).click()
    await page.getByText(es.app('light.words.more')).waitFor()

    await goTo(page, 'words')
    await button(page, es.setup('words.written')).click()
    await page.locator('input[id^="word-"]').nth(2).waitFor()
    const asked = await page.locator('input[id^="word-"]').all()
    expect(asked).toHaveLength(3)
    for (const [at, input] of asked.entries()) {
      const place = Number((await input.getAttribute('id'))?.slice('word-'.length))
      await input.fill(at === 1 ? 'equivocada' : ` ${(words[place] ?? '').toUpperCase()}`)
    }
    await button(page, es.setup('words.check')).click()
    await page.getByText(es.setup('words.wrong')).waitFor()
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1)
    expect((await documentOf(root)).wordsConfirmedAt).toBeNull()

    const wrong = page.locator('input[id^="word-"]').nth(1)
    await wrong.fill(words[Number((await wrong.getAttribute('id'))?.slice('word-'.length))] ?? '')
    await button(page, es.setup('words.check')).click()
    // What is missing next.
    await page.getByText(es.app('light.accept.more')).waitFor()
    expect((await documentOf(root)).wordsConfirmedAt).not.toBeNull()
    await page.reload()
    await page.getByText(es.app('light.accept.more')).waitFor()
  })

  test('bring everything back on a new phone, and the old one says that it no longer alerts', async ({
    phone,
  }) => {
    const { page: old } = await phone()
    const email = newAddress('rosa')
    const { root } = await setUp(old, place, { contacts: [{ name: 'Rosa', email, text: 'La carta.' }] })
    const { page } = await phone()
    await page.goto('/#/restore')
    const bare = toWords(root, 'es').normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
    await page.locator('#twelve').fill(bare.replaceAll(' ', '\n'))
    await button(page, es.setup('restore.button')).click()
    await page.locator('.hold').waitFor()
    await goTo(page, 'people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    expect(await page.locator('#letter').inputValue()).toBe('La carta.')

    await old.reload()
    await old.getByText(es.app('light.revoked')).waitFor()
    await hold(old)
    await heading(old, es.app('alert.dead')).waitFor()
    expect(await mailsTo(place.server, email)).toEqual([])

    await goTo(page, '')
    await hold(page)
    await waitForMails(place.server, email)
  })

  test('that are not twelve, or that stand for nothing here, say so', async ({ phone }) => {
    const { page } = await phone()
    await page.goto('/#/restore')
    await page.locator('#twelve').fill('una dos tres')
    await button(page, es.setup('restore.button')).click()
    await page.getByText(es.setup('restore.wrong')).waitFor()
    await page.locator('#twelve').fill(toWords(new Uint8Array(16).fill(7), 'es'))
    await button(page, es.setup('restore.button')).click()
    await page.getByText(es.setup('restore.unknown')).waitFor()
    expect((await phoneKeeps(page)).owner).toBeUndefined()
  })
})

describe.concurrent('after an alert', () => {
  test('the keys roll at the next opening; the old mail’s letter still opens, a new press has another link', async ({
    expect,
    phone,
  }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    const { root, press } = await setUp(page, place, { contacts: [{ email, text: 'La carta.' }] })
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    const before = await documentOf(root)
    await page.reload()
    await heading(page, es.app('alert.open')).waitFor()
    await later(1_500)
    expect((await documentOf(root)).contacts).toEqual(before.contacts)

    await sayWell(page)
    await page.reload()
    await expect
      .poll(async () => (await documentOf(root)).pressers.map(({ id }) => id))
      .not.toContain(before.pressers[0]?.id)
    const after = await documentOf(root)
    expect(after.pressers).toHaveLength(1)
    expect(after.contacts[0]?.letter.id).not.toBe(before.contacts[0]?.letter.id)
    expect(after.contacts[0]?.letter.secret).not.toBe(before.contacts[0]?.letter.secret)
    await expect.poll(async () => ((await phoneKeeps(page)).press as { key: string }).key).not.toBe(press.key)

    const [first] = await waitForMails(place.server, email, 2)
    const { page: reader } = await phone()
    await openLetterAt(reader, letterLink(first!), 'La carta.')

    await page.reload()
    await page.locator('.hold').waitFor()
    await hold(page)
    const mails = await waitForMails(place.server, email, 3)
    expect(letterLink(mails[2]!)).not.toBe(letterLink(first!))
    await openLetterAt(reader, letterLink(mails[2]!), 'La carta.')
  })

  test('letters that were taken back are no longer given out', async ({ phone }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    const { root } = await setUp(page, place, { contacts: [{ email, text: 'La carta.' }] })
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    const [mail] = await waitForMails(place.server, email)
    await sayWell(page)
    await goTo(page, 'people')
    await button(page, es.setup('withdraw.button')).click()
    await page.getByText(es.setup('withdraw.done')).waitFor()
    const { page: reader } = await phone()
    await reader.goto(letterLink(mail!))
    await heading(reader, es.reader('unknown.title')).waitFor()
    expect(await alertsOf(root)).toMatchObject([{ state: 'cleared', lettersOut: false }])
  })

  test('the button is there again while it runs, and a further press belongs to it', async ({ phone }) => {
    const { page } = await phone()
    const email = newAddress('rosa')
    const { root } = await setUp(page, place, { contacts: [{ email }] })
    await hold(page)
    await heading(page, es.app('alert.open')).waitFor()
    await button(page, es.app('alert.again')).click()
    await page.getByText(es.app('home.running')).waitFor()
    await hold(page)
    await heading(page, es.app('alert.open.unsent')).waitFor()
    await page.getByText(es.app('row.queued')).waitFor()
    expect(await alertsOf(root)).toMatchObject([{ state: 'open' }])
  })
})

describe.concurrent('erasing everything', () => {
  test('leaves nothing on the service and nothing on the phone', async ({ phone }) => {
    const { page } = await phone()
    const { root } = await setUp(page, place)
    await page.evaluate(() => localStorage.setItem('amparo/steps-here', '{"done":["children"]}'))
    await goTo(page, 'erase')
    const erase = button(page, es.setup('erase.button'))
    expect(await erase.isDisabled()).toBe(true)
    await page.getByRole('checkbox').check()
    await erase.click()
    await heading(page, es.setup('welcome.title')).waitFor()
    expect(await askAsOwner(place.origin, root, ROUTES.open)).toEqual({ error: 'unknown' })
    expect(Object.keys(await phoneKeeps(page))).toEqual([])
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
  })

  test('leaves all as it is where the service is not reached', async ({ phone }) => {
    const { context, page } = await phone()
    const { root } = await setUp(page, place)
    await goTo(page, 'erase')
    await page.getByRole('checkbox').check()
    await context.route('**/api/**', (route) => route.abort())
    await button(page, es.setup('erase.button')).click()
    await page.locator('.wrong').waitFor()
    expect((await phoneKeeps(page)).owner).toBeDefined()
    await documentOf(root)
    await goTo(page, '')
    await page.locator('.hold').waitFor()
  })
})
