import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cardLookupOf, openCardEntry, sealCardEntry } from '../../src/crypto/card.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ask, committed, done } from './api.ts'
import { commitOf, type Family, newId, newKey, random } from './family.ts'
import { bindings, dump, evict, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

/** A card in the directory of codes. `stretched` stands for Argon2id's result: what is tested here does not depend on the code. */
const MINUTE_MS = 60_000

const newCard = (family: Family) => {
  const stretched = random(32)
  const entry = { vault: vaultIdOf(family.root), presser: family.presser.id, secret: random(16) }
  return {
    stretched,
    entry,
    lookup: toText(cardLookupOf(stretched)),
    put: {
      vault: family.vault,
      token: family.token,
      presser: toText(family.presser.id),
      lookup: toText(cardLookupOf(stretched)),
      sealed: toText(sealCardEntry(stretched, entry, random)),
    },
  }
}
/** An object that starts again sees the settings of `withEnv`. */
const evicted = (family: Family) => evict(vaultOf(family))
const find = (lookup: string, from?: string) => ask('findCard', { lookup }, from)
const inDirectory = async (): Promise<string[]> =>
  (await bindings.SEALED.list({ prefix: 'card/' })).keys.map(({ name }) => name.slice('card/'.length))

beforeEach(stopClock)
afterEach(startClock)

describe('a card’s code', () => {
  test('leads whoever has typed it to what its link holds, and the server cannot read that', async () => {
    const family = await committed()
    const card = newCard(family)
    expect((await ask('putCard', card.put)).body).toEqual({ ok: true })
    const { body } = await find(card.lookup)
    expect(openCardEntry(card.stretched, fromText(body.sealed as string))).toEqual(card.entry)
    const stored = `${JSON.stringify(await dump(vaultOf(family)))} ${await bindings.SEALED.get(`card/${card.lookup}`)}`
    expect(stored).toContain(card.lookup)
    expect(stored).not.toContain(toText(card.entry.secret))
  })

  test('that is none, that was revoked and that of a deleted vault are answered alike', async () => {
    const [revoked, deleted] = [await committed(), await committed()]
    const cards = [newCard(revoked), newCard(deleted)]
    for (const { put } of cards) await done('putCard', put)
    await done('commit', commitOf(revoked, 1, { pressers: [] }))
    await settle(revoked)
    await done('delete', { vault: deleted.vault, token: deleted.token })
    for (const lookup of [newId(), ...cards.map((card) => card.lookup)])
      expect((await find(lookup)).text).toBe('{"error":"unknown"}')
    for (const { lookup } of cards) expect(await inDirectory()).not.toContain(lookup)
  })

  test('stays as it is in a commit that keeps the card', async () => {
    const family = await committed()
    const card = newCard(family)
    await done('putCard', card.put)
    await done('commit', commitOf(family, 1))
    await pass(family, 20 * MINUTE_MS)
    expect((await find(card.lookup)).status).toBe(200)
  })
})

describe('the directory takes a card', () => {
  test('from its owner alone, and of a presser that presses', async () => {
    const family = await committed()
    const { put, lookup } = newCard(family)
    for (const wrong of [{ token: newKey() }, { presser: newId() }, { vault: newId() }])
      expect((await ask('putCard', { ...put, ...wrong })).text).toBe('{"error":"unknown"}')
    expect(await inDirectory()).not.toContain(lookup)
  })

  test('once: the same again changes nothing, and a second code of a card is refused', async () => {
    const family = await committed()
    const card = newCard(family)
    await done('putCard', card.put)
    const first = (await find(card.lookup)).text
    const sealedAgain = toText(sealCardEntry(card.stretched, card.entry, random))
    expect((await ask('putCard', { ...card.put, sealed: sealedAgain })).body).toEqual({ ok: true })
    expect((await find(card.lookup)).text).toBe(first)
    expect((await ask('putCard', newCard(family).put)).body).toEqual({ error: 'malformed' })
  })

  test('never in another’s place: who photographed a card can neither turn its code to himself nor erase it', async () => {
    const [family, thief] = [await committed(), await committed()]
    const card = newCard(family)
    await done('putCard', card.put)
    const before = (await find(card.lookup)).text
    const his = { ...card.put, vault: thief.vault, token: thief.token, presser: toText(thief.presser.id) }
    expect((await ask('putCard', his)).body).toEqual({ error: 'malformed' })
    await done('commit', commitOf(thief, 1, { pressers: [] }))
    await done('delete', { vault: thief.vault, token: thief.token })
    await settle(thief)
    expect((await find(card.lookup)).text).toBe(before)
  })

  test('although the first try failed half-way, and sweeps what came to nothing', async () => {
    const family = await committed()
    const card = newCard(family)
    const takeBack = withEnv({
      SEALED: { get: async () => null, put: () => Promise.reject(new Error('no')) },
    })
    await evicted(family)
    expect((await ask('putCard', card.put)).body).toEqual({ error: 'try-again' })
    takeBack()
    await evicted(family)
    expect((await ask('putCard', card.put)).body).toEqual({ ok: true })
    await pass(family, 20 * MINUTE_MS)
    expect((await find(card.lookup)).status).toBe(200)

    const other = await committed()
    const lost = newCard(other)
    await bindings.SEALED.put(`card/${lost.lookup}`, fromText(lost.put.sealed))
    const again = withEnv({
      SEALED: { get: async () => null, put: () => Promise.reject(new Error('no')) },
    })
    await evicted(other)
    expect((await ask('putCard', lost.put)).body).toEqual({ error: 'try-again' })
    again()
    await evicted(other)
    await pass(other, 11 * MINUTE_MS)
    await pass(other, MINUTE_MS)
    expect(await inDirectory()).not.toContain(lost.lookup)
  })

  test('revoked while it was being put: nothing is left behind', async () => {
    const family = await committed()
    const card = newCard(family)
    let isUnderWay = (): void => undefined
    const underWay = new Promise<void>((resolve) => {
      isUnderWay = resolve
    })
    let goOn = (): void => undefined
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const kv = bindings.SEALED
    const takeBack = withEnv({
      SEALED: {
        get: (key: string) => kv.get(key, 'arrayBuffer'),
        delete: (key: string) => kv.delete(key),
        put: async (key: string, value: Uint8Array) => {
          if (key.startsWith('card/')) {
            isUnderWay()
            await waiting
          }
          await kv.put(key, value)
        },
      },
    })
    await evicted(family)
    const putting = ask('putCard', card.put)
    await underWay
    await done('commit', commitOf(family, 1, { pressers: [] }))
    await settle(family)
    goOn()
    expect((await putting).body).toEqual({ error: 'unknown' })
    takeBack()
    expect(await inDirectory()).not.toContain(card.lookup)
  })
})

describe('guessing codes', () => {
  test('is thirty in ten minutes for one network; then nothing is looked up, right or wrong, and the neighbour is not kept out', async () => {
    const network = '198.51.100.60'
    const family = await committed()
    const card = newCard(family)
    await done('putCard', card.put)
    const statuses: number[] = []
    for (let guess = 0; guess < 30; guess += 1) statuses.push((await find(newId(), network)).status)
    expect(new Set(statuses)).toEqual(new Set([404]))
    const { status, body } = await find(newId(), network)
    expect([status, body]).toEqual([429, { error: 'slow-down', waitMs: 10 * MINUTE_MS }])
    expect((await find(card.lookup, network)).status).toBe(429)
    expect((await find(card.lookup, '198.51.100.61')).status).toBe(200)
    vi.setSystemTime(Date.now() + 10 * MINUTE_MS)
    expect((await find(card.lookup, network)).status).toBe(200)
  })

  test('all at once is thirty too', async () => {
    const guesses = Array.from({ length: 80 }, () => find(newId(), '198.51.100.62'))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(30)
  })

  test('from many /64 of one /48 is ninety', async () => {
    const takeBack = withEnv({ FAILURES: undefined })
    const network = (home: number) => `2001:db8:99:${home.toString(16)}::1`
    const statuses: number[] = []
    for (let guess = 0; guess < 100; guess += 1)
      statuses.push((await find(newId(), network(Math.floor(guess / 20)))).status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(90)
    takeBack()
  })

  test('finding something counts for nothing, and the same wrong code again does not either', async () => {
    const takeBack = withEnv({ FAILURES: undefined })
    const network = '198.51.100.63'
    const family = await committed()
    const card = newCard(family)
    await done('putCard', card.put)
    const wrong = newId()
    for (let time = 0; time < 40; time += 1) {
      expect((await find(card.lookup, network)).status).toBe(200)
      expect((await find(wrong, network)).status).toBe(404)
    }
    takeBack()
  })

  test('leaves neither network nor code by name, and after ten minutes nothing', async () => {
    const network = '198.51.100.64'
    const lookup = newId()
    await find(lookup, network)
    const keeper = (name: string) => bindings.DOORKEEPER.get(bindings.DOORKEEPER.idFromName(name))
    const stub = keeper((await keeper('key').hashes([`search ${network}`]))[0]!)
    const kept = await dump(stub as never)
    expect(kept.entries).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain(lookup)
    vi.setSystemTime(Date.now() + 10 * MINUTE_MS)
    await runDurableObjectAlarm(stub)
    expect(await dump(stub as never)).toEqual({})
  })

  test('goes on where the doorkeepers are out of order: a witness is not kept out by them', async () => {
    const family = await committed()
    const card = newCard(family)
    await done('putCard', card.put)
    const takeBack = withEnv({ DOORKEEPER: undefined })
    expect((await find(card.lookup)).status).toBe(200)
    takeBack()
  })
})
