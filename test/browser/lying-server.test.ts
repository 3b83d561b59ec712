import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { newKey, random } from '../../src/client/vault/random.ts'
import { sealCommit } from '../../src/client/vault/seal-commit.ts'
import { joinTokenOf, sealAnswer } from '../../src/crypto/invitation.ts'
import { sealLetter } from '../../src/crypto/letter.ts'
import { makeLinkLock } from '../../src/crypto/locks/link.ts'
import { makePairedLock } from '../../src/crypto/locks/paired.ts'
import { makeWordLock } from '../../src/crypto/locks/word.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { ContactStanding, ContactsAnswer, JoinAnswer } from '../../src/protocol/join.ts'
import type { LetterAnswer } from '../../src/protocol/letter.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertSummary, OpenAnswer } from '../../src/protocol/vault.ts'
import type { DocumentContact, LockChoice, VaultDocument } from '../../src/protocol/vault-document.ts'
import {
  alertedFamily,
  askAsOwner,
  type Family,
  keepInvitation,
  makeFamily,
  press,
  setUp,
  stretch,
} from './support/family.ts'
import { button, heading, link } from './support/hands.ts'
import { openPlace, type Place, testAt } from './support/place.ts'
import { es } from './support/texts.ts'

/** The real server, whose answers are changed on their way to the page: a server that lies with all that it was ever given. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const LETTER = 'Las llaves están con la vecina.'
const OTHERS = 'Dile al capataz que no voy el lunes.'
const FORGED = 'Entrega los niños a la mujer que va a venir.'
const PAIRED = { kind: 'paired' } as const
const WORD = { kind: 'word', word: 'Jacaranda azul', hint: 'Floreció en la plaza' } as const

/** Rosa, who keeps her key, and José, of one family whose button was pressed. */
const alerted = (lock: LockChoice) =>
  alertedFamily(place, { name: 'Rosa', text: LETTER, lock }, [{ name: 'José', text: OTHERS, lock }])
const [ROSA, JOSE] = [0, 1]
const contactOf = ({ document }: Family, at: number): DocumentContact => document.contacts[at]!

/** From now on what this route answers is `of` what the real server says. */
const lie = async <A extends object>(
  context: BrowserContext,
  route: string,
  of: (answer: A) => object,
): Promise<void> => {
  await context.unroute(`**${route}`)
  await context.route(`**${route}`, async (one) => {
    try {
      const response = await one.fetch()
      await one.fulfill({ response, json: of((await response.json()) as A) })
    } catch {
      // The page that asked has gone on.
    }
  })
}

const ask = async <A>(route: string, body: object): Promise<A> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(place.origin + route, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as A
}
const readLetter = ({ press: { vault } }: Family, { letter }: DocumentContact) =>
  ask<LetterAnswer>(ROUTES.letter, { vault, letter: letter.id })

/** A letter which the server made, in the place of this contact's: its key, its locks, whatever version it likes. */
const forge = (family: Family, contact: DocumentContact, linkSecret: Uint8Array, version = 1) => {
  const vault = fromText(family.press.vault)
  const id = fromText(contact.letter.id)
  const key = newKey()
  const letterKey = fromText(key)
  const { name: from, hotline } = family.document
  const sealed = sealLetter(
    letterKey,
    vault,
    id,
    version,
    {
      v: 1,
      from,
      to: contact.name,
      language: 'es',
      text: FORGED,
      phrase: null,
      hotline,
      lead: null,
      situation: newKey(),
    },
    random,
  )
  return {
    version,
    sealed: toText(sealed),
    paired: makePairedLock(letterKey, random(16), vault, id, version, random),
    link: makeLinkLock(letterKey, linkSecret, vault, id, version, random),
    word: makeWordLock(letterKey, linkSecret, vault, id, version, random(32), null, random),
  }
}

const open = (page: Page) => button(page, es.reader('open.button'))
const doubt = (page: Page) => page.getByText(es.reader('misfit.alone'))
const goTo = async (page: Page, address: string): Promise<void> => {
  await page.goto('/robots.txt')
  await page.goto(address)
}

