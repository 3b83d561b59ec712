import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { joinTokenOf, sealAnswer } from '../../src/crypto/invitation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { ContactsAnswer } from '../../src/protocol/join.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertsAnswer } from '../../src/protocol/vault.ts'
import type { DocumentContact } from '../../src/protocol/vault-document.ts'
import type { Mail } from '../support/server.ts'
import { askAsOwner, type Family, makeFamily, press } from './support/family.ts'
import { newAddress, openPlace, type Place, waitForMails } from './support/place.ts'

/**
 * What looks into mails for danger does all of this to every link in them. In order: each kind of message is scanned when it has come, and
 * then everything must be as if nobody had.
 */
let place: Place
let family: Family
beforeAll(async () => {
  place = await openPlace()
  family = await makeFamily(place.origin, {
    delayMs: 0,
    contacts: [
      {
        name: 'Rosa',
        email: newAddress('rosa'),
        lock: { kind: 'word', word: 'Jacaranda', hint: 'Un árbol' },
      },
      { name: 'José', email: newAddress('jose'), lock: { kind: 'link' } },
      { name: 'Luz', email: newAddress('luz'), lock: { kind: 'paired' } },
    ],
  })
})
afterAll(() => place?.close())

let isBroken = false
beforeEach(({ skip, onTestFailed }) => {
  skip(isBroken, 'an earlier step has failed')
  onTestFailed(() => {
    isBroken = true
  })
})

const addressOf = ({ email }: DocumentContact): string => email ?? ''
const first = (): DocumentContact => family.document.contacts[0]!

/** The newest mail to each contact, once everybody has `count`. */
const newestMails = (counts: readonly number[]): Promise<Mail[]> =>
  Promise.all(
    family.document.contacts.map(async (contact, at) => {
      const mail = (await waitForMails(place.server, addressOf(contact), counts[at])).at(-1)
      if (mail === undefined) throw new Error('no mail')
      return mail
    }),
  )

/** Every address in both parts of a message. */
const linksIn = ({ text, html }: Mail): string[] => [
  ...new Set(`${text}\n${html}`.match(/https?:\/\/[^\s"'<>]+/g) ?? []),
]

const PLAUSIBLE = 'confirm=yes&action=confirm&scope=all&unsubscribe=1&List-Unsubscribe=One-Click'

/** As who knows nothing of fragments: to the address itself, and with all that stands in it put where a server sees it. */
const fetchAll = async (link: string): Promise<void> => {
  const [address = '', fragment = ''] = link.split('#')
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const url of [address, `${address}?${fragment}`, `${address}?token=${fragment}&${PLAUSIBLE}`]) {
    const all = [
      { method: 'GET' },
      { method: 'HEAD' },
      { method: 'POST', headers, body: '' },
      { method: 'POST', headers, body: `token=${fragment}&code=${fragment}&${PLAUSIBLE}` },
    ]
    for (const one of all) await (await fetch(url, one)).arrayBuffer()
  }
}

/** Submits every form as it stands, and takes what comes first: of the buttons, and of the links on the page itself. */
const takeWhatComesFirst = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    for (const form of document.forms) form.requestSubmit()
  })
  await page.waitForLoadState('networkidle')
  await page.locator('button, input[type=submit], [role=button]').first().click()
  await page.waitForLoadState('networkidle')
  const link = page.locator('main a[href]:not([href^="tel:"])').first()
  // It may be gone by then: what was taken first leads somewhere, too.
  if ((await link.count()) > 0) await link.click({ timeout: 5_000 }).catch(() => undefined)
  await page.waitForLoadState('networkidle')
}

/** @returns what the rendered page has asked the service to do, beside giving out files */
const render = async (link: string): Promise<string[]> => {
  const { context, page } = await place.phone()
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') posts.push(new URL(request.url()).pathname)
  })
  await page.goto(link)
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
  await takeWhatComesFirst(page)
  await context.close()
  return posts
}

const scan = async (mail: Mail): Promise<void> => {
  for (const link of linksIn(mail)) {
    await fetchAll(link)
    // To give out a sealed letter changes nothing.
    expect(new Set([...(await render(link)), ROUTES.letter]), link).toEqual(new Set([ROUTES.letter]))
  }
}

/** All that a scanner could have changed, as the owner and the contacts see it. */
const standing = async () => {
  const { vault } = family.press
  const { contacts } = (await askAsOwner(
    place.origin,
    family.root,
    ROUTES.contacts,
  )) as unknown as ContactsAnswer
  const { alerts } = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as unknown as AlertsAnswer
  const letters = family.document.contacts.map(async ({ letter }) => {
    const response = await fetch(place.origin + ROUTES.letter, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ vault, letter: letter.id }),
    })
    return response.json()
  })
  return {
    contacts: contacts.map(({ state, answers }) => ({ state, answers })),
    opened: alerts.flatMap((alert) => alert.contacts.map(({ openedAt }) => openedAt)),
    letters: await Promise.all(letters),
  }
}

const scanned = async (mails: readonly Mail[]): Promise<void> => {
  const before = await standing()
  for (const mail of mails) await scan(mail)
  expect(await standing()).toEqual(before)
  expect(before.opened.filter((at) => at !== null)).toEqual([])
}

const join = async (route: string, { id, secret }: DocumentContact, more: object): Promise<unknown> => {
  const { vault } = family.press
  const token = toText(joinTokenOf(fromText(secret), fromText(vault), fromText(id)))
  const response = await fetch(place.origin + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vault, contact: id, token, ...more }),
  })
  return response.json()
}

test('the mail with a code confirms nothing and leaves nothing, and its code is good afterwards', async () => {
  const contact = first()
  const address = addressOf(contact)
  await join(ROUTES.code, contact, { stop: contact.stop, address, language: 'es' })
  const [mail] = await waitForMails(place.server, address)
  expect(linksIn(mail!)).toHaveLength(1)
  await scanned([mail!])
  expect((await standing()).contacts[0]).toEqual({ state: 'invited', answers: 0 })

  const code = /(?<!\d)\d{6}(?!\d)/.exec(mail!.text)?.[0]
  const [vault, id] = [fromText(family.press.vault), fromText(contact.id)]
  const said = { v: 1, language: 'es', email: address, sms: null, push: null } as const
  const sealed = toText(sealAnswer(fromText(contact.secret), vault, id, 1, said, random))
  expect(await join(ROUTES.accept, contact, { answers: 0, sealed, proof: { address, code } })).toEqual({
    ok: true,
  })
})

test('the mail of an alert opens no letter, takes none back and stops nothing, whatever the letter’s locks', async () => {
  await press(place.origin, family)
  const mails = await newestMails([2, 1, 1])
  for (const mail of mails) expect(linksIn(mail)).toHaveLength(2)
  await scanned(mails)
  expect((await standing()).letters.every(({ ok }) => ok)).toBe(true)
})

test('the mail of an all-clear stops nothing, and the next alert reaches everybody', async () => {
  const { alerts } = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as unknown as AlertsAnswer
  await askAsOwner(place.origin, family.root, ROUTES.clear, { alert: alerts[0]?.alert, key: null })
  await scanned(await newestMails([3, 2, 2]))
  await press(place.origin, family)
  const subjects = (await newestMails([4, 3, 3])).map(({ subject }) => subject)
  expect(new Set(subjects).size).toBe(1)
  expect((await standing()).contacts.map(({ state }) => state)).toEqual(['accepted', 'invited', 'invited'])
})
