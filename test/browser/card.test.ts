import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { CARD, cardsOn, type Sheet } from '../../src/client/card/card-pdf.ts'
import { PAPER } from '../../src/client/print/pdf.ts'
import { newId } from '../../src/client/vault/random.ts'
import { linkPresserSecretOf, pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { type Entry, findCard } from './support/card.ts'
import { askAsOwner, type Family, setUp } from './support/family.ts'
import { button } from './support/hands.ts'
import { drawPdf, qrInPdf } from './support/pdf.ts'
import {
  mailsTo,
  newAddress,
  openPlace,
  type Phone,
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

const find = (code: string) => findCard(place.origin, code)

/** Presses as whoever has the card. @returns the HTTP status */
const press = async ({ vault, presser, secret }: Entry, practice = true): Promise<number> => {
  const key = toText(pressKeyOf(linkPresserSecretOf(secret, vault, presser), vault))
  const response = await fetch(place.origin + ROUTES.press, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vault: toText(vault), key, alert: newId(), ageMs: 0, practice }),
  })
  return response.status
}

/** On the owner's phone, from the list of cards to the card. @returns the code as it is shown */
const makeCard = async (page: Page): Promise<string> => {
  await page.goto('/#/card')
  await button(page, es.card('make')).click()
  await page.locator('.face.back .qr').first().waitFor()
  return (await page.locator('.face .code').first().textContent()) ?? ''
}
const savePdf = async (page: Page, sheet: Sheet): Promise<Buffer> => {
  await page.getByText(es.card(`sheet.${sheet}`), { exact: true }).click()
  const saving = page.waitForEvent('download')
  await button(page, es.card('pdf')).click()
  return readFile(await (await saving).path())
}

const owner = async (phone: (options?: object) => Promise<Phone>): Promise<Phone & { family: Family }> => {
  const one = await phone()
  const contacts = [{ name: 'Rosa Medina', email: newAddress('rosa') }]
  return { ...one, family: await setUp(one.page, place, { name: 'Ana María', contacts }) }
}

const placesOn = (sheet: Sheet) => {
  const rows = cardsOn(PAPER.letter, sheet) / (sheet === 'fold' ? 1 : 2)
  const left = PAPER.letter.width / 2 - CARD.width
  const top = (PAPER.letter.height - rows * CARD.height) / 2
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) =>
    [0, 1].map((column) => ({
      ...CARD,
      x: left + column * CARD.width,
      y: top + row * CARD.height,
      isBack: sheet === 'sides' || column === 1,
    })),
  )
}

describe('the PDF of a card', () => {
  test('is rendered by another’s code with every QR code readable as printed, and leads where the card’s code leads', async ({
    phone,
  }) => {
    const { page, context } = await owner(phone)
    const code = await makeCard(page)
    const found = await find(code)
    expect(found.status).toBe(200)
    for (const sheet of ['fold', 'sides'] as const) {
      const bytes = await savePdf(page, sheet)
      // A bad printer, held far away.
      for (const dpi of [300, 120]) {
        const pages = await drawPdf(context, bytes, dpi)
        expect(pages.map(({ size }) => size)).toEqual(pages.map(() => PAPER.letter))
        const backs = placesOn(sheet).filter(({ isBack }) => isBack)
        expect(backs).toHaveLength(sheet === 'fold' ? 4 : 8)
        const drawn = pages.at(-1)
        for (const back of backs) {
          const link = drawn === undefined ? null : qrInPdf(drawn, { ...back, width: back.width / 2 })
          const [address, fragment] = link?.split('#') ?? []
          expect(address).toBe(`${place.origin}/press`)
          const { vault, id, secret } = decodeLink('press', fragment ?? '') ?? {}
          expect({ vault, presser: id, secret }).toEqual(found.entry)
        }
        const texts = pages.flatMap((one) => one.texts)
        expect(texts.filter(({ text }) => text === code)).toHaveLength(backs.length)
        expect(texts.some(({ text }) => text.includes(`${new URL(place.origin).host}/press`))).toBe(true)
        for (const { x, width } of texts) expect(x + width).toBeLessThan(PAPER.letter.width - 36)
      }
    }
  })

  test('says nothing of anybody: no name, no address, no vault', async ({ phone }) => {
    const { page, context, family } = await owner(phone)
    await page.goto('/#/card')
    await page.locator('#label').fill('Para la obra de Juan')
    await button(page, es.card('make')).click()
    await page.locator('.face.back .qr').first().waitFor()
    const bytes = await savePdf(page, 'sides')
    const words = (await drawPdf(context, bytes, 30)).flatMap(({ texts }) => texts).map(({ text }) => text)
    const printed = `${words.join(' ')} ${await page.locator('.sheet').innerText()} ${bytes.toString('latin1')}`
    expect(words.join(' ')).toContain('I choose to remain silent')
    expect(words.join(' ')).toContain('guardo silencio')
    const { document, press } = family
    const secrets = [document.name, 'Ana', 'Rosa', 'Medina', 'Juan', 'obra', '@', press.vault, press.key]
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([])
    // No telephone number among the words; the address here has a port.
    expect(words.join(' ').replaceAll(new URL(place.origin).host, '')).not.toMatch(/\d{3}[ -]?\d{4}\b/)
  })
})