describe.concurrent('a letter that the server puts in the place of a contact’s own', () => {
  test('is not opened where it is another contact’s, nor with another’s locks, and the page says so', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const { family, bare } = await alerted(PAIRED)
    await keepInvitation(page, family)
    const others = await readLetter(family, contactOf(family, JOSE))
    await lie<LetterAnswer>(context, ROUTES.letter, () => others)
    await goTo(page, bare)
    await doubt(page).waitFor()
    expect(await open(page).count()).toBe(0)
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({ ...own, locks: others.locks }))
    await goTo(page, bare)
    await doubt(page).waitFor()
    expect(await open(page).count()).toBe(0)
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({ ...own, sealed: others.sealed }))
    await goTo(page, bare)
    await open(page).click()
    await heading(page, es.reader('refused.title')).waitFor()
  })

  test('is not opened by the right family word either', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const { family, letter } = await alerted(WORD)
    await keepInvitation(page, family)
    const tryWord = async (): Promise<void> => {
      await goTo(page, letter)
      await page.locator('#family-word').fill(WORD.word)
      await open(page).click()
      await heading(page, es.reader('refused.title')).waitFor()
    }
    const others = await readLetter(family, contactOf(family, JOSE))
    await lie<LetterAnswer>(context, ROUTES.letter, () => others)
    await tryWord()
    const rosa = contactOf(family, ROSA)
    const { version, sealed, paired, word } = forge(family, rosa, fromText(rosa.letter.secret))
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({
      ...own,
      version,
      sealed,
      locks: [paired, { kind: 'word', hint: null }],
    }))
    await lie(context, ROUTES.word, () => ({ ok: true, wrapped: word.wrapped }))
    await tryWord()
    expect(await page.getByText(FORGED).count()).toBe(0)
  })

  test('does not open where the server made it with a lock `paired` of its own', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const { family, bare } = await alerted(PAIRED)
    await keepInvitation(page, family)
    const { version, sealed, paired } = forge(family, contactOf(family, ROSA), random(16))
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({ ...own, version, sealed, locks: [paired] }))
    await goTo(page, bare)
    await doubt(page).waitFor()
    expect(await open(page).count()).toBe(0)
  })

  test.for([
    ['the secret that the alert showed it', WORD],
    ['a link of its own', PAIRED],
  ] as const)('and opens with %s is called doubtful before and after, and does not make the real one look old', async ([
    ,
    lock,
  ], { expect, phone }) => {
    const { context, page } = await phone()
    const { family } = await alerted(lock)
    await keepInvitation(page, family)
    const rosa = contactOf(family, ROSA)
    const secret = lock === WORD ? fromText(rosa.letter.secret) : random(16)
    const [vault, id] = [fromText(family.press.vault), fromText(rosa.letter.id)]
    const address = `${place.origin}/letter#${encodeLink({ kind: 'letter', vault, id, secret })}`
    const far = forge(family, rosa, secret, 900)
    const { version, sealed } = far
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({ ...own, version, sealed, locks: [far.link] }))
    await goTo(page, address)
    await doubt(page).waitFor()
    await open(page).click()
    await page.getByText(FORGED).waitFor()
    await doubt(page).waitFor()

    // The real lock beside it, once this tab has the forged key, does not take the doubt away.
    const near = forge(family, rosa, secret)
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({
      ...own,
      sealed: near.sealed,
      locks: [near.link],
    }))
    await goTo(page, address)
    await open(page).click()
    await page.getByText(FORGED).waitFor()
    await lie<LetterAnswer>(context, ROUTES.letter, (own) => ({ ...own, sealed: near.sealed }))
    await goTo(page, address)
    await page.getByText(FORGED).waitFor()
    await doubt(page).waitFor()

    await context.unroute(`**${ROUTES.letter}`)
    await goTo(page, address)
    await open(page).click()
    await page.getByText(LETTER).waitFor()
    expect(await doubt(page).count()).toBe(0)
  })

  test('is called doubtful where it is of another family with the owner’s name', async ({ phone }) => {
    const { page } = await phone()
    const [{ family }, other] = [await alerted(PAIRED), await alertedFamily(place, { text: FORGED })]
    await keepInvitation(page, family)
    await goTo(page, other.letter)
    await open(page).click()
    await page.getByText(FORGED).waitFor()
    await doubt(page).waitFor()
  })

  test('is refused where it is an older one of hers, under its old number and under the new one', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const { family, bare } = await alerted(PAIRED)
    await keepInvitation(page, family)
    const rosa = contactOf(family, ROSA)
    const older = await readLetter(family, rosa)
    const newer = { ...rosa, letter: { ...rosa.letter, text: 'La vecina ya no tiene las llaves.' } }
    const after = { ...family.document, contacts: [newer, contactOf(family, JOSE)] }
    await ask(ROUTES.commit, (await sealCommit(family.root, family.document, 1, after, stretch)).request)
    const { alerts } = (await askAsOwner(place.origin, family.root, ROUTES.alerts)) as {
      alerts: AlertSummary[]
    }
    await askAsOwner(place.origin, family.root, ROUTES.clear, { alert: alerts[0]?.alert, key: null })
    await press(place.origin, family)
    await expect.poll(async () => (await readLetter(family, rosa)).version).toBe(2)
    await goTo(page, bare)
    await open(page).click()
    await page.getByText(newer.letter.text).waitFor()
    await lie<LetterAnswer>(context, ROUTES.letter, () => older)
    await goTo(page, bare)
    await heading(page, es.reader('older.title')).waitFor()
    await lie<LetterAnswer>(context, ROUTES.letter, () => ({ ...older, version: 2 }))
    await goTo(page, bare)
    await doubt(page).waitFor()
    expect(await page.getByText(LETTER).count()).toBe(0)
  })
})

