import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import type { PushTarget, RosterChannel } from '../../src/protocol/channel.ts'
import { HostAnswer } from '../../src/protocol/host.ts'
import type { Roster } from '../../src/protocol/roster.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { verdictOf } from '../../src/server/vault/pushing.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { alerts, clear, done, mails, mailsTo, pressed, send, status } from './api.ts'
import { accept, leave } from './contact.ts'
import { commitOf, type Family, newFamily } from './family.ts'
import { logged } from './logged.ts'
import { accepts, drill, practiceCommit, practiceOf, ready } from './practice.ts'
import { dump, pass, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const keys = await newVapidKeys()
let double: PushRules
let takeBack: () => void

/** Not by the clock, which stands still in some of these tests. */
const TRIES = 250
const eventually = async <T>(probe: () => Promise<T | null | false>): Promise<T> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await probe()
    if (found !== null && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it never happened')
}

/** The Worker's way to the push services leads to the double. */
beforeEach(() => {
  double = new PushRules()
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!/fcm\.googleapis|apple|mozilla/.test(new URL(request.url).hostname)) return outside(request)
    const answer = await double.answer(request.url, request)
    if (answer === null) throw new TypeError('connection lost')
    return answer
  })
  takeBack = withEnv({ VAPID_PUBLIC_KEY: keys.publicKey, VAPID_PRIVATE_KEY: keys.privateKey })
})
afterEach(async () => {
  takeBack()
  startClock()
  vi.restoreAllMocks()
  await reset()
})

const pushOf = (target: PushTarget): RosterChannel => ({ kind: 'push', ...target })

/** @param channels of ana, made from her mail's channel */
const family = async (channels: (own: RosterChannel[]) => RosterChannel[]): Promise<Family> => {
  const made = newFamily()
  const changed = (roster: Roster): Roster => ({
    ...roster,
    contacts: roster.contacts.map((contact, at) =>
      at === 0 ? { ...contact, channels: channels(contact.channels) } : contact,
    ),
  })
  await done('commit', commitOf(made, 0, {}, changed))
  return made
}

/** How ana stands in the newest alert. */
type Progress = {
  contact: string
  state: string
  reason: string | null
  channels: { reason: string | null }[]
}
const anas = async (of: Family): Promise<Progress> => {
  const [alert] = (await alerts(of)) as unknown as { contacts: Progress[] }[]
  const id = toText(of.contacts[0]!.id)
  return alert!.contacts.find(({ contact }) => contact === id)!
}

const becomes = async (of: Family, state: string, reason: string | null = null): Promise<void> => {
  await eventually(async () => {
    const ana = await anas(of)
    return ana.state === state && ana.reason === reason
  })
}

