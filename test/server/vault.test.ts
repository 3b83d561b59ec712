import { afterEach, describe, expect, test, vi } from 'vitest'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { CommitRequest } from '../../src/protocol/vault.ts'
import { ask, committed, done, pressed } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey } from './family.ts'
import {
  bindings,
  dump,
  evict,
  kvKeys,
  mailroom,
  pass,
  settle,
  startClock,
  stopClock,
  vaultOf,
  withEnv,
} from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const owner = ({ vault, token }: Family) => ({ vault, token })
const open = (family: Family) => ask('open', owner(family))
const code = async (request: CommitRequest): Promise<unknown> => (await ask('commit', request)).body.error

afterEach(() => {
  startClock()
  vi.restoreAllMocks()
})

describe('commit', () => {
  test('what was committed is opened, byte for byte', async () => {
    const family = newFamily()
    const request = commitOf(family)
    expect(await done('commit', request)).toEqual({ ok: true, version: 1 })
    expect((await open(family)).body).toEqual({ ok: true, version: 1, document: request.document })
    const second = commitOf(family, 1)
    expect(await done('commit', second)).toEqual({ ok: true, version: 2 })
    expect((await open(family)).body).toEqual({ ok: true, version: 2, document: second.document })
  })

  test('the last commit sent again is answered as the first time, and changes nothing', async () => {
    const family = newFamily()
    const request = commitOf(family)
    const first = await ask('commit', request)
    const again = await ask('commit', { ...request, document: toText(new Uint8Array(600)) })
    expect(again.text).toBe(first.text)
    expect((await open(family)).body.document).toBe(request.document)
  })

  test('two devices: the second one hears which version there is', async () => {
    const family = await committed()
    await done('commit', commitOf(family, 1))
    const answer = await ask('commit', commitOf(family, 1))
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ error: 'conflict', version: 2 })
    expect((await ask('commit', commitOf(family))).body).toEqual({ error: 'conflict', version: 2 })
  })

  test('of many commits at once on the same version exactly one holds', async () => {
    const family = await committed()
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask('commit', commitOf(family, 1))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect((await open(family)).body.version).toBe(2)
  })

  test('a stranger cannot tell a vault from none, nor change it', async () => {
    const family = await committed()
    for (const base of [0, 1, 7]) {
      expect((await ask('commit', commitOf(family, base, { token: newKey() }))).text).toBe(UNKNOWN)
    }
    expect((await open(family)).body.version).toBe(1)
    expect((await ask('commit', commitOf(newFamily(), 3))).text).toBe(UNKNOWN)
  })

  test('contradictions are refused before anything is stored', async () => {
    const family = await committed()
    const request = commitOf(family, 1)
    const [letter, other] = request.letters as [CommitRequest['letters'][0], CommitRequest['letters'][0]]
    const [presser] = request.pressers as [CommitRequest['pressers'][0]]
    const [contact, second] = request.contacts as [CommitRequest['contacts'][0], CommitRequest['contacts'][0]]
    const lock = letter.locks[0]!
    const wrong: Partial<CommitRequest>[] = [
      { keep: [letter.id] },
      { letters: [letter, { ...other, id: letter.id }] },
      { letters: [], keep: [letter.id, letter.id] },
      { letters: [], keep: [newId()] },
      { letters: [{ ...letter, locks: [lock, lock] }] },
      { pressers: [presser, { ...presser, hash: newKey() }] },
      { pressers: [presser, { ...presser, id: newId() }] },
      { contacts: [contact, { ...second, id: contact.id }] },
      { contacts: [contact, { ...second, join: contact.join }] },
      { ticket: { kind: 'workshop', code: '0'.repeat(16) } },
      { letters: Array.from({ length: 24 }, () => ({ ...letter, id: newId() })), keep: [other.id] },
    ]
    for (const changes of wrong) expect(await code({ ...request, ...changes })).toBe('malformed')
    expect(await code(commitOf(newFamily(), 0, { keep: [newId()] }))).toBe('malformed')
    expect((await open(family)).body.version).toBe(1)
  })

  test('a letter in neither list is erased, one that is kept stays', async () => {
    const family = await committed()
    stopClock()
    const [ana] = family.contacts.map(({ letter }) => toText(letter)) as [string, string]
    await done('commit', commitOf(family, 1, { letters: [], keep: [ana] }))
    await pass(family, 120_000)
    const keys = await kvKeys(family)
    expect(keys.filter((key) => key.startsWith('letter/')).map((key) => key.split('/')[2])).toEqual([ana])
    expect(keys.filter((key) => key.startsWith('document/'))).toHaveLength(1)
    const { letters, sealed_keys } = await dump(vaultOf(family))
    expect(letters).toHaveLength(1)
    expect(sealed_keys?.map(({ key }) => key).sort()).toEqual(keys.sort())
  })

  test('what was replaced is erased from KV', async () => {
    const family = await committed()
    stopClock()
    for (const base of [1, 2, 3]) await done('commit', commitOf(family, base))
    await pass(family, 120_000)
    expect(await kvKeys(family)).toHaveLength(3)
    expect((await open(family)).status).toBe(200)
  })
})

