import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newPresser } from '../../src/client/vault/document.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { sealSituation, situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer } from '../support/server.ts'
import { cellOf, type Searched, searched } from './cells.ts'
import { dumpDisk } from './disk.ts'
import { newDocument, seal, secretsOf } from './family.ts'
import type { Needle } from './search.ts'
import { tableOf } from './table.ts'

/** What could be handed over of a check-in that is armed: what docs/threat-model.md says, neither more nor less. */
const STAGES = ['set up', 'armed', 'committed', 'ended'] as const
const ADDRESS = 'Marisol.Recuerda@example.org'
const PLACE = 'Juzgado de inmigración, sala 7'

test('what could be handed over of a check-in is at every stage what the threat model says', async () => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-check-in-'))
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
  const done = async (route: RouteName, body: object): Promise<void> => {
    const response = await fetch(server.origin + ROUTES[route], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`)
  }
  const seen: Searched[] = []
  const look = async (): Promise<void> => {
    const mail = [...double.requests.map(({ body }) => body), ...double.accepted.map(({ id }) => id)]
    seen.push(searched({ disk: await dumpDisk(persistTo), sent: { mail, text: [], push: [] } }))
  }
  try {
    const root = random(16)
    const timer = { ...newPresser('Reloj', Date.now()), kind: 'check-in' as const, delayMs: 0 }
    const document = { ...newDocument(), zone: 'America/Denver' }
    const first = await seal(root, null, 0, { ...document, pressers: [...document.pressers, timer] })
    await done('commit', first.request)
    await look()

    const { vault, token } = first.request
    const key = toText(pressKeyOf(fromText(timer.secret), fromText(vault)))
    const checkIn = newId()
    await done('checkInCode', { vault, key, checkIn, address: ADDRESS, language: 'es' })
    await expect.poll(() => double.accepted.length, { timeout: 20_000 }).toBe(1)
    const code = /\b\d{6}\b/.exec(double.accepted[0]?.text ?? '')?.[0]
    const [vaultId, timerId] = [fromText(vault), fromText(timer.id)]
    const situationKey = situationKeyOf(fromText(document.situation), vaultId, timerId)
    const nothing = { when: null, what: null, saw: null, position: null }
    const place = { v: 1, pressedAt: null, place: PLACE, ...nothing } as const
    await done('checkInArm', {
      said: toText(sealSituation(situationKey, vaultId, timerId, place, random)),
      ...{ vault, key, checkIn, zone: 'America/Boise', graceMs: 0 },
      schedule: { kind: 'weekly', days: 127, minute: 840 },
      remind: { beforeMs: 900_000, language: 'es', push: null, mail: { address: ADDRESS, code } },
    })
    await look()
    const second = await seal(root, first.document, 1, first.document)
    await done('commit', second.request)
    await look()
    await done('checkInEnd', { vault, token, checkIn, seen: 'armed' })
    await look()

    const letters = [...first.request.letters, ...second.request.letters]
    const { things } = secretsOf(root, { ...second, request: { ...second.request, letters } })
    const needles: Record<string, Needle[]> = {
      'press key of the check-ins': [fromText(key)],
      'time zone of a check-in': ['America/Boise'],
      'owner’s address for reminders': [ADDRESS],
      'place of a check-in': [PLACE],
      'press key of the phone': things['press key'] ?? [],
    }
    for (const name of [
      ...[
        'owner’s name',
        'contacts’ e-mail addresses',
        'link secrets',
        'stop tokens',
        'hint',
        'situation root',
      ],
      ...[
        'letter and code phrase, lock `link`',
        'letter and code phrase, lock `word`',
        'contacts’ secrets, join tokens',
      ],
      ...['P', 'root, recovery words, owner token, vault key'],
    ])
      needles[name] = things[name] ?? []
    const actual = Object.fromEntries(
      Object.entries(needles).map(([name, all]) => [
        name,
        seen.map((one) => [...new Set(all.map((needle) => cellOf(one, needle)))].join(' / ')),
      ]),
    )
    const { columns, rows } = await tableOf('What a check-in holds when')
    expect(columns).toEqual([...STAGES])
    expect(actual).toEqual(rows)
  } finally {
    await server.stop()
    await provider.close()
    await rm(persistTo, { recursive: true, force: true })
  }
})
