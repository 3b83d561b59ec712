import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RouteName } from '../../src/protocol/routes.ts'
import { alerts, ask, cancel, clear, committed, done, mails, mailsTo, press, pressed } from './api.ts'
import { commitOf, type Family, joinToken, newFamily, newId, newKey, pressKey } from './family.ts'
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

const DAY_MS = 86_400_000
const UNKNOWN = '{"error":"unknown"}'
const owner = ({ vault, token }: Family) => ({ vault, token })
const ticketOf = ({ vault, token }: Family) => ({ kind: 'moved', vault, token }) as const
/** The first commit of a vault that takes the place of another. */
const follow = (next: Family, before: Family | null, from?: string) =>
  ask('commit', commitOf(next, 0, { ticket: before === null ? null : ticketOf(before) }), from)
const filled = async (network: string): Promise<void> => {
  for (let made = 0; made < 10; made += 1) await follow(newFamily(), null, network)
  expect((await follow(newFamily(), null, network)).body.error).toBe('slow-down')
}

beforeEach(stopClock)
afterEach(startClock)

describe('a vault that takes the place of another', () => {
  test('is let in where the network is full, and the same commit again is', async () => {
    const network = '198.51.100.40'
    const before = await committed()
    await filled(network)
    const next = newFamily()
    const commit = commitOf(next, 0, { ticket: ticketOf(before) })
    for (let time = 0; time < 3; time += 1)
      expect((await ask('commit', commit, network)).body).toEqual({ ok: true, version: 1 })
    expect((await press(next, newId())).status).toBe(200)
  })

  test('and where Turnstile is on, without having been looked at', async () => {
    const before = await committed()
    const takeBack = withEnv({ TURNSTILE_SITE_KEY: 'site', TURNSTILE_SECRET: 'secret' })
    expect((await follow(newFamily(), null)).body).toEqual({ error: 'ticket' })
    expect((await follow(newFamily(), before)).status).toBe(200)
    takeBack()
  })

  test('is one: for a second one the network decides, as for a ticket of nobody or with a wrong token', async () => {
    const network = '198.51.100.41'
    const before = await committed()
    await filled(network)
    expect((await follow(newFamily(), before, network)).status).toBe(200)
    const wrong = { ...(await committed()), token: newKey() }
    for (const nobody of [before, wrong, newFamily()]) {
      expect((await follow(newFamily(), nobody, network)).body.error).toBe('slow-down')
      expect((await follow(newFamily(), nobody)).status).toBe(200)
    }
  })

  test('is followed by others in the same way three times in ninety days, however often it is tried', async () => {
    const network = '198.51.100.42'
    await filled(network)
    let last = await committed()
    for (let time = 0; time < 3; time += 1) {
      const next = newFamily()
      expect((await follow(next, last, network)).status).toBe(200)
      last = next
    }
    expect((await follow(newFamily(), last, network)).body.error).toBe('slow-down')
    vi.setSystemTime(Date.now() + 90 * DAY_MS)
    await filled(network)
    expect((await follow(newFamily(), last, network)).status).toBe(200)
  })

  test('does not end the one before: until that is told to end, both press', async () => {
    const before = await committed()
    const next = newFamily()
    await follow(next, before)
    expect((await press(before, newId())).status).toBe(200)
    expect((await press(next, newId())).status).toBe(200)
  })

  test('cannot be had for a vault that is there', async () => {
    const [before, there] = [await committed(), await committed()]
    expect((await follow(there, before)).body).toEqual({ error: 'conflict', version: 1 })
    const stranger = { ...there, token: newKey() }
    expect((await follow(stranger, before)).text).toBe(UNKNOWN)
  })
})

