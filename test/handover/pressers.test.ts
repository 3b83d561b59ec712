import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newCard } from '../../src/client/card/card.ts'
import { newId, newSecret, random } from '../../src/client/vault/random.ts'
import { cardCodeOf, cardLookupOf, sealCardEntry } from '../../src/crypto/card.ts'
import { deviceTokenOf, pinTokenOf } from '../../src/crypto/guard.ts'
import { linkPresserSecretOf, pressKeyOf, tokenHash } from '../../src/crypto/presser.ts'
import { presserTokenOf, sealSituation, situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import type { DocumentPresser } from '../../src/protocol/vault-document.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer } from '../support/server.ts'
import { cellOf, type Searched, searched } from './cells.ts'
import { dumpDisk } from './disk.ts'
import { newDocument, seal, secretsOf } from './family.ts'
import type { Needle } from './search.ts'
import { tableOf } from './table.ts'

/** What could be handed over of a PIN, a trusted person, a card and what is said of a press: what docs/threat-model.md says, neither more nor less. */
const STAGES = ['set up', 'open', 'back', 'revoked', 'deleted'] as const
const PLACE = 'Detrás del mercado, junto al puente'

test('what could be handed over of a PIN, a person, a card and a situation is at every stage what the threat model says', async () => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-pressers-'))
  const double = new ResendDouble()
  const provider = await double.listen()
  const server = await startServer({
    persistTo,
    settings: {
      AMPARO_LOCAL: null,
      AMPARO_ORIGIN: 'https://amparo.example',
      AMPARO_FROM: 'Amparo <alert@amparo.example>',
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
    },
  })
  const done = async (route: RouteName, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(server.origin + ROUTES[route], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  const seen: Searched[] = []
  const look = async (): Promise<void> => {
    const mail = [...double.requests.map(({ body }) => body), ...double.accepted.map(({ id }) => id)]
    seen.push(searched({ disk: await dumpDisk(persistTo), sent: { mail, text: [], push: [] } }))
  }
  try {
    const root = random(16)
    const luz: DocumentPresser = { ...newCard('Comadre Luz', 0, Date.now()), kind: 'person' }
    const card = newCard('Tarjeta de la cartera', 600_000, Date.now())
    const document = newDocument()
    const first = await seal(root, null, 0, { ...document, pressers: [...document.pressers, luz, card] })
    const { vault, token } = first.request
    const vaultId = fromText(vault)
    await done('commit', first.request)

    const [guard, device] = [newId(), newSecret()]
    const [stretchedPin, share, other] = [random(32), random(32), random(32)]
    const pinToken = pinTokenOf(stretchedPin, vaultId, fromText(guard))
    const deviceToken = deviceTokenOf(fromText(device), vaultId, fromText(guard))
    await done('guardSet', {
      ...{ vault, token, guard, device: toText(tokenHash(deviceToken)) },
      slots: [
        { pin: toText(tokenHash(pinToken)), share: toText(share) },
        { pin: toText(tokenHash(random(32))), share: toText(other) },
      ],
    })
    const stretchedCode = random(32)
    const [cardId, cardSecret] = [fromText(card.id), fromText(card.secret)]
    const entry = { vault: vaultId, presser: cardId, secret: cardSecret }
    const lookup = cardLookupOf(stretchedCode)
    await done('putCard', {
      ...{ vault, token, presser: card.id, lookup: toText(lookup) },
      sealed: toText(sealCardEntry(stretchedCode, entry, random)),
    })
    await look()

    const luzId = fromText(luz.id)
    const p = linkPresserSecretOf(fromText(luz.secret), vaultId, luzId)
    const cardP = linkPresserSecretOf(cardSecret, vaultId, cardId)
    const presserToken = presserTokenOf(p, vaultId)
    const alert = newId()
    const key = toText(pressKeyOf(p, vaultId))
    const { pressedAt } = await done('press', { vault, key, alert, ageMs: 0, practice: false })
    const situationKey = situationKeyOf(fromText(document.situation), vaultId, luzId)
    const nothing = { when: null, what: null, saw: true, position: null }
    const words = { v: 1, pressedAt: Number(pressedAt), place: PLACE, ...nothing } as const
    const sealedWords = toText(sealSituation(situationKey, vaultId, luzId, words, random))
    await done('situation', { vault, token: toText(presserToken), alert, after: 0, sealed: sealedWords })
    await expect.poll(() => double.accepted.length, { timeout: 20_000 }).toBe(2)
    await look()
    await done('clear', { vault, key: null, token, alert })
    await expect.poll(() => double.accepted.length, { timeout: 20_000 }).toBe(4)
    await done('withdraw', { vault, token, alert })
    await expect.poll(async () => (await dumpDisk(persistTo)).vault?.holds, { timeout: 20_000 }).toEqual([])
    await look()
    const second = await seal(root, first.document, 1, { ...first.document, pressers: document.pressers })
    await done('commit', second.request)
    await done('guardRemove', { vault, token, guard })
    await expect
      .poll(async () => [...(await dumpDisk(persistTo)).kv.keys()].some((name) => name.startsWith('card/')), {
        timeout: 20_000,
      })
      .toBe(false)
    await look()
    await done('delete', { vault, token })
    await expect.poll(async () => (await dumpDisk(persistTo)).kv.size, { timeout: 20_000 }).toBe(0)
    await look()

    const { things } = secretsOf(root, first)
    const needles: Record<string, Needle[]> = {
      'id of the guard': [fromText(guard)],
      'both shares': [share, other],
      'device secret, device token, stretched PIN, PIN token': [
        ...[fromText(device), deviceToken, stretchedPin, pinToken],
      ],
      'root, which the PIN opens': [root],
      'ids of person and card as pressers': [luzId, cardId],
      'secrets of the links of person and card, their P': [fromText(luz.secret), p, cardSecret, cardP],
      'press keys of person and card': [fromText(key), pressKeyOf(cardP, vaultId)],
      'presser token of the person': [presserToken],
      'labels of person and card': [luz.label, card.label],
      'look-up id of the card’s code': [lookup],
      'the card’s code, stretched or not': [cardCodeOf(cardSecret, vaultId, cardId), stretchedCode],
      'what the person said of the press': [PLACE],
      'the person’s situation key': [situationKey],
    }
    for (const name of [
      'owner’s name',
      'contacts’ e-mail addresses',
      'situation root',
      'letter and code phrase, lock `word`',
    ])
      needles[name] = things[name] ?? []
    const actual = Object.fromEntries(
      Object.entries(needles).map(([name, all]) => [
        name,
        seen.map((one) => [...new Set(all.map((needle) => cellOf(one, needle)))].join(' / ')),
      ]),
    )
    const { columns, rows } = await tableOf('What is held of a PIN, a trusted person and a card when')
    expect(columns).toEqual([...STAGES])
    expect(actual).toEqual(rows)
  } finally {
    await server.stop()
    await provider.close()
    await rm(persistTo, { recursive: true, force: true })
  }
})