describe('a push', () => {
  test('goes out beside the mail, encrypted for that browser, urgent, in its language and without a name', async () => {
    const browser = await double.subscribe(keys.publicKey)
    const made = await family((own) => [...own, pushOf(browser)])
    await pressed(made)
    const [pushed] = await eventually(async () => double.to(browser).length === 1 && double.to(browser))
    expect(pushed!.payload).toEqual({ v: 1, kind: 'alert', language: 'es', mark: expect.any(String) })
    expect(pushed!.headers).toMatchObject({ urgency: 'high', ttl: '86400' })
    expect(pushed!.body).toHaveLength(4_096)
    await mails(made.contacts[0]!.address, 1)
    await becomes(made, 'sent')
    expect((await anas(made)).channels).toEqual([
      { kind: 'email', state: 'sent', reason: null },
      { kind: 'push', state: 'sent', reason: null },
    ])
  })

  test('is all there is for a contact without an address, who is then said to be sent to', async () => {
    const browser = await double.subscribe(keys.publicKey, 'https://web.push.apple.com')
    const made = await family(() => [pushOf(browser)])
    await pressed(made)
    await becomes(made, 'sent')
    expect(double.to(browser)).toHaveLength(1)
    expect(await mailsTo(made.contacts[0]!.address)).toEqual([])
  })

  test('tells of the next wave and of the all-clear, under the mark of the same alert', async () => {
    stopClock()
    const browser = await double.subscribe(keys.publicKey)
    const made = await family(() => [pushOf(browser)])
    const alert = await pressed(made)
    await eventually(async () => double.pushed.length === 1)
    await pressed(made)
    await pass(made, 10 * 60_000)
    await eventually(async () => double.pushed.length === 2)
    await clear(made, alert)
    await pass(made, 0)
    await eventually(async () => double.pushed.length === 3)
    const payloads = double.pushed.map(({ payload }) => payload as { kind: string; mark: string })
    expect(payloads.map(({ kind }) => kind)).toEqual(['alert', 'again', 'clear'])
    expect(new Set(payloads.map(({ mark }) => mark)).size).toBe(1)
    expect(new Set(double.pushed.map(({ headers }) => headers.topic)).size).toBe(3)
    const said = JSON.stringify(double.pushed)
    expect(said).not.toContain(alert)
  })

  test.each([404, 410] as const)('that meets %i is said to be gone, and is not tried again', async (gone) => {
    stopClock()
    const browser = await double.subscribe(keys.publicKey)
    double.meet(browser, gone)
    const made = await family(() => [pushOf(browser)])
    await pressed(made)
    await becomes(made, 'refused', 'gone')
    await pressed(made)
    await pass(made, 10 * 60_000)
    await becomes(made, 'refused', 'gone')
    expect(double.requests).toHaveLength(1)
    // Whoever answers is there again.
    expect((await accept(made, made.contacts[0]!, 0)).status).toBe(200)
    await pressed(made)
    await pass(made, 10 * 60_000)
    await becomes(made, 'sent')
  })

  test('that is gone hides no mail that went out', async () => {
    const browser = await double.subscribe(keys.publicKey)
    double.forget(browser)
    const made = await family((own) => [pushOf(browser), ...own])
    await pressed(made)
    await eventually(async () => (await anas(made)).channels[0]?.reason === 'gone')
    await becomes(made, 'sent')
    expect((await anas(made)).channels).toEqual([
      { kind: 'push', state: 'refused', reason: 'gone' },
      { kind: 'email', state: 'sent', reason: null },
    ])
  })

  test.each([
    'drop-before',
    'drop-after',
    429,
    500,
  ] as const)('that meets %s goes out after a while', async (fault) => {
    stopClock()
    const browser = await double.subscribe(keys.publicKey)
    double.meet(browser, fault)
    const made = await family((own) => [...own, pushOf(browser)])
    const alert = await pressed(made)
    await mails(made.contacts[0]!.address, 1)
    await eventually(async () => double.requests.length === 1)
    await eventually(async () => logged.some((line) => line.includes('push-retry')))
    logged.length = 0
    await pass(made, 8_000)
    const arrived = fault === 'drop-after' ? 2 : 1
    await eventually(async () => double.to(browser).length === arrived)
    // The second one takes the place of the first.
    expect(new Set(double.pushed.map(({ headers }) => headers.topic)).size).toBe(1)
    expect((await status(made, alert)).body.counts).toMatchObject({ sent: 2 })
  })

  test('waits for a host whose keys do not fit, says why, and is given up after a day', async () => {
    stopClock()
    const browser = await double.subscribe((await newVapidKeys()).publicKey)
    const made = await family(() => [pushOf(browser)])
    await pressed(made)
    await becomes(made, 'waiting', 'not-configured')
    // A day from the last repeat, which is after twelve hours.
    for (let hour = 0; hour < 37; hour += 1) await pass(made, 3_600_000)
    await becomes(made, 'refused', 'expired')
    expect((await dump(vaultOf(made))).pushes).toEqual([])
    // Nothing keeps the roster's key any longer.
    expect((await dump(vaultOf(made))).holds).toEqual([])
  })

  test('to a point that is on no curve is refused, and kills nothing', async () => {
    const browser = await double.subscribe(keys.publicKey)
    const broken = { ...browser, p256dh: `BA${'A'.repeat(85)}` }
    const made = await family((own) => [pushOf(broken), ...own])
    await pressed(made)
    await becomes(made, 'sent')
    expect((await anas(made)).channels[0]).toEqual({ kind: 'push', state: 'refused', reason: 'provider' })
  })

  test('that waits is not sent once its contact has left', async () => {
    stopClock()
    const browser = await double.subscribe(keys.publicKey)
    double.meet(browser, 500)
    const made = await family(() => [pushOf(browser)])
    await pressed(made)
    await eventually(async () => double.requests.length === 1)
    await eventually(async () => logged.some((line) => line.includes('push-retry')))
    logged.length = 0
    await leave(made, made.contacts[0]!)
    await pass(made, 60_000)
    await becomes(made, 'refused', 'stopped')
    expect(double.requests).toHaveLength(1)
  })

  test('of a host without keys waits, and the mail does not', async () => {
    takeBack()
    takeBack = withEnv({ VAPID_PUBLIC_KEY: undefined, VAPID_PRIVATE_KEY: undefined })
    const browser = await double.subscribe(keys.publicKey)
    const made = await family((own) => [pushOf(browser), ...own])
    await pressed(made)
    await becomes(made, 'sent')
    expect((await anas(made)).channels[0]).toEqual({
      ...{ kind: 'push', state: 'waiting', reason: 'not-configured' },
    })
    expect(double.requests).toEqual([])
  })

  test('leaves nothing in the log but that it happened', async () => {
    const browser = await double.subscribe(keys.publicKey)
    const made = await family(() => [pushOf(browser)])
    await pressed(made)
    await becomes(made, 'sent')
    const said = logged.join('\n')
    expect(said).toContain('push-accepted')
    for (const secret of [browser.endpoint, browser.auth, browser.p256dh, keys.privateKey, 'fcm'])
      expect(said).not.toContain(secret)
  })
})

