import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPresser, rolled, withoutPressers } from '../../src/client/vault/document.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import type { SealedCommit } from '../../src/client/vault/seal-commit.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { age, type Disk, dumpDisk } from './disk.ts'
import { newDocument, type Secrets, seal, secretsOf } from './family.ts'
import { openAll, tellsAddress, tellsGuesses } from './opening.ts'
import { type Haystack, haystackOf, holds, type Needle, PLACES, type Place, placesOf } from './search.ts'
import { tableOf } from './table.ts'

/**
 * What could be handed over: the real Worker, one family, one alert after the other; at each stage all that is on the server's disk
 * and all that the provider was sent is searched, and what is found is what docs/threat-model.md says, neither more nor less.
 */
const STAGES = [
  ...['set up', 'cancelled', 'delay', 'sending', 'open', 'cleared', 'expired', 'rolled', 'deleted'],
  '8 days on',
] as const
type Stage = (typeof STAGES)[number]

type Seen = { disk: Disk; mail: string[]; press: string; messages: string[] }

const NETWORK = '203.0.113.77'
const HOUR_MS = 3_600_000
const GUESSES = 'a test for guesses of the family word'
const ADDRESSES = 'a test for guesses of an address'

const root = random(16)
const double = new ResendDouble()
const seen = new Map<Stage, Seen>()
let persistTo: string
let server: TestServer
let provider: { url: string; close: () => Promise<void> }
let first: SealedCommit
let secrets: Secrets
let next: Secrets
/** Of the server's earlier lives. */
let logged = ''