test('what the browser prints of the page by itself is four cards, with QR codes that can be read', async ({
  phone,
}) => {
  const { page, context } = await owner(phone)
  const code = await makeCard(page)
  const [drawn] = await drawPdf(context, await page.pdf({ format: 'Letter', printBackground: false }), 150)
  if (drawn === undefined) throw new Error('no page')
  const link = qrInPdf(drawn, { ...CARD, x: drawn.size.width / 2, y: 0, width: CARD.width / 2 })
  expect(link?.split('#')[0]).toBe(`${place.origin}/press`)
  const words = drawn.texts.map(({ text }) => text).join(' ')
  expect(words.split(code)).toHaveLength(5)
  expect(words).not.toContain(es.card('pdf'))
})

test('a card that is revoked: its code leads nowhere and its link presses nothing', async ({ phone }) => {
  const { page } = await owner(phone)
  const code = await makeCard(page)
  const { entry } = await find(code)
  if (entry === null) throw new Error('the code leads nowhere')
  expect(await press(entry)).toBe(200)
  await button(page, es.card('revoke')).click()
  await button(page, es.card('revoke.yes')).click()
  await page.getByText(es.card('one.gone')).waitFor()
  expect(await press(entry)).toBe(404)
  await expect.poll(async () => (await find(code)).status).toBe(404)
  await page.goto('/#/card')
  await button(page, es.card('make')).waitFor()
  expect(await page.getByText(es.card('yours')).count()).toBe(0)
})

test('without a line the card is made ready later: nothing is shown that would not work', async ({
  phone,
}) => {
  const { page } = await owner(phone)
  await page.route(`**${ROUTES.putCard}`, (route) => route.abort())
  await page.goto('/#/card')
  await button(page, es.card('make')).click()
  await button(page, es.card('again')).waitFor()
  expect(await page.locator('.face').count()).toBe(0)
  await page.unroute(`**${ROUTES.putCard}`)
  await button(page, es.card('again')).click()
  await page.locator('.face.back .qr').first().waitFor()
  const code = (await page.locator('.face .code').first().textContent()) ?? ''
  expect((await find(code)).status).toBe(200)
})

describe('a card that presses', () => {
  const rosa = () => [{ name: 'Rosa', email: newAddress('rosa') }]
  const entryOf = ({ document, root }: Family): Entry => {
    const card = document.pressers.find(({ kind }) => kind === 'card')
    if (card === undefined) throw new Error('no card')
    return { vault: vaultIdOf(root), presser: fromText(card.id), secret: fromText(card.secret) }
  }

  test('is shown on the owner’s phone while it waits, and stopped there: nobody is written to', async ({
    phone,
  }) => {
    const { page } = await phone()
    const contacts = rosa()
    const family = await setUp(page, place, { contacts, card: { delayMs: 600_000 } })
    expect(await press(entryOf(family), false)).toBe(200)
    await page.reload()
    await page.getByText(es.waiting('title', { label: 'Tarjeta' })).waitFor()
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('stopped')).waitFor()
    const { presses } = await askAsOwner(place.origin, family.root, ROUTES.presses)
    expect(presses).toMatchObject([{ state: 'cancelled' }])
    expect(await mailsTo(place.server, contacts[0]?.email ?? '')).toEqual([])
    await button(page, es.waiting('close')).click()
    await page.locator('.hold').waitFor()
    expect(await page.locator('.waiting').count()).toBe(0)
  })

  test('goes out when the owner stays silent, and a stop that comes too late says so', async ({ phone }) => {
    const { page } = await phone()
    const contacts = rosa()
    const family = await setUp(page, place, { contacts, card: { delayMs: 20_000 } })
    expect(await press(entryOf(family), false)).toBe(200)
    await page.reload()
    await page.getByText(es.waiting('title', { label: 'Tarjeta' })).waitFor()
    await waitForMails(place.server, contacts[0]?.email ?? '')
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('late')).waitFor()
  })

  test('is not said to be stopped while the service does not answer', async ({ phone }) => {
    const { page } = await phone()
    const family = await setUp(page, place, { contacts: rosa(), card: { delayMs: 600_000 } })
    expect(await press(entryOf(family), false)).toBe(200)
    await page.reload()
    await page.route(`**${ROUTES.cancel}`, (route) => route.abort())
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('failed')).waitFor()
    await page.unroute(`**${ROUTES.cancel}`)
    await button(page, es.waiting('stop')).click()
    await page.getByText(es.waiting('stopped')).waitFor()
  })
})