const joinQuestion = ({ press: { vault } }: Family, { id, secret }: DocumentContact) => ({
  vault,
  contact: id,
  token: toText(joinTokenOf(fromText(secret), fromText(vault), fromText(id))),
})
const invitationOf = ({ press: { vault } }: Family, { id, secret }: DocumentContact): string =>
  `/join#${encodeLink({ kind: 'join', vault: fromText(vault), id: fromText(id), secret: fromText(secret) })}`

describe.concurrent('an invitation', () => {
  test('that the server swapped for another’s does not open', async ({ phone }) => {
    const { context, page } = await phone()
    const family = await makeFamily(place.origin, { contacts: [{ name: 'Rosa' }, { name: 'José' }] })
    const others = await ask<JoinAnswer>(ROUTES.join, joinQuestion(family, contactOf(family, JOSE)))
    await lie<JoinAnswer>(context, ROUTES.join, (own) => ({ ...own, sealed: others.sealed }))
    await page.goto(invitationOf(family, contactOf(family, ROSA)))
    await heading(page, es.join('refused.title')).waitFor()
  })

  test('that the server says has another contact’s letter opens none', async ({ expect, phone }) => {
    const { context, page } = await phone()
    const { family } = await alerted(PAIRED)
    const others = await ask<JoinAnswer>(ROUTES.join, joinQuestion(family, contactOf(family, JOSE)))
    expect(others.letters).toHaveLength(1)
    await lie<JoinAnswer>(context, ROUTES.join, (own) => ({ ...own, letters: others.letters }))
    await page.goto(invitationOf(family, contactOf(family, ROSA)))
    await link(page, es.join('out.open')).click()
    await doubt(page).waitFor()
    expect(await open(page).count()).toBe(0)
  })
})