describe('a vault that has ended', () => {
  test('answers unknown to everything, leaves nothing but that it was, and is not made again with its words', async () => {
    const family = await committed()
    const alert = await pressed(family)
    await clear(family, alert)
    await settle(family)
    const [ana] = family.contacts
    expect(await done('end', owner(family))).toEqual({ ok: true })
    expect(await kvKeys(family)).toEqual([])
    expect(await dump(vaultOf(family))).toEqual({ ended: [] })
    expect(JSON.stringify(await dump(mailroom()))).not.toContain(family.vault)
    const [vault, key, token] = [family.vault, pressKey(family), family.token]
    const asked: [RouteName, object][] = [
      ['open', owner(family)],
      ['end', owner(family)],
      ['delete', owner(family)],
      ['press', { vault, key, alert: newId(), ageMs: 0, practice: false }],
      ['status', { vault, key, alert }],
      ['join', { vault, contact: newId(), token: joinToken(family, ana!) }],
      ['ready', { vault, token, key }],
      ['commit', commitOf(family)],
      ['commit', commitOf(family, 1)],
    ]
    for (const [route, body] of asked)
      expect([route, (await ask(route, body)).text]).toEqual([route, UNKNOWN])
    await evict(vaultOf(family))
    expect((await ask('commit', commitOf(family))).text).toBe(UNKNOWN)
    expect(await dump(vaultOf(family))).toEqual({ ended: [] })
  })

  test('is unknown at once, and erased by itself, when KV is down at that moment', async () => {
    const family = await committed()
    const takeBack = withEnv({ SEALED: { delete: () => Promise.reject(new Error('down')) } })
    await evict(vaultOf(family))
    expect(await done('end', owner(family))).toEqual({ ok: true })
    expect((await ask('commit', commitOf(family))).text).toBe(UNKNOWN)
    expect((await ask('end', owner(family))).text).toBe(UNKNOWN)
    takeBack()
    expect(await kvKeys(family)).toHaveLength(3)
    await evict(vaultOf(family))
    await pass(family, 60_000)
    expect(await kvKeys(family)).toEqual([])
    expect(await dump(vaultOf(family))).toEqual({ ended: [] })
  })

  test('is nobody else’s: without the owner token nothing ends', async () => {
    const family = await committed()
    expect((await ask('end', { ...owner(family), token: newKey() })).text).toBe(UNKNOWN)
    expect((await ask('open', owner(family))).status).toBe(200)
  })
})

describe('a vault does not end', () => {
  test('while an alert is open: the letters that are out stay out', async () => {
    const family = await committed()
    const alert = await pressed(family)
    expect((await ask('end', owner(family))).body).toEqual({ error: 'open-alert' })
    expect(await alerts(family)).toHaveLength(1)
    await clear(family, alert)
    await settle(family)
    expect(await done('end', owner(family))).toEqual({ ok: true })
  })

  test('while a press counts; one that was cancelled or was practice holds nothing up', async () => {
    const family = await committed(60_000)
    await press(family, newId(), { practice: true })
    const alert = newId()
    await press(family, alert)
    expect((await ask('end', owner(family))).body).toEqual({ error: 'open-alert' })
    await cancel(family, alert)
    expect(await done('end', owner(family))).toEqual({ ok: true })
  })

  test('while the all-clear waits for the provider: people would go on worrying', async () => {
    const family = await committed()
    const alert = await pressed(family)
    await settle(family)
    const takeBack = withEnv({
      MAILROOM: { ...bindings.MAILROOM, get: () => Promise.reject(new Error('down')) },
    })
    await evict(vaultOf(family))
    await clear(family, alert)
    expect((await ask('end', owner(family))).body).toEqual({ error: 'try-again' })
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 60_000)
    const [ana] = family.contacts
    expect(await mails(ana!.address, 2)).toHaveLength(2)
    expect(await done('end', owner(family))).toEqual({ ok: true })
  })

  test('when a check-in has run out meanwhile: that presses first', async () => {
    const family = await committed()
    await done('checkInArm', {
      ...{ vault: family.vault, key: pressKey(family), checkIn: newId(), remind: null, said: null },
      ...{ schedule: { kind: 'in', ms: 600_000 }, zone: 'America/Los_Angeles', graceMs: 0 },
    })
    vi.setSystemTime(Date.now() + 600_001)
    expect((await ask('end', owner(family))).body).toEqual({ error: 'open-alert' })
    await settle(family)
    expect(await mailsTo(family.contacts[0]!.address)).toHaveLength(1)
  })
})