describe('a push of practice', () => {
  test('whose answer was lost is not sent again, and is said to be given up', async () => {
    const browser = await double.subscribe(keys.publicKey)
    const made = await family((own) => own)
    const ana = made.contacts[0]!
    await accepts(made, ana)
    const practice = practiceCommit(made, practiceOf(made), 1, () => [pushOf(browser)])
    await done('commit', practice)
    stopClock()
    double.meet(browser, 'drop-after')
    expect((await drill(made)).status).toBe(200)
    await eventually(async () => {
      await pass(made, 0)
      return (await ready(made)).drills[0]?.contacts.some(({ reason }) => reason === 'expired')
    })
    for (let tries = 0; tries < 5; tries += 1) await pass(made, 300_000)
    expect(double.requests).toHaveLength(1)
  })

  test('that surely did not arrive is', async () => {
    const browser = await double.subscribe(keys.publicKey)
    const made = await family((own) => own)
    await accepts(made, made.contacts[0]!)
    await done(
      'commit',
      practiceCommit(made, practiceOf(made), 1, () => [pushOf(browser)]),
    )
    stopClock()
    double.meet(browser, 429)
    await drill(made)
    await eventually(async () => double.requests.length === 1)
    await eventually(async () => logged.some((line) => line.includes('push-retry')))
    await eventually(async () => {
      await pass(made, 8_000)
      return double.to(browser).length === 1
    })
  })

  test('that was begun by an object which then ended is given up; a real one goes out again', () => {
    const before = { outcome: null, attempts: 1, createdAt: 0, isConfigured: true, isWritten: true }
    expect(verdictOf({ ...before, isDrill: true, lost: true }, 1)).toEqual({
      state: 'refused',
      reason: 'expired',
    })
    const accepted = { kind: 'accepted', provider: '' } as const
    expect(verdictOf({ ...before, outcome: accepted, isDrill: false, lost: true }, 1)).toMatchObject({
      state: 'sent',
    })
  })
})

describe('a host', () => {
  const answer = async () => HostAnswer.parse(await (await send(ROUTES.host)).json())

  test('that has a pair of keys offers pushes, and gives out the public one', async () => {
    expect(await answer()).toMatchObject({ ready: true, push: keys.publicKey, channels: ['outbox', 'push'] })
  })

  test.each([
    [{ VAPID_PRIVATE_KEY: undefined }, 'VAPID_PRIVATE_KEY'],
    [{ VAPID_PUBLIC_KEY: undefined }, 'VAPID_PUBLIC_KEY'],
    [{ VAPID_PUBLIC_KEY: 'A'.repeat(87) }, 'VAPID_PUBLIC_KEY'],
    [{ VAPID_PRIVATE_KEY: 'short' }, 'VAPID_PRIVATE_KEY'],
  ])('with half of one, %o, says what is missing and offers none', async (changes, missing) => {
    const back = withEnv(changes)
    expect(await answer()).toMatchObject({
      ready: false,
      push: null,
      channels: ['outbox'],
      missing: [missing],
    })
    back()
  })
})
