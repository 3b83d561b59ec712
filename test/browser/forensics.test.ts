import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDocument } from '../../src/crypto/document.ts'
import { toWords } from '../../src/crypto/recovery-words.ts'
import { ownerTokenOf, phoneKeyOf, vaultIdOf, vaultKeyOf } from '../../src/crypto/root.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { BROWSER_FLAGS, findChromium } from '../support/chromium.ts'
import { askAsOwner, ownerOn } from './support/family.ts'
import { button, heading, walkWizard } from './support/hands.ts'
import { numbers } from './support/numbers.ts'
import { enterPin, goLocked, PIN, SECOND, setPin } from './support/pin.ts'
import { newAddress, openPlace, type Place, SMALL, WAIT_MS } from './support/place.ts'
import { findAll, readProfile } from './support/profile.ts'
import { es } from './support/texts.ts'

/**
 * What is on an owner's phone after a set-up with a PIN: everything in the browser's profile on disk, searched by somebody who has taken the
 * phone. Set up by hand, as a person does, so that all that was typed before there was a PIN has been stored as well.
 */
const FIRST = {
  owner: 'Marisol Quetzal',
  name: 'Rosalinda Tonantzin',
  email: newAddress('rosalinda-tonantzin'),
  letter: 'Las llaves de la casa verde están con la vecina del tercer piso.',
  word: 'Jacaranda azulada',
  hint: 'Floreció en la plaza vieja',
}
const CHANGED = 'El abogado de la calle Doce sabe qué hacer con los papeles.'

let place: Place
let folder: string
let needles: Record<string, string | Uint8Array>
let deviceKey: Uint8Array
let vault: Uint8Array

const open = async (): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await findChromium(),
    args: BROWSER_FLAGS,
    viewport: SMALL,
    locale: 'es-MX',
    serviceWorkers: 'block',
    baseURL: place.origin,
  })
  context.setDefaultTimeout(WAIT_MS)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}

beforeAll(async () => {
  place = await openPlace()
  folder = await mkdtemp(join(tmpdir(), 'amparo-profile-'))
})
afterAll(async () => {
  await place?.close()
  await rm(folder, { recursive: true, force: true })
})

const secretsOf = async (page: Page): Promise<void> => {
  const root = fromText((await ownerOn(page)).root)
  const answer = await askAsOwner(place.origin, root, ROUTES.open)
  const { version, document: sealed } = answer as { version: number; document: string }
  const document = openDocument(root, version, fromText(sealed))
  const [contact] = document?.contacts ?? []
  const presser = document?.pressers[0]
  if (document === null || contact === undefined || presser === undefined) throw new Error('no vault')
  const key = await page.evaluate(async () => (await caches.match('/device-key'))?.text())
  deviceKey = fromText(key ?? '')
  vault = vaultIdOf(root)
  const words = toWords(root, 'es')
  needles = {
    ...{ owner: FIRST.owner, contact: FIRST.name, address: FIRST.email, word: FIRST.word, hint: FIRST.hint },
    ...{ letter: FIRST.letter, changed: CHANGED, pin: PIN, second: SECOND, words },
    'first words': words.split(' ').slice(0, 2).join(' '),
    ...{
      root,
      'vault key': vaultKeyOf(root),
      'owner token': ownerTokenOf(root),
      'phone key': phoneKeyOf(root),
    },
    'situation root': fromText(document.situation),
    P: fromText(presser.secret),
    'contact’s secret': fromText(contact.secret),
    'link secret': fromText(contact.letter.secret),
  }
}

/** More than a log holds before the browser writes it into a table. Run on a page of the app. */
const fillLog = async (): Promise<void> => {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await done(indexedDB.open('amparo'))
  // Longer values go into files of their own.
  for (let n = 0; n < 240; n += 1) {
    const bytes = crypto.getRandomValues(new Uint8Array(50_000))
    const text = Array.from(bytes, (byte) => String.fromCharCode(97 + (byte % 26))).join('')
    const store = database.transaction('phone', 'readwrite').objectStore('phone')
    await done(store.put(text, 'filling'))
  }
  await done(database.transaction('phone', 'readwrite').objectStore('phone').delete('filling'))
  database.close()
}

