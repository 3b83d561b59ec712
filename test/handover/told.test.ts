import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { startServer } from '../support/server.ts'
import { cellOf, type Searched, searched } from './cells.ts'
import { dumpDisk } from './disk.ts'
import { newDocument, seal, secretsOf } from './family.ts'
import type { Needle } from './search.ts'
import { tableOf } from './table.ts'

/** What could be handed over of an owner who is told that a press waits: what docs/threat-model.md says, neither more nor less. */
const STAGES = ['set up', 'told', 'committed', 'taken back'] as const

test('what could be handed over of an owner who is told is at every stage what the threat model says', async () => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-told-'))
  const server = await startServer({ persistTo })
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
    seen.push(searched({ disk: await dumpDisk(persistTo), sent: { mail: [], text: [], push: [] } }))
  }
  try {
    const root = random(16)
    const first = await seal(root, null, 0, newDocument())
    await done('commit', first.request)
    await look()
    const { vault, token } = first.request
    const push = await new PushRules().subscribe((await newVapidKeys()).publicKey)
    await done('told', { vault, token, set: { kind: 'on', push, language: 'es' } })
    await look()
    const second = await seal(root, first.document, 1, first.document)
    await done('commit', second.request)
    await look()
    await done('told', { vault, token, set: { kind: 'off', endpoint: push.endpoint } })
    await look()

    const letters = [...first.request.letters, ...second.request.letters]
    const { things } = secretsOf(root, { ...second, request: { ...second.request, letters } })
    const needles: Record<string, Needle[]> = {
      'endpoint of the owner’s browser': [push.endpoint],
      'keys of the owner’s browser': [push.p256dh, push.auth],
    }
    for (const name of ['owner’s name', 'press key', 'label of a presser', 'contacts’ e-mail addresses'])
      needles[name] = things[name] ?? []
    const actual = Object.fromEntries(
      Object.entries(needles).map(([name, all]) => [
        name,
        seen.map((one) => [...new Set(all.map((needle) => cellOf(one, needle)))].join(' / ')),
      ]),
    )
    const { columns, rows } = await tableOf('What telling the owner holds when')
    expect(columns).toEqual([...STAGES])
    expect(actual).toEqual(rows)
  } finally {
    await server.stop()
    await rm(persistTo, { recursive: true, force: true })
  }
})
