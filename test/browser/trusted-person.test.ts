import { afterAll, beforeAll, describe, expect } from 'vitest'
import { newId, newSecret } from '../../src/client/vault/random.ts'
import { type SealedCommit, sealCommit } from '../../src/client/vault/seal-commit.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openSituation } from '../../src/crypto/situation.ts'
import es from '../../src/i18n/messages/witness/es.json' with { type: 'json' }
import { fromText } from '../../src/protocol/bytes.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import type { DocumentPresser, VaultDocument } from '../../src/protocol/vault-document.ts'
import { askAsOwner, type Family, makeFamily, stretch } from './support/family.ts'
import { button, heading, hold } from './support/hands.ts'
import { newAddress, openPlace, type Place, testAt, waitForMails } from './support/place.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

const commit = async (
  family: Family,
  before: SealedCommit['document'],
  base: number,
  after: VaultDocument,
) => {
  const sealed = await sealCommit(family.root, before, base, after, stretch)
  const { vault: _, token: __, ...more } = sealed.request
  expect(await askAsOwner(place.origin, family.root, ROUTES.commit, more)).toMatchObject({ ok: true })
  return sealed.document
}

/** A family with a trusted person, and the link that the person was sent. */
const withPerson = async (email: string, delayMs: number) => {
  const family = await makeFamily(place.origin, { contacts: [{ email }] })
  const luz: DocumentPresser = {
    ...{ id: newId(), kind: 'person', secret: newSecret(), label: 'Doña Luz', delayMs, addedAt: Date.now() },
  }
  const { pressers } = family.document
  const document = await commit(family, family.document, 1, {
    ...family.document,
    pressers: [...pressers, luz],
  })
  const [vault, id, secret] = [vaultIdOf(family.root), fromText(luz.id), fromText(luz.secret)]
  const link = `${place.origin}/press#${encodeLink({ kind: 'press', vault, id, secret })}`
  const revoke = () => commit(family, document, 2, { ...document, pressers })
  return { family, luz, link, revoke }
}

describe('a trusted person', () => {
  test('opens the link, presses, and says where: mail arrives, and the words open for the family alone', async ({
    phone,
  }) => {
    const email = newAddress('rosa')
    const { family, luz, link } = await withPerson(email, 1_000)
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    expect(page.url()).toBe(`${place.origin}/press`)
    await hold(page)
    await waitForMails(place.server, email)
    await page.locator('#place').fill('Detrás del mercado')
    await page.getByLabel(es['tell.saw.yes']).check()
    await button(page, es['tell.send']).click()
    await page.getByText(es['tell.said']).waitFor()
    const { alerts } = AlertsAnswer.parse(await askAsOwner(place.origin, family.root, ROUTES.alerts))
    const [made] = alerts[0]?.presses ?? []
    expect(made?.presser).toBe(luz.id)
    const root = fromText(family.document.situation)
    const words = openSituation(
      ...([root, vaultIdOf(family.root), fromText(luz.id)] as const),
      made?.pressedAt ?? 0,
      fromText(made?.said?.sealed ?? ''),
    )
    expect(words).toMatchObject({ place: 'Detrás del mercado', saw: true })
  })

  test('whose link was taken back is told so, and is not told that anything was sent', async ({ phone }) => {
    const { link, revoke } = await withPerson(newAddress(), 1_000)
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    await revoke()
    await hold(page)
    await heading(page, es.dead).waitFor()
    await page.reload()
    await page.getByText(es['revoked.more']).or(page.getByText(es['dead.more'])).waitFor()
  })

  test('whose link is taken back after the press is told that it was received, and no more', async ({
    phone,
  }) => {
    const { link, revoke } = await withPerson(newAddress(), 60_000)
    const { page } = await phone()
    await page.goto(link)
    await heading(page, es.title.replace('{name}', 'Ana María')).waitFor()
    await hold(page)
    await heading(page, es.counting).waitFor()
    await revoke()
    await heading(page, es['cut-off']).waitFor()
  })
})