const ask = async (route: RouteName, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(server.origin + ROUTES[route], {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': NETWORK },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

const done = async (route: RouteName, body: object): Promise<Record<string, unknown>> => {
  const answer = await ask(route, body)
  if (answer.ok !== true) throw new Error(`${route}: ${JSON.stringify(answer)}`)
  return answer
}

const eventually = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
  const until = Date.now() + 30_000
  while (!(await probe())) {
    if (Date.now() > until) throw new Error(`it never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const owner = () => ({ vault: first.request.vault, token: first.request.token })
const question = (alert: string) => ({
  vault: first.request.vault,
  key: toText((next ?? secrets).pressKey),
  alert,
})
const press = async (): Promise<string> => {
  const alert = newId()
  await done('press', { ...question(alert), ageMs: 0, practice: false })
  return alert
}
const status = async (alert: string) => PressAnswer.parse(await ask('status', question(alert)))
const rowsOf = async (object: 'vault' | 'mailroom', table: string): Promise<number> =>
  (await dumpDisk(persistTo))[object]?.[table]?.length ?? 0

const look = async (stage: Stage, alert: string): Promise<void> => {
  const disk = await dumpDisk(persistTo)
  const mail = double.requests.map(({ body }) => body)
  const messages = double.accepted.map(({ id }) => id)
  seen.set(stage, { disk, mail: [...mail, ...messages], press: alert, messages })
}

/** Everything that hangs on a wave is over: sent, told to the vault, acknowledged. */
const settled = async (mails: number): Promise<void> => {
  await eventually('mails sent', () => double.accepted.length === mails)
  await eventually('reports taken', async () => (await rowsOf('mailroom', 'reports')) === 0)
  await eventually('deliveries handed over', async () => {
    const { vault } = await dumpDisk(persistTo)
    return (vault?.deliveries ?? []).every(({ state }) => state === 'sent')
  })
}

/** The server stands still, time goes on, and the server wakes up. */
const sleep = async (object: 'Vault' | 'Mailroom', ms: number): Promise<void> => {
  logged += server.output()
  await server.kill()
  await age(persistTo, object, ms)
  await server.restart()
}

const readLetters = async (): Promise<void> => {
  const [word, link] = first.document.contacts.map(({ letter }) => letter)
  if (word === undefined || link === undefined) throw new Error('two contacts')
  const { vault } = owner()
  for (const { id } of [word, link]) LetterAnswer.parse(await ask('letter', { vault, letter: id }))
  const gate = (token: Uint8Array) =>
    ask('word', { vault, letter: word.id, version: word.version, gate: toText(token) })
  expect(await gate(secrets.wrongGateToken)).toMatchObject({ error: 'wrong-word' })
  expect(await gate(secrets.gateToken)).toMatchObject({ ok: true })
  for (const [{ id, version }, token] of [
    [word, secrets.receiptTokens.word],
    [link, secrets.receiptTokens.link],
  ] as const) {
    await done('receipt', { vault, letter: id, version, token: toText(token), kind: 'opened' })
  }
}

/** As src/client/vault/roll.ts: the new presser first, then without the old one. */
const roll = async (closed: string[]): Promise<void> => {
  const [old] = first.document.pressers
  if (old === undefined) throw new Error('one presser')
  const fresh = newPresser(old.label, Date.now())
  const both = await seal(root, first.document, 1, rolled(first.document, fresh, closed))
  await done('commit', both.request)
  const last = await seal(root, both.document, 2, withoutPressers(both.document, [old.id]))
  await done('commit', last.request)
  next = secretsOf(root, {
    document: last.document,
    request: { ...last.request, letters: both.request.letters },
  })
}

beforeAll(async () => {
  persistTo = await mkdtemp(join(tmpdir(), 'amparo-handover-'))
  provider = await double.listen()
  server = await startServer({
    persistTo,
    settings: {
      AMPARO_LOCAL: null,
      AMPARO_FROM: 'Amparo <alert@amparo.example>',
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
    },
  })
  first = await seal(root, null, 0, newDocument())
  secrets = secretsOf(root, first)
  await done('commit', first.request)
  await look('set up', newId())

  const mistaken = await press()
  await done('cancel', question(mistaken))
  await look('cancelled', mistaken)

  double.meet('internal_server_error', 'internal_server_error', 'internal_server_error')
  const alert = await press()
  await look('delay', alert)
  expect((await status(alert)).state).toBe('counting')
  await eventually('first try', () => double.requests.length > 0)
  await eventually('handed over', async () => (await rowsOf('mailroom', 'batches')) > 0)
  await look('sending', alert)
  expect(double.accepted).toEqual([])
  await settled(2)
  await readLetters()
  await look('open', alert)
  await done('clear', { ...owner(), alert, key: null })
  await settled(4)
  await look('cleared', alert)

  const second = await press()
  await settled(6)
  await sleep('Vault', 25 * HOUR_MS)
  expect((await status(second)).state).toBe('expired')
  await look('expired', second)

  await roll([alert, second])
  for (const one of [alert, second]) await done('withdraw', { ...owner(), alert: one })
  const [contact] = first.document.contacts
  await done('stop', { vault: owner().vault, id: contact?.id, token: contact?.stop, scope: 'owner' })
  await sleep('Vault', 120_000)
  await done('alerts', owner())
  await eventually('old bytes swept', async () => (await dumpDisk(persistTo)).kv.size === 3)
  await look('rolled', second)

  await done('delete', owner())
  await look('deleted', second)
  await sleep('Mailroom', 8 * 24 * HOUR_MS)
  await ask('stop', { vault: newId(), id: newId(), token: newId(), scope: 'all' })
  await eventually('outcomes forgotten', async () => (await rowsOf('mailroom', 'sent')) === 0)
  await look('8 days on', second)
}, 240_000)

afterAll(async () => {
  await server?.stop()
  await provider?.close()
  await rm(persistTo, { recursive: true, force: true })
})

type Searched = { places: Record<Place, Haystack>; opened: Haystack; openedWithMail: Haystack }

const searched = ({ disk, mail }: Seen): Searched => {
  const places = placesOf(disk, mail)
  const { mail: provider, ...own } = places
  const server = Object.values(own).flat()
  return {
    places: Object.fromEntries(
      PLACES.map((place) => [place, haystackOf(places[place])]),
    ) as Searched['places'],
    opened: haystackOf(openAll(disk, server)),
    openedWithMail: haystackOf(openAll(disk, [...server, ...provider])),
  }
}

/** Where a needle is found: as it lies, else after opening what is there with the keys that are there. */
const cellOf = ({ places, opened, openedWithMail }: Searched, needle: Needle): string => {
  const plain = PLACES.filter((place) => holds(places[place], needle))
  const onServer = plain.some((place) => place !== 'mail')
  if (!onServer && holds(opened, needle)) return ['opened', ...plain].join(', ')
  if (plain.length > 0) return plain.join(', ')
  return holds(openedWithMail, needle) ? 'opened with mail' : '—'
}

const thingsAt = (stage: Stage, { things }: Secrets): Record<string, Needle[]> => {
  const { press: alert, messages } = seen.get(stage) as Seen
  return {
    ...things,
    'press’s id': [alert],
    'provider’s ids of the messages': messages,
    'network address of who asks': [NETWORK],
  }
}

/** A guess is tested with the link secret and what the gate compares with: so from wherever the link secret is. */
const canGuess = (secret: string): string => {
  if (secret === '—') return '—'
  return secret === 'mail' ? 'opened with mail' : 'opened'
}

const columnOf = (stage: Stage, of: Secrets): Record<string, string> => {
  const found = searched(seen.get(stage) as Seen)
  const cells = Object.entries(thingsAt(stage, of)).map(([name, needles]): [string, string] => [
    name,
    [...new Set(needles.map((needle) => cellOf(found, needle)))].join(' / ') || '—',
  ])
  const { disk } = seen.get(stage) as Seen
  const all = Object.fromEntries(cells)
  const addresses = first.document.contacts.every(({ email }) => tellsAddress(disk, email))
  return {
    ...all,
    [GUESSES]: tellsGuesses(disk, of.gateToken) ? canGuess(all['link secrets'] ?? '—') : '—',
    [ADDRESSES]: addresses ? 'mailroom' : '—',
  }
}

describe('what could be handed over', () => {
  test('is searched by somebody who opens what can be opened', () => {
    const { disk } = seen.get('set up') as Seen
    const opened = (...keys: Uint8Array[]) => haystackOf(openAll(disk, keys.map(toText)))
    const thing = (name: string): Needle[] => secrets.things[name] ?? []
    const all = opened(root)
    for (const name of [
      'P',
      'contacts’ e-mail addresses',
      'family word, stretched word',
      'link secrets',
      'roster key',
    ])
      expect([name, holds(all, thing(name)[0] ?? '')]).toEqual([name, true])
    const [letterKey] = thing('letter key, lock `word`') as Uint8Array[]
    const [text] = thing('letter and code phrase, lock `word`')
    expect(holds(opened(letterKey as Uint8Array), text ?? '')).toBe(true)
    expect(holds(opened(secrets.pressKey), 'eusebio+work@example.org')).toBe(true)
    expect(holds(opened(random(16), random(32)), text ?? '')).toBe(false)
  })

  test('is at every stage what the threat model says, neither more nor less', async () => {
    const { columns, rows } = await tableOf('What is held when')
    expect(columns).toEqual([...STAGES])
    const actual: Record<string, string[]> = {}
    for (const stage of STAGES) {
      for (const [name, cell] of Object.entries(columnOf(stage, secrets)))
        actual[name] = [...(actual[name] ?? []), cell]
    }
    expect(actual).toEqual(rows)
  })

  test('after rolling, what was rolled is held like that of a vault that nobody ever pressed for', () => {
    const rolling = ['link secrets', 'roster key', 'press key', 'P', 'gate tokens', 'receipt tokens', GUESSES]
    const letters = [
      'letter key, lock `link`',
      'letter and code phrase, lock `link`',
      'hint',
      'situation root',
    ]
    const [fresh, old] = [columnOf('rolled', next), columnOf('set up', secrets)]
    for (const name of [...rolling, ...letters]) expect([name, fresh[name]]).toEqual([name, old[name]])
  })

  test('what is erased may stay in the files for a while, and what was never held never stands there', () => {
    const everHeld = new Set<string>()
    for (const stage of STAGES) {
      for (const [name, cell] of Object.entries(columnOf(stage, secrets))) {
        if (/\b(?:kv|vault|mailroom|platform)\b/.test(cell)) everHeld.add(name)
      }
    }
    const files = STAGES.map((stage) => haystackOf((seen.get(stage) as Seen).disk.files))
    const standing = Object.entries(secrets.things).filter(([, needles]) =>
      needles.some((needle) => files.some((file) => holds(file, needle))),
    )
    expect(standing.map(([name]) => name).filter((name) => !everHeld.has(name))).toEqual([])
    // Else the search of files looks at nothing.
    expect(standing.map(([name]) => name)).toContain('roster key')
  })

  test('what the Worker logs is names of events, and no id, no address, no URL', () => {
    const output = logged + server.output()
    expect(output).toContain('{"event":"mail-accepted"')
    const log = haystackOf([output])
    for (const stage of STAGES) {
      for (const [name, needles] of Object.entries(thingsAt(stage, secrets))) {
        for (const needle of needles) expect([name, holds(log, needle)]).toEqual([name, false])
      }
    }
    for (const line of output.split('\n').filter(Boolean)) {
      expect(line).toMatch(/^(?:amparo: ready|\{"event":"[a-z-]+","count":\d+\})$/)
    }
  })
})
