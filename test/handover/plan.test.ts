import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPresser, rolled, withoutPressers } from '../../src/client/vault/document.ts'
import { NO_PLAN, withSection, withShares } from '../../src/client/vault/plan-rules.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import type { SealedCommit } from '../../src/client/vault/seal-commit.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { Plan } from '../../src/protocol/plan.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer } from '../support/server.ts'
import { cellOf, searched } from './cells.ts'
import { age, type Disk, dumpDisk } from './disk.ts'
import { newDocument, seal, secretsOf } from './family.ts'
import { openAll } from './opening.ts'
import { haystackOf, holds, type Needle } from './search.ts'
import { tableOf } from './table.ts'

/** What could be handed over of a family's plan: what docs/threat-model.md says, neither more nor less. */
const STAGES = ['filled in', 'taken back', 'open', 'changed', 'cleared', 'rolled', 'deleted'] as const
type Stage = (typeof STAGES)[number]

/** In each section words that stand nowhere else. */
const WORDS = {
  immigration: 'Entrada por Nogales con la tía Eulalia',
  'child-care-plan': 'Los recibe la madrina Hermelinda',
  money: 'El recibo azul está en la alacena',
  documents: 'La carpeta está detrás del tinaco',
} as const

const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the scenario is not what it should be')
  return value
}

/** One section for nobody, one for each contact, and one that the contact with the link was shown until it was taken back. */
const planFor = ({ contacts }: VaultDocument): Plan => {
  const [word, link] = contacts.map(({ id }) => id)
  const filled = Object.entries(WORDS)
    .map(([id, text]) => ({ id, at: 1, entries: [{ where: text }] }))
    .reduce(withSection, NO_PLAN)
  return [
    ['child-care-plan', [known(word)]],
    ['money', [known(link)]],
    ['documents', [known(link)]],
  ].reduce((plan, [section, shown]) => withShares(plan, section as string, shown as string[]), filled)
}

let root: Uint8Array
let first: SealedCommit
const seen = new Map<Stage, { disk: Disk; mail: string[] }>()
const at = (stage: Stage) => known(seen.get(stage))

const eventually = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
  const until = Date.now() + 90_000
  while (!(await probe())) {
    if (Date.now() > until) throw new Error(`it never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

let persistTo: string
beforeAll(async () => {
  persistTo = await mkdtemp(join(tmpdir(), 'amparo-plan-'))
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
  const look = async (stage: Stage): Promise<void> => {
    const mail = [...double.requests.map(({ body }) => body), ...double.accepted.map(({ id }) => id)]
    seen.set(stage, { disk: await dumpDisk(persistTo), mail })
  }
  const settled = (mails: number) =>
    eventually(`${mails} mails, and the vault was told`, async () => {
      if (double.accepted.length < mails) return false
      return ((await dumpDisk(persistTo)).vault?.deliveries ?? []).every(({ state }) => state === 'sent')
    })
  try {
    root = random(16)
    const document = newDocument()
    const plan = planFor(document)
    first = await seal(root, null, 0, document, { before: null, after: plan })
    await done('commit', first.request)
    await look('filled in')

    const less = withShares(plan, 'documents', [])
    const second = await seal(root, first.document, 1, first.document, { before: plan, after: less })
    await done('commit', second.request)
    await look('taken back')

    const owner = { vault: first.request.vault, token: first.request.token }
    const key = toText(secretsOf(root, first).pressKey)
    const alert = newId()
    await done('press', { vault: owner.vault, key, alert, ageMs: 0, practice: false })
    await settled(2)
    await look('open')

    const none = withShares(less, 'money', [])
    const third = await seal(root, second.document, 2, second.document, { before: less, after: none })
    await done('commit', third.request)
    await look('changed')

    await done('clear', { ...owner, alert, key: null })
    await settled(4)
    await eventually('the roster is shut', async () => (await dumpDisk(persistTo)).vault?.holds?.length === 0)
    await look('cleared')

    const old = known(third.document.pressers[0])
    const fresh = newPresser(old.label, Date.now())
    const plans = { before: none, after: none }
    const both = await seal(root, third.document, 3, rolled(third.document, fresh, [alert]), plans)
    await done('commit', both.request)
    const last = await seal(root, both.document, 4, withoutPressers(both.document, [old.id]), plans)
    await done('commit', last.request)
    await done('withdraw', { ...owner, alert })
    await server.kill()
    await age(persistTo, 'Vault', 120_000)
    await server.restart()
    await done('alerts', owner)
    // The document, two letters, the plan, and what comes with one letter.
    await eventually('old bytes are gone', async () => (await dumpDisk(persistTo)).kv.size === 5)
    await look('rolled')

    await done('delete', owner)
    await eventually('all bytes are gone', async () => (await dumpDisk(persistTo)).kv.size === 0)
    await look('deleted')
  } finally {
    await server.stop()
    await provider.close()
  }
}, 180_000)
afterAll(() => rm(persistTo, { recursive: true, force: true }))

describe('what could be handed over of a family’s plan', () => {
  test('is searched by somebody who opens what can be opened', () => {
    const opened = (...keys: Uint8Array[]) => haystackOf(openAll(at('filled in').disk, keys.map(toText)))
    const all = opened(root)
    for (const words of Object.values(WORDS)) expect([words, holds(all, words)]).toEqual([words, true])
    const [wordKey] = known(secretsOf(root, first).things['letter key, lock `word`']) as Uint8Array[]
    const withLetter = opened(known(wordKey))
    expect(holds(withLetter, WORDS['child-care-plan'])).toBe(true)
    for (const other of ['immigration', 'money', 'documents'] as const)
      expect([other, holds(withLetter, WORDS[other])]).toEqual([other, false])
  })

  test('is at every stage what the threat model says, neither more nor less', async () => {
    const { things } = secretsOf(root, first)
    const needles: Record<string, Needle[]> = {
      'section that nobody is shown': [WORDS.immigration],
      'section that a contact is shown, lock `word`': [WORDS['child-care-plan']],
      'section that a contact is shown, lock `link`': [WORDS.money],
      'section that was taken back before the press, lock `link`': [WORDS.documents],
      'name of the section that a contact is shown, lock `word`': ['child-care-plan'],
      'letter and code phrase, lock `link`': known(things['letter and code phrase, lock `link`']),
      'root, recovery words, owner token, vault key': known(
        things['root, recovery words, owner token, vault key'],
      ),
    }
    const found = STAGES.map((stage) => {
      const { disk, mail } = at(stage)
      return searched({ disk, sent: { mail, text: [], push: [] } })
    })
    const actual = Object.fromEntries(
      Object.entries(needles).map(([name, all]) => [
        name,
        found.map((one) => [...new Set(all.map((needle) => cellOf(one, needle)))].join(' / ')),
      ]),
    )
    const { columns, rows } = await tableOf('What is held of a plan when')
    expect(columns).toEqual([...STAGES])
    expect(actual).toEqual(rows)
  })

  test('tells how many letters come with a part of it, and how large the parts are, to a power of two', () => {
    const sizes = (stage: Stage, kind: string) =>
      [...at(stage).disk.kv].filter(([key]) => key.startsWith(`${kind}/`)).map(([, bytes]) => bytes.length)
    expect(sizes('filled in', 'share')).toHaveLength(2)
    for (const size of [...sizes('filled in', 'share'), ...sizes('filled in', 'plan')])
      expect(Math.log2(size - 41) % 1).toBe(0)
  })
})
