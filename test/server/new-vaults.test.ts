import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ask, press } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey } from './family.ts'
import { bindings, dump, startClock, stopClock, withEnv } from './time.ts'

const DAY_MS = 86_400_000
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const keeper = (name: string) => bindings.DOORKEEPER.get(bindings.DOORKEEPER.idFromName(name))
const keeperOf = async (network: string) => keeper((await keeper('key').hashes([`network ${network}`]))[0]!)

const make = async (from: string, family: Family = newFamily()) => {
  const { status, body } = await ask('commit', commitOf(family), from)
  return { family, status, body }
}
const makeMany = async (from: readonly string[]): Promise<number[]> => {
  const statuses: number[] = []
  for (const network of from) statuses.push((await make(network)).status)
  return statuses
}
const times = (count: number, network: string): string[] => Array.from({ length: count }, () => network)
const okOf = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length

beforeEach(stopClock)
afterEach(startClock)

describe('new vaults from one network', () => {
  test('are ten in a day; who has one goes on as ever, and the neighbour is not kept out', async () => {
    const network = '198.51.100.20'
    const { family } = await make(network)
    expect(okOf(await makeMany(times(9, network)))).toBe(9)
    later(DAY_MS / 2)
    const eleventh = await make(network)
    expect([eleventh.status, eleventh.body]).toEqual([429, { error: 'slow-down', waitMs: DAY_MS / 2 }])
    expect((await ask('commit', commitOf(family, 1), network)).status).toBe(200)
    expect((await press(family, newId(), {}, network)).status).toBe(200)
    expect((await make('198.51.100.21')).status).toBe(200)
    later(DAY_MS / 2)
    expect((await make(network, eleventh.family)).status).toBe(200)
  })

  test('asked for all at once are ten too', async () => {
    const answers = await Promise.all(times(25, '198.51.100.22').map((network) => make(network)))
    expect(okOf(answers.map(({ status }) => status))).toBe(10)
  })

  test('from many /64 of one /48 are thirty', async () => {
    const network = (home: number) => `2001:db8:77:${home.toString(16)}::1`
    expect(await makeMany(times(11, network(0)))).toEqual([...Array.from({ length: 10 }, () => 200), 429])
    const homes = Array.from({ length: 25 }, (_, home) => network(home + 1))
    expect(okOf(await makeMany(homes))).toBe(20)
    // What the /48 refused has not been counted for its /64.
    const { entries } = await dump((await keeperOf('2001:db8:77:19')) as never)
    expect(entries).toEqual([])
    expect((await make('2001:db8:78:1::1')).status).toBe(200)
  })
})

describe('does not count', () => {
  test('the same commit sent again because its answer was lost, also when the network is full', async () => {
    const network = '198.51.100.24'
    const family = newFamily()
    const commit = commitOf(family)
    for (let time = 0; time < 12; time += 1)
      expect((await ask('commit', commit, network)).body).toEqual({ ok: true, version: 1 })
    expect(okOf(await makeMany(times(12, network)))).toBe(9)
    expect((await ask('commit', commit, network)).status).toBe(200)
  })

  test('a commit that was refused', async () => {
    const network = '198.51.100.25'
    for (let time = 0; time < 12; time += 1) {
      const malformed = commitOf(newFamily(), 0, { keep: [newId()] })
      expect((await ask('commit', malformed, network)).body.error).toBe('malformed')
    }
    expect(okOf(await makeMany(times(10, network)))).toBe(10)
  })

  test('but a vault does that was made, whatever is refused in its name or deleted afterwards', async () => {
    const network = '198.51.100.26'
    for (let time = 0; time < 10; time += 1) {
      const { family } = await make(network)
      expect((await ask('commit', commitOf(family), network)).body.error).toBe('conflict')
      const stranger = commitOf({ ...family, token: newKey() })
      expect((await ask('commit', stranger, network)).body.error).toBe('unknown')
      if (time % 2 === 0) await ask('delete', { vault: family.vault, token: family.token }, network)
    }
    expect((await make(network)).status).toBe(429)
  })

  test('but a vault does whose maker was gone before it was told', async () => {
    const network = '198.51.100.27'
    const broken = { get: () => ({ commit: () => Promise.reject(new Error('gone')) }), idFromName: () => '' }
    const takeBack = withEnv({ VAULT: broken })
    for (let time = 0; time < 10; time += 1) expect((await make(network)).status).toBe(503)
    takeBack()
    expect((await make(network)).status).toBe(429)
  })
})

test.each<[string, ('made' | 'release')[]]>([
  ['after it was made', ['made', 'release']],
  ['before it was made', ['release', 'made']],
])('two commits of one vault at once: it counts, although the other one was refused %s', async (_, order) => {
  const stub = keeper(newId())
  const until = Date.now() + DAY_MS
  expect(await stub.admit('v', 1, until)).toEqual({ kind: 'in', fresh: true })
  expect(await stub.admit('v', 1, until)).toEqual({ kind: 'in', fresh: false })
  for (const step of order) await (step === 'made' ? stub.made('v', until) : stub.release('v'))
  expect(await stub.admit('w', 1, until)).toEqual({ kind: 'full', waitMs: DAY_MS })
})

test('a ticket is for new vaults only', async () => {
  const { family } = await make('198.51.100.28')
  const ticket = { kind: 'turnstile', token: 'x' } as const
  expect((await ask('commit', commitOf(family, 1, { ticket }))).body).toEqual({ error: 'malformed' })
})

test('a doorkeeper knows neither network nor vault by name, and after a day nothing', async () => {
  const network = '198.51.100.29'
  const { family } = await make(network)
  const stub = await keeperOf(network)
  const kept = await dump(stub as never)
  expect(kept.entries).toEqual([{ vault: expect.any(String), until: Date.now() + DAY_MS, made: 1 }])
  expect(JSON.stringify(kept)).not.toContain(family.vault)
  expect(JSON.stringify(kept)).not.toContain(network)
  later(DAY_MS - 1)
  await runDurableObjectAlarm(stub)
  expect((await dump(stub as never)).entries).toHaveLength(1)
  later(1)
  await runDurableObjectAlarm(stub)
  expect(await dump(stub as never)).toEqual({})
})

test('on a developer’s own machine nobody counts; where doorkeepers are missing nobody can set up', async () => {
  expect(okOf(await makeMany(times(12, '127.0.0.1')))).toBe(12)
  const takeBack = withEnv({ AMPARO_LOCAL: undefined, DOORKEEPER: undefined })
  const { body } = await make('127.0.0.1')
  expect(body.missing).toContain('DOORKEEPER')
  takeBack()
})