describe('what lies on the disk of a phone that was set up', () => {
  test('without a PIN is sealed, under a key that lies beside it', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await walkWizard(page, es, FIRST)
    await page.goto('/#/words')
    await page.locator('.words').waitFor()
    await secretsOf(page)
    await context.close()
    const chunks = await readProfile(folder)
    // The search finds what is there: the key in its file, and in the button's record the vault's id.
    const there = findAll(chunks, { deviceKey, vault })
    expect(there.vault?.length).toBeGreaterThan(0)
    expect(there.deviceKey?.every((where) => /CacheStorage/i.test(where))).toBe(true)
    expect(findAll(chunks, needles)).toEqual({})
  })

  test('with a PIN opens by nothing that is left there, whenever it was written', async () => {
    const { context, page } = await open()
    await page.goto('/')
    await page.locator('.hold').waitFor()
    await setPin(page, PIN, SECOND)
    await page.goto('/#/people')
    await page.getByText(FIRST.name).first().click()
    await page.locator('#letter').fill(CHANGED)
    await page.goto('/#/words')
    await page.locator('.words').waitFor()
    await goLocked(page, 'people')
    await enterPin(page)
    await heading(page, es.setup('people.title')).waitFor()
    await page.getByText(FIRST.name).first().click()
    await expect.poll(() => page.locator('#letter').inputValue()).toBe(CHANGED)
    await button(page, es.setup('person.save')).click()
    await heading(page, es.setup('people.title')).waitFor()
    await context.close()
    const chunks = await readProfile(folder)
    expect(findAll(chunks, { vault }).vault?.length).toBeGreaterThan(0)
    expect(findAll(chunks, { ...needles, deviceKey })).toEqual({})
  })

  test('opened again, so that the browser tidies its logs into tables, shows nothing either; the right PIN all', async () => {
    const { context, page } = await open()
    await goLocked(page, 'people')
    expect(await page.content()).not.toContain(FIRST.name)
    const held = JSON.stringify(
      await page.evaluate(async () => {
        const names = await caches.keys()
        return [names, Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]
      }),
    )
    expect(findAll([{ where: 'page', bytes: Buffer.from(held) }], { ...needles, deviceKey })).toEqual({})
    await enterPin(page)
    await page.getByText(FIRST.name).first().waitFor()
    await page.evaluate(fillLog)
    await context.close()
    const chunks = await readProfile(folder)
    const blocks = chunks.filter(({ where }) => where.endsWith('(block)'))
    expect(findAll(blocks, { vault }).vault?.length).toBeGreaterThan(0)
    expect(findAll(chunks, { ...needles, deviceKey })).toEqual({})
  })

  test('but a number that the owner keeps for the last resort lies there in clear, in a file that goes when she deletes it', async () => {
    const number = '+15552013344'
    const { context, page } = await open()
    await goLocked(page, 'people')
    await enterPin(page)
    await page.getByText(FIRST.name).first().click()
    await page.locator('#kept-number').fill(number)
    await page.getByText(numbers('tick')).click()
    await button(page, numbers('keep')).click()
    await page.getByText(numbers('kept', { number })).waitFor()
    await context.close()
    const kept = findAll(await readProfile(folder), { ...needles, deviceKey, number })
    expect(Object.keys(kept)).toEqual(['number'])
    expect(kept.number?.every((where) => /CacheStorage/i.test(where))).toBe(true)

    const again = await open()
    await goLocked(again.page, 'people')
    await enterPin(again.page)
    await again.page.getByText(FIRST.name).first().click()
    await button(again.page, numbers('forget')).click()
    await again.page.locator('#kept-number').waitFor()
    await again.context.close()
    expect(findAll(await readProfile(folder), { ...needles, deviceKey, number })).toEqual({})
  })
})
