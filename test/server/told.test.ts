import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PushTarget } from '../../src/protocol/channel.ts'
import { TOLD_PHONES_MAX } from '../../src/protocol/limits.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { alerts, ask, cancel, committed, done, mailsTo, press } from './api.ts'
import { commitOf, type Family, newId, newKey } from './family.ts'
import { dump, evict, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

/** The owner is told that a press waits (`protocol.md §7.10.4`). */
const MINUTE_MS = 60_000
const CARD_MS = 10 * MINUTE_MS

const tell = ({ vault, token }: Family, push: PushTarget, language = 'es') =>
  done('told', { vault, token, set: { kind: 'on', push, language } })
const ofVault = ({ vault, token }: Family, set: object | null) => done('told', { vault, token, set })
const stored = async (family: Family) => JSON.stringify(await dump(vaultOf(family)))

let double: PushRules
let hostKey: string
let takeBack: () => void
beforeEach(async () => {
  stopClock()
  double = new PushRules()
  const keys = await newVapidKeys()
  hostKey = keys.publicKey
  takeBack = withEnv({ VAPID_PUBLIC_KEY: hostKey, VAPID_PRIVATE_KEY: keys.privateKey })
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!/fcm\.googleapis/.test(new URL(request.url).hostname)) return outside(request)
    const answer = await double.answer(request.url, request)
    if (answer === null) throw new TypeError('connection lost')
    return answer
  })
})
afterEach(() => {
  takeBack()
  vi.restoreAllMocks()
  startClock()
})

const withPhone = async (delayMs = CARD_MS) => {
  const family = await committed(delayMs)
  const browser = await double.subscribe(hostKey)
  await tell(family, browser)
  return { family, browser }
}
const arrived = (browser: PushTarget, count: number) =>
  vi.waitFor(() => expect(double.to(browser)).toHaveLength(count))
const nothingLeft = (family: Family) =>
  vi.waitFor(async () => expect((await dump(vaultOf(family))).tellings).toEqual([]))

describe('a press with a delay', () => {
  test('is pushed to the owner, who stops it in time: nobody is alerted', async () => {
    const { family, browser } = await withPhone()
    const alert = newId()
    await press(family, alert)
    await settle(family)
    await arrived(browser, 1)
    const [push] = double.to(browser)
    expect(Object.keys(push?.payload as object).sort()).toEqual(['kind', 'language', 'mark', 'v'])
    expect(push?.payload).toMatchObject({ kind: 'waiting', language: 'es' })
    expect(JSON.stringify(push?.payload)).not.toContain(alert)
    expect(Number(push?.headers.ttl)).toBeLessThanOrEqual(CARD_MS / 1_000)
    await cancel(family, alert)
    await pass(family, CARD_MS)
    expect(await alerts(family)).toEqual([])
    for (const { address } of family.contacts) expect(await mailsTo(address)).toEqual([])
  })

  test('goes out as it would have, whatever becomes of the push', async () => {
    const { family, browser } = await withPhone()
    double.meet(browser, ...Array(20).fill('drop-before'))
    await press(family, newId())
    await pass(family, CARD_MS)
    expect(await alerts(family)).toHaveLength(1)
    await pass(family, MINUTE_MS)
    await nothingLeft(family)
    expect(double.to(browser)).toEqual([])
  })

  test('is told again until it was taken, once for each press, also by an object that starts again', async () => {
    const { family, browser } = await withPhone()
    double.meet(browser, 500)
    const alert = newId()
    await press(family, alert)
    await settle(family)
    await vi.waitFor(() => expect(double.requests).toHaveLength(1))
    await evict(vaultOf(family))
    await press(family, alert)
    await pass(family, MINUTE_MS)
    await arrived(browser, 1)
    await press(family, alert)
    await pass(family, MINUTE_MS)
    await nothingLeft(family)
    expect(double.to(browser)).toHaveLength(1)
  })

  test('that was stopped before it could be told is not told any more', async () => {
    const { family, browser } = await withPhone()
    double.meet(browser, 500)
    const alert = newId()
    await press(family, alert)
    await settle(family)
    await vi.waitFor(() => expect(double.requests).toHaveLength(1))
    await cancel(family, alert)
    await pass(family, MINUTE_MS)
    await nothingLeft(family)
    expect(double.to(browser)).toEqual([])
  })
})

describe('nobody is told', () => {
  test.each([
    ['of a press that goes out at once', 0, false],
    ['of a press of the owner’s own phone', 5_000, false],
    ['of practice', CARD_MS, true],
  ] as const)('%s', async (_, delayMs, practice) => {
    const { family, browser } = await withPhone(delayMs)
    await press(family, newId(), { practice })
    await settle(family)
    await pass(family, MINUTE_MS)
    expect((await dump(vaultOf(family))).tellings).toEqual([])
    expect(double.to(browser)).toEqual([])
  })

  test('where she has not asked for it', async () => {
    const family = await committed(CARD_MS)
    await press(family, newId())
    await settle(family)
    expect(double.requests).toEqual([])
  })
})

describe('where the owner is told', () => {
  test('is set, listed and taken back by her alone, and erased with that', async () => {
    const { family, browser } = await withPhone()
    const other = await double.subscribe(hostKey)
    expect(await tell(family, other, 'en')).toEqual({
      ok: true,
      endpoints: [browser.endpoint, other.endpoint],
    })
    const wrong = { vault: family.vault, token: newKey(), set: { kind: 'none' } }
    expect((await ask('told', wrong)).text).toBe('{"error":"unknown"}')
    await ofVault(family, { kind: 'off', endpoint: other.endpoint })
    expect(await ofVault(family, null)).toEqual({ ok: true, endpoints: [browser.endpoint] })
    expect(await stored(family)).toContain(browser.endpoint)
    expect(await stored(family)).not.toContain(other.endpoint)
    await ofVault(family, { kind: 'none' })
    expect(await stored(family)).not.toContain(browser.endpoint)
  })

  test('outlives a commit, and goes with the vault', async () => {
    const { family, browser } = await withPhone()
    await done('commit', commitOf(family, 1))
    expect(await stored(family)).toContain(browser.endpoint)
    await done('delete', { vault: family.vault, token: family.token })
    expect(await stored(family)).not.toContain(browser.endpoint)
  })

  test('is forgotten of a browser that is not there any more', async () => {
    const { family, browser } = await withPhone()
    double.forget(browser)
    await press(family, newId())
    await settle(family)
    await vi.waitFor(async () => expect(await stored(family)).not.toContain(browser.endpoint))
  })

  test('is eight browsers at most, and the same one counts once', async () => {
    const family = await committed(CARD_MS)
    const targets = await Promise.all(
      Array.from({ length: TOLD_PHONES_MAX + 1 }, () => double.subscribe(hostKey)),
    )
    for (const target of targets.slice(0, TOLD_PHONES_MAX)) await tell(family, target)
    await tell(family, targets[0]!)
    const set = { kind: 'on', push: targets.at(-1), language: 'es' }
    const { vault, token } = family
    expect((await ask('told', { vault, token, set })).body).toEqual({ error: 'full' })
  })
})
