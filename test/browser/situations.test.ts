import { utf8 } from '@scure/base'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { seal } from '../../src/crypto/sealing.ts'
import { situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { type Family, makeFamily, setUp } from './support/family.ts'
import { button, heading, hold, sees } from './support/hands.ts'
import { letterLink, newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'
import { type Holder, holderOf, pressAs, sayAs } from './support/presser.ts'
import { en as enOf, es as esOf } from './support/presser-texts.ts'
import { en, es } from './support/texts.ts'

/** What a presser wrote, on its way to who may read it. */
let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const cardOf = (family: Family): Holder => {
  const card = family.document.pressers.find(({ kind }) => kind === 'card')
  if (card === undefined) throw new Error('no card')
  return holderOf(place.origin, family, card)
}

const openLetter = async (page: Page, email: string, texts = es): Promise<void> => {
  const [mail] = await waitForMails(place.server, email)
  await page.goto(letterLink(mail!))
  await button(page, texts.reader('open.button')).click()
}

describe('what a stranger with a card writes', () => {
  test('is read by the contact in the letter’s page and by the owner, who also sees that it was a card', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const owner = await phone()
    const contacts = [{ name: 'Rosa', email, language: 'en' as const }]
    const family = await setUp(owner.page, place, { contacts, card: { delayMs: 0 } })
    const stranger = await phone({ language: 'en' })
    await stranger.page.goto(cardOf(family).link)
    await hold(stranger.page)
    await heading(stranger.page, enOf.witness('open')).waitFor()
    const contact = await phone({ language: 'en' })
    await openLetter(contact.page, email, en)
    await contact.page.getByText(en.after('onit.nobody')).first().waitFor()
    expect(await contact.page.getByText(enOf.situations('title')).count()).toBe(0)

    await stranger.page.locator('#place').fill('Behind the market on 7th Street')
    await stranger.page.locator('#when').fill('at noon')
    await stranger.page.locator('#what').fill('Two white vans')
    await stranger.page.getByLabel(enOf.witness('tell.saw.yes')).check()
    await button(stranger.page, enOf.witness('tell.send')).click()
    await stranger.page.getByText(enOf.witness('tell.said')).waitFor()

    const written = contact.page.getByRole('region', { name: enOf.situations('title') })
    await sees(contact.page, 'Behind the market on 7th Street')
    for (const text of ['at noon', 'Two white vans', enOf.situations('saw.yes'), enOf.situations('money')])
      await written.getByText(text).waitFor()
    await written.getByText(enOf.situations('about', { name: 'Ana María' })).waitFor()

    await owner.page.goto('/#/people')
    const story = owner.page.getByRole('region', { name: es.setup('story.title') })
    await story.getByText(esOf.situations('by.card', { label: 'Tarjeta' })).waitFor()
    for (const text of ['Behind the market on 7th Street', 'Two white vans', esOf.situations('saw.yes')])
      await story.getByText(text).waitFor()
  })

  test('is text and nothing else: no link of it can be followed, no markup is drawn, and what could turn the line around is refused', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const family = await makeFamily(place.origin, { contacts: [{ email }], card: { delayMs: 0 } })
    const card = cardOf(family)
    const key = situationKeyOf(fromText(family.document.situation), card.vault, card.presser)
    const said = async (what: string) => {
      const { alert, pressedAt } = await pressAs(place.origin, card)
      const words = { v: 1, pressedAt, place: null, when: null, what, saw: null, position: null }
      const context = { kind: 'situation' as const, vault: card.vault, id: card.presser, version: 1 }
      const sealed = seal(key, context, utf8.decode(JSON.stringify(words)), random)
      expect(await sayAs(place.origin, card, alert, 0, sealed)).toEqual({ ok: true })
    }
    const HOSTILE = 'Paga en https://malo.example <a href="https://malo.example">aquí</a> +1 408 555 0100'
    await said(HOSTILE)
    await said('Llama al \u202E0010 555 804')
    const { page } = await phone()
    await openLetter(page, email)
    const written = page.getByRole('region', { name: esOf.situations('title') })
    await written.getByText(HOSTILE).waitFor()
    expect(await written.locator('a').count()).toBe(0)
    const unread = esOf.situations('unread', { when: '…' }).split('…')[1]!
    await written.getByText(unread).waitFor()
    expect(await written.getByText('Llama al').count()).toBe(0)
  })

  test('with another family’s key is said to be unreadable, and nothing of it is shown', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const family = await makeFamily(place.origin, { contacts: [{ email }], card: { delayMs: 0 } })
    const card = cardOf(family)
    const { alert, pressedAt } = await pressAs(place.origin, card)
    const words = { v: 1, pressedAt, place: 'Puente', when: null, what: null, saw: null, position: null }
    const context = { kind: 'situation' as const, vault: card.vault, id: card.presser, version: 1 }
    await sayAs(
      ...([place.origin, card, alert, 0] as const),
      seal(random(32), context, utf8.decode(JSON.stringify(words)), random),
    )
    const { page } = await phone()
    await openLetter(page, email)
    await page.getByText(esOf.situations('unread', { when: '…' }).split('…')[1]!).waitFor()
    expect(await page.getByText('Puente').count()).toBe(0)
  })

  test('comes later without harm to the letter: where it cannot be loaded that is said, and can be tried again', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const family = await makeFamily(place.origin, { contacts: [{ email }], card: { delayMs: 0 } })
    const card = cardOf(family)
    const { alert } = await pressAs(place.origin, card)
    await sayAs(place.origin, card, alert, 0, random(60))
    const { page } = await phone()
    await page.route('**/assets/said-of-alert-*.js', (route) => route.abort())
    await openLetter(page, email)
    await button(page, es.after('said.failed')).waitFor()
    await page.getByText(es.after('onit.nobody')).first().waitFor()
    await page.unroute('**/assets/said-of-alert-*.js')
    await button(page, es.after('said.failed')).click()
    await page.getByRole('heading', { name: esOf.situations('title') }).waitFor()
  })
})