describe('a commit that fails on its way', () => {
  test('holds nothing; tried again with other bytes it holds those; what it left in KV is swept', async () => {
    const family = await committed()
    stopClock()
    let puts = 0
    const { SEALED } = bindings
    const takeBack = withEnv({
      SEALED: {
        ...{ get: SEALED.get.bind(SEALED), delete: SEALED.delete.bind(SEALED) },
        put: async (key: string, value: Uint8Array) => {
          puts += 1
          if (puts === 3) throw new Error('KV is down')
          return SEALED.put(key, value)
        },
      },
    })
    await evict(vaultOf(family))
    const commit = newId()
    const failed = await ask('commit', commitOf(family, 1, { commit }))
    expect(failed.status).toBe(503)
    expect(failed.text).toBe('{"error":"try-again"}')
    takeBack()
    await evict(vaultOf(family))
    expect((await open(family)).body.version).toBe(1)
    const again = commitOf(family, 1, { commit })
    expect(await done('commit', again)).toEqual({ ok: true, version: 2 })
    expect((await open(family)).body.document).toBe(again.document)
    expect((await kvKeys(family)).length).toBeGreaterThan(6)
    await pass(family, 700_000)
    expect(await kvKeys(family)).toHaveLength(3)
  })

  test('of a vault that never came to be, nothing is left', async () => {
    const family = newFamily()
    stopClock()
    const takeBack = withEnv({
      SEALED: { put: () => Promise.reject(new Error('down')), delete: async () => undefined },
    })
    expect((await ask('commit', commitOf(family))).status).toBe(503)
    takeBack()
    await evict(vaultOf(family))
    expect((await open(family)).text).toBe(UNKNOWN)
    await pass(family, 700_000)
    expect(await dump(vaultOf(family))).toEqual({})
    await done('commit', commitOf(family))
    expect((await open(family)).status).toBe(200)
  })
})

describe('an unknown vault', () => {
  test('is not written to, whatever is asked of it', async () => {
    const family = newFamily()
    const { vault, token } = family
    const id = newId()
    await ask('open', owner(family))
    await ask('alerts', owner(family))
    await ask('delete', owner(family))
    await ask('commit', commitOf(family, 4))
    await ask('press', { vault, key: newKey(), alert: id, ageMs: 0, practice: false })
    await ask('cancel', { vault, key: newKey(), alert: id })
    await ask('clear', { vault, token, alert: id, key: null })
    await ask('letter', { vault, letter: id })
    const invited = { vault, contact: id, token }
    await ask('contacts', owner(family))
    await ask('join', invited)
    await ask('code', { ...invited, stop: id, address: 'a@example.org', language: 'es' })
    await ask('accept', { ...invited, answers: 0, sealed: toText(new Uint8Array(553)), proof: null })
    await ask('leave', invited)
    await ask('stop', { vault, id, token: id, scope: 'all' })
    expect(await dump(vaultOf(family))).toEqual({})
  })
})

describe('delete', () => {
  test('leaves nothing in KV, in the object or waiting in the mailroom', async () => {
    const family = await committed()
    await evict(mailroom())
    const takeBack = withEnv({ AMPARO_LOCAL: undefined, RESEND_API_KEY: undefined })
    await pressed(family)
    await settle(family)
    const before = await dump(mailroom())
    expect(before.messages?.filter(({ vault }) => vault === family.vault)).toHaveLength(2)
    expect(await done('delete', owner(family))).toEqual({ ok: true })
    expect(await kvKeys(family)).toEqual([])
    expect(await dump(vaultOf(family))).toEqual({})
    expect(JSON.stringify(await dump(mailroom()))).not.toContain(family.vault)
    for (const { address } of family.contacts)
      expect(JSON.stringify(await dump(mailroom()))).not.toContain(address)
    expect((await open(family)).text).toBe(UNKNOWN)
    expect((await ask('delete', owner(family))).text).toBe(UNKNOWN)
    takeBack()
    await evict(mailroom())
  })

  test('goes on by itself when KV is down or the mailroom cannot be reached', async () => {
    const family = await committed()
    const takeBack = withEnv({ SEALED: { delete: () => Promise.reject(new Error('down')) } })
    await evict(vaultOf(family))
    expect(await done('delete', owner(family))).toEqual({ ok: true })
    expect((await open(family)).text).toBe(UNKNOWN)
    expect((await ask('commit', commitOf(family))).body.error).toBe('try-again')
    takeBack()
    expect(await kvKeys(family)).toHaveLength(3)
    stopClock()
    await evict(vaultOf(family))
    await pass(family, 60_000)
    expect(await kvKeys(family)).toEqual([])
    expect(await dump(vaultOf(family))).toEqual({})
  })

  test('the same words make a new vault afterwards', async () => {
    const family = await committed()
    await done('delete', owner(family))
    expect(await done('commit', commitOf(family))).toEqual({ ok: true, version: 1 })
  })
})

describe('a document that KV does not show here yet', () => {
  test('is to be asked for again, and is not unknown', async () => {
    const family = await committed()
    for (const key of await kvKeys(family)) await bindings.SEALED.delete(key)
    expect((await open(family)).text).toBe('{"error":"try-again"}')
  })

  test('bytes come back as they went', async () => {
    const family = newFamily()
    const request = commitOf(family)
    await done('commit', request)
    const stored = await Promise.all(
      (await kvKeys(family)).map((key) => bindings.SEALED.get(key, 'arrayBuffer')),
    )
    const texts = stored.map((bytes) => toText(new Uint8Array(bytes!)))
    expect(texts).toContain(request.document)
    expect(fromText(request.document).length).toBeGreaterThan(512)
  })
})