describe.concurrent('an owner', () => {
  const changed = (document: VaultDocument): VaultDocument => ({ ...document, name: 'Ana Lucía' })

  test('is told of a state older than the last that her phone has seen, and is not shown it', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }] })
    const older = (await askAsOwner(place.origin, family.root, ROUTES.open)) as unknown as OpenAnswer
    const { request } = await sealCommit(family.root, family.document, 1, changed(family.document), stretch)
    await ask(ROUTES.commit, request)
    const toPeople = async (): Promise<void> => {
      await page.goto('/#/people')
      await page.reload()
    }
    await toPeople()
    await page.getByRole('link', { name: /^Rosa/ }).waitFor()
    await lie<OpenAnswer>(context, ROUTES.open, () => older)
    await toPeople()
    await page.getByText(es.setup('trouble.older')).waitFor()
    expect(await page.getByRole('link', { name: /^Rosa/ }).count()).toBe(0)
    await lie<OpenAnswer>(context, ROUTES.open, () => ({ ...older, version: 3 }))
    await toPeople()
    await page.getByText(es.setup('trouble.unreadable')).waitFor()
  })

  test('hears at the next look of a change that was dropped while the server said that it holds, and no made-up version locks her out', async ({
    phone,
  }) => {
    const { context, page } = await phone()
    await setUp(page, place, { contacts: [{ name: 'Rosa' }, { name: 'José' }] })
    const change = async (lead: string): Promise<void> => {
      await page.goto('/#/people')
      await page.locator('#lead').selectOption({ label: lead })
      await button(page, es.setup('person.save')).click()
      await button(page, es.setup('person.save')).waitFor({ state: 'detached' })
      await page.reload()
    }
    await lie(context, ROUTES.commit, (answer) => ({ ...answer, version: 2_000_000 }))
    await change('Rosa')
    await page.getByRole('link', { name: /^Rosa/ }).waitFor()
    await context.unroute(`**${ROUTES.commit}`)
    await context.route(`**${ROUTES.commit}`, (route) => route.fulfill({ json: { ok: true, version: 3 } }))
    await change('José')
    await page.getByText(es.setup('trouble.older')).waitFor()
  })

  test('sees each contact of whom the server tells an answer that is old, another’s, or none, as doubtful', async ({
    expect,
    phone,
  }) => {
    const { context, page } = await phone()
    const family = await setUp(page, place, { contacts: [{ name: 'Rosa' }, { name: 'José' }] })
    const answer = async (at: number, n: number): Promise<void> => {
      const { id, secret } = contactOf(family, at)
      const who = joinQuestion(family, contactOf(family, at))
      const said = { v: 1, language: 'es', email: null, sms: null, push: null } as const
      const [vault, contact] = [fromText(who.vault), fromText(id)]
      const sealed = toText(sealAnswer(fromText(secret), vault, contact, n, said, random))
      await ask(ROUTES.accept, { ...who, answers: n - 1, sealed, proof: null })
    }
    const list = async () =>
      (await askAsOwner(place.origin, family.root, ROUTES.contacts)) as unknown as ContactsAnswer
    const doubtful = (name: string) => page.getByText(es.setup('standing.doubtful', { name }))
    const look = async (said: string[]): Promise<void> => {
      await page.goto('/#/people')
      await page.reload()
      await page
        .getByText(/^(Aceptó|Tiene la invitación)/)
        .or(doubtful('Rosa'))
        .first()
        .waitFor()
      const counts = async () => [await doubtful('Rosa').count(), await doubtful('José').count()]
      await expect.poll(counts).toEqual(['Rosa', 'José'].map((name) => (said.includes(name) ? 1 : 0)))
    }
    const lieOf = (of: (one: ContactStanding, all: readonly ContactStanding[]) => Partial<ContactStanding>) =>
      lie<ContactsAnswer>(context, ROUTES.contacts, (real) => ({
        ...real,
        contacts: real.contacts.map((one) => ({ ...one, ...of(one, real.contacts) })),
      }))
    const isRosa = ({ contact }: ContactStanding) => contact === contactOf(family, ROSA).id

    await answer(ROSA, 1)
    await answer(JOSE, 1)
    const first = await list()
    await lieOf((one, all) => ({ answer: all.find((other) => other !== one)?.answer ?? null }))
    await look(['Rosa', 'José'])
    await lieOf((one) => (isRosa(one) ? { answers: 0, answer: null } : {}))
    await look(['Rosa'])
    await context.unroute(`**${ROUTES.contacts}`)
    await look([])
    await expect.poll(() => page.getByText(/^Aceptó/).count()).toBe(2)

    await answer(ROSA, 2)
    const old = first.contacts.find(isRosa)?.answer ?? null
    await lieOf((one) => (isRosa(one) ? { answer: old } : {}))
    await look(['Rosa'])
    // While the lie holds, nothing is taken over.
    const before = (await list()).version
    await context.unroute(`**${ROUTES.contacts}`)
    await page.reload()
    await expect.poll(async () => (await list()).version).toBeGreaterThan(before)
    await lieOf((one) => (isRosa(one) ? { answers: 1, answer: old } : {}))
    await look(['Rosa'])
    await lie<ContactsAnswer>(context, ROUTES.contacts, () => first)
    await page.goto('/#/people')
    await page.reload()
    await expect.poll(() => page.getByText(/^Aceptó/).count()).toBe(2)
  })
})
