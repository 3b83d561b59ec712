import { reset, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import type { Batch, Outcome } from '../../src/server/channels/channel.ts'
import { emailChannel } from '../../src/server/channels/email.ts'
import { type Fault, ResendRules } from '../support/resend-rules.ts'
import { alerts, ask, clear, committed, done, eventually, pressed, status } from './api.ts'
import { type Family, joinToken, newId } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, withEnv } from './time.ts'

const BASE = 'http://resend.double'
let double: ResendRules
let takeBack: () => void

/** The Worker's way out leads to the double. */
beforeEach(() => {
  double = new ResendRules()
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!request.url.startsWith(BASE)) return outside(request)
    const answer = await double.answer(request)
    if (answer === 'dropped') throw new TypeError('connection lost')
    if (answer === 'hanging')
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    return answer
  })
  const email = {
    RESEND_API_KEY: double.apiKey,
    AMPARO_FROM: 'Amparo <alert@example.org>',
    RESEND_BASE_URL: BASE,
  }
  takeBack = withEnv({ AMPARO_LOCAL: undefined, ...email })
})
afterEach(async () => {
  takeBack()
  startClock()
  vi.restoreAllMocks()
  await reset()
})

describe('the channel', () => {
  const batch = (key = 'key-1', to = ['a@example.org', 'b@example.org']): Batch => ({
    key,
    from: 'Amparo <alert@example.org>',
    mails: to.map((address) => ({ to: address, subject: 's', text: 't', html: '<p>h</p>' })),
  })
  const channel = (apiKey = double.apiKey) =>
    emailChannel({ kind: 'email', apiKey, baseUrl: BASE, from: 'Amparo <alert@example.org>' })

  test('says which message was accepted under which id', async () => {
    const outcomes = await channel().send(batch())
    expect(outcomes).toEqual(double.accepted.map(({ id }) => ({ kind: 'accepted', provider: id })))
    expect(double.accepted.map(({ to, from, key }) => [to, from, key])).toEqual([
      ['a@example.org', 'Amparo <alert@example.org>', 'key-1'],
      ['b@example.org', 'Amparo <alert@example.org>', 'key-1'],
    ])
  })

  test('the same batch under the same key again is accepted once', async () => {
    double.meet('drop-after')
    expect(await channel().send(batch())).toMatchObject([{ kind: 'retry', unsure: true }, { kind: 'retry' }])
    expect(await channel().send(batch())).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted' }])
    expect(double.accepted).toHaveLength(2)
  })

  test('another batch under the same key asks for a new key', async () => {
    await channel().send(batch())
    expect(await channel().send(batch('key-1', ['c@example.org']))).toEqual([{ kind: 'rekey' }])
  })

  test('a bad address is refused alone', async () => {
    const outcomes = await channel().send(batch('k', ['a@example.org', 'nonsense', 'b@example.org']))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'accepted'])
    expect(outcomes[1]).toEqual({ kind: 'refused', reason: 'address', whole: false })
    expect(outcomes[2]).toEqual({ kind: 'accepted', provider: double.accepted[1]!.id })
  })

  const retry = { kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false }
  const quota = { ...retry, afterMs: 900_000, reason: 'quota', pause: true }
  const misconfigured = { ...retry, afterMs: 300_000, reason: 'not-configured', pause: true }
  test.each<[Fault, object]>([
    ['drop-before', { ...retry, unsure: true }],
    ['internal_server_error', { ...retry, unsure: true }],
    ['html-502', { ...retry, unsure: true }],
    ['rate_limit_exceeded', { ...retry, afterMs: 1_000, pause: true }],
    ['daily_quota_exceeded', quota],
    ['monthly_quota_exceeded', quota],
    ['concurrent_idempotent_requests', { ...retry, afterMs: 2_000, unsure: true }],
    ['invalid_api_key', misconfigured],
    ['restricted_api_key', misconfigured],
    ['invalid_from_address', misconfigured],
    ['validation_error', { kind: 'refused', reason: 'provider', whole: true }],
  ])('%s', async (fault, outcome) => {
    double.meet(fault)
    expect(await channel().send(batch('k', ['a@example.org']))).toEqual([outcome])
    expect(double.accepted).toEqual([])
  })

  test.each<[string, unknown]>([
    ['no list', { data: null }],
    ['too few ids', { data: [{ id: 'x' }] }],
    ['too many ids', { data: [{ id: 'x' }, { id: 'y' }, { id: 'z' }] }],
    ['an empty id', { data: [{ id: 'x' }, { id: '' }] }],
    ['an error out of range', { data: [{ id: 'x' }], errors: [{ index: 7, message: '' }] }],
    ['not an object', 7],
  ])('an answer that cannot be read (%s) is not taken for sent', async (_, body) => {
    vi.mocked(globalThis.fetch).mockResolvedValueOnce(new Response(JSON.stringify(body)))
    const outcomes: Outcome[] = await channel().send(batch())
    expect(outcomes).toEqual([
      { ...retry, unsure: true },
      { ...retry, unsure: true },
    ])
  })
})

describe('a press over a provider in trouble', () => {
  const addresses = (family: Family): string[] => family.contacts.map(({ address }) => address).sort()
  const reached = (family: Family): string[] =>
    double.accepted
      .map(({ to }) => to)
      .filter((to) => addresses(family).includes(to))
      .sort()

  test('every contact hears exactly once, whatever the faults, and the keys and bodies stay the same', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    const faults: Fault[] = [
      'drop-after',
      'html-502',
      'rate_limit_exceeded',
      'drop-before',
      'concurrent_idempotent_requests',
    ]
    double.meet(...faults)
    const alert = await pressed(family)
    for (let minute = 0; minute < 8; minute += 1) {
      await pass(family, 60_000)
      if (minute === 2) await evict(mailroom())
    }
    expect(reached(family)).toEqual(addresses(family))
    expect(double.requests).toHaveLength(faults.length + 1)
    expect(new Set(double.requests.map(({ key, body }) => `${key} ${body}`)).size).toBe(1)
    expect((await status(family, alert)).body.counts).toMatchObject({ waiting: 0, sent: 2 })
  })

  test('nothing is called sent before the provider has said so', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.meet('drop-after', 'drop-before')
    const alert = await pressed(family)
    await settle(family)
    expect((await status(family, alert)).body.counts).toMatchObject({ waiting: 2, sent: 0 })
  })

  test('bodies and addresses are erased once the outcome is known; ids after two and seven days', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    await pressed(family)
    await settle(family)
    const { sent, ...others } = await dump(mailroom())
    const kept = JSON.stringify(others)
    for (const { address } of family.contacts) expect(kept).not.toContain(address)
    expect(kept).not.toContain('letter#')
    expect(kept).not.toContain(family.vault)
    // What the provider says of a message later is for this vault.
    expect(sent).toMatchObject([
      { provider: double.accepted[0]!.id, vault: family.vault },
      { vault: family.vault },
    ])
    await pass(family, 48 * 3_600_000)
    expect((await dump(mailroom())).messages).toEqual([])
    expect(JSON.stringify(await dump(mailroom()))).toContain(double.accepted[0]!.id)
    await pass(family, 5 * 86_400_000)
    expect((await dump(mailroom())).sent).toEqual([])
  })

  test('a quota: it waits and says why, and an all-clear waits behind the alert', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.meet('daily_quota_exceeded')
    const alert = await pressed(family)
    await settle(family)
    expect((await alerts(family))[0]!.contacts).toMatchObject([
      { state: 'waiting', reason: 'quota' },
      { state: 'waiting', reason: 'quota' },
    ])
    await clear(family, alert)
    await settle(family)
    expect(double.requests).toHaveLength(1)
    await pass(family, 20 * 60_000)
    expect(double.requests).toHaveLength(3)
    expect(double.accepted).toHaveLength(4)
    expect(double.accepted.slice(0, 2).every(({ text }) => text.includes('/letter#'))).toBe(true)
    expect(double.accepted.slice(2).some(({ text }) => text.includes('/letter#'))).toBe(false)
  })

  test('a wrong key of the host loses nothing: it goes out under the right settings', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    const wrong = withEnv({ RESEND_API_KEY: 're_wrong' })
    const alert = await pressed(family)
    await settle(family)
    expect((await status(family, alert)).body.counts).toMatchObject({ waiting: 2 })
    expect((await alerts(family))[0]!.contacts).toContainEqual(
      expect.objectContaining({ reason: 'not-configured' }),
    )
    wrong()
    await evict(mailroom())
    await pass(family, 10 * 60_000)
    expect(reached(family)).toEqual(addresses(family))
  })

  test('a batch refused as a whole is halved, and what is refused is said to be', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.meet('validation_error', 'validation_error')
    const alert = await pressed(family)
    await settle(family)
    expect(double.accepted).toHaveLength(1)
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 1, refused: 1, waiting: 0 })
  })

  test('no settings at all: it waits two days, then it is refused as expired', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    const none = withEnv({ RESEND_API_KEY: undefined, AMPARO_FROM: undefined })
    await pressed(family)
    await settle(family)
    expect((await alerts(family))[0]!.contacts).toContainEqual(
      expect.objectContaining({ state: 'waiting', reason: 'not-configured' }),
    )
    await pass(family, 48 * 3_600_000)
    expect((await alerts(family))[0]!.contacts).toContainEqual(
      expect.objectContaining({ state: 'refused', reason: 'expired' }),
    )
    none()
  })
})

describe('many families at once', () => {
  test('wait in one queue and go out in one request, once the provider takes messages again', async () => {
    const families = [await committed(), await committed(), await committed()]
    stopClock()
    await evict(mailroom())
    double.meet('rate_limit_exceeded')
    for (const family of families) {
      await pressed(family)
      await settle(family)
    }
    expect(double.requests).toHaveLength(1)
    await pass(families[0]!, 60_000)
    for (const family of families) await settle(family)
    expect(double.accepted).toHaveLength(6)
    // The first one’s batch was fixed before the others came; these share one.
    expect(double.requests.slice(1).map(({ body }) => JSON.parse(body).length)).toEqual([2, 4])
    for (const family of families) {
      expect(
        double.accepted.filter(({ to }) => family.contacts.some(({ address }) => address === to)),
      ).toHaveLength(2)
      expect((await alerts(family))[0]!.contacts).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
    }
  })

  test('one deletes its vault: its messages are gone, the others’ in the same request go out', async () => {
    const [one, two] = [await committed(), await committed()]
    stopClock()
    await evict(mailroom())
    double.meet('daily_quota_exceeded')
    for (const family of [one, two]) {
      await pressed(family)
      await settle(family)
    }
    await done('delete', { vault: one.vault, token: one.token })
    expect(JSON.stringify(await dump(mailroom()))).not.toContain(one.vault)
    await pass(two, 20 * 60_000)
    expect(double.accepted.map(({ to }) => to).sort()).toEqual(
      two.contacts.map(({ address }) => address).sort(),
    )
  })

  test('alarms that come twice and much too late change nothing', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.meet('drop-after')
    await pressed(family)
    await settle(family)
    await pass(family, 1_500_000)
    await settle(family)
    await settle(family)
    expect(double.accepted).toHaveLength(2)
    expect(double.requests).toHaveLength(2)
  })
})

describe('the quota', () => {
  test('used up opens the circuit, which others can see, until a request goes through', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    expect(await mailroom().circuit()).toBeNull()
    double.meet('daily_quota_exceeded', 'daily_quota_exceeded')
    await pressed(family)
    await settle(family)
    expect(await mailroom().circuit()).toEqual({ reason: 'quota', until: Date.now() + 900_000 })
    await pass(family, 60_000)
    expect(double.requests).toHaveLength(1)
    await pass(family, 14 * 60_000)
    expect(double.requests).toHaveLength(2)
    await evict(mailroom())
    expect(await mailroom().circuit()).toMatchObject({ reason: 'quota' })
    const late = await committed()
    await pressed(late)
    await settle(late)
    expect((await alerts(late))[0]!.contacts).toMatchObject([{ reason: 'quota' }, { reason: 'quota' }])
    await pass(family, 15 * 60_000)
    expect(await mailroom().circuit()).toBeNull()
    // By then the first family's alert goes out again as well.
    expect(new Set(double.accepted.map(({ to }) => to)).size).toBe(4)
  })

  const askForCode = (family: Family) => {
    const contact = family.contacts[0]!
    return ask('code', {
      ...{ vault: family.vault, contact: toText(contact.id), token: joinToken(family, contact) },
      ...{
        stop: toText(contact.stop),
        address: `code.${newId().replace(/[-_]/g, 'x')}@example.org`,
        language: 'en',
      },
    })
  }
  const codes = () => double.accepted.filter(({ to }) => to.startsWith('code.')).length

  test('codes stop at sixty percent of what the host has set, and say so; alerts go on', async () => {
    const family = await committed()
    stopClock()
    const back = withEnv({ AMPARO_MAILS_A_DAY: '5' })
    await evict(mailroom())
    for (let code = 0; code < 3; code += 1) {
      expect((await askForCode(family)).status).toBe(200)
      await settle(family)
    }
    const refused = await askForCode(family)
    expect(refused.body).toMatchObject({ error: 'slow-down' })
    expect(refused.body.waitMs).toBeLessThanOrEqual(86_400_000)
    await pressed(family)
    await settle(family)
    expect(codes()).toBe(3)
    expect(double.accepted).toHaveLength(5)
    await pass(family, refused.body.waitMs as number)
    expect((await askForCode(family)).status).toBe(200)
    await settle(family)
    expect(codes()).toBe(4)
    back()
  })

  test('is what the provider counts for the whole account, where it does', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.limits.free = true
    const others = Array.from({ length: 60 }, (_, at) => ({ to: `x${at}@example.org` }))
    double.accepted.push(
      ...others.map((mail) => ({ ...mail, at: Date.now() }) as (typeof double.accepted)[0]),
    )
    expect((await askForCode(family)).status).toBe(200)
    await settle(family)
    expect((await askForCode(family)).body).toMatchObject({ error: 'slow-down' })
  })
})

describe('the provider’s rate', () => {
  test('is kept without being told so by a refusal', async () => {
    const family = await committed()
    double.limits.perSecond = 5
    startClock()
    await evict(mailroom())
    const postings = Array.from({ length: 1_200 }, (_, at) => ({
      ...{ delivery: newId(), vault: family.vault, contact: newId(), stop: newId(), group: 'g.alert.1' },
      ...{ priority: 'alert' as const, address: `x${at}@example.org`, subject: 's', text: 't', html: 'h' },
      reminder: false,
    }))
    for (let at = 0; at < postings.length; at += 100) await mailroom().enqueue(postings.slice(at, at + 100))
    await eventually(async () => double.accepted.length === postings.length, 20_000)
    const refused = double.requests.length - new Set(double.requests.map(({ key }) => key)).size
    expect(refused).toBe(0)
    expect(new Set(double.accepted.map(({ to }) => to)).size).toBe(postings.length)
  })
})

test('while as many requests are out as may be, the alarm does not ring in a circle, and the next message goes out after them', async () => {
  const family = await committed()
  stopClock()
  await evict(mailroom())
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const inside = vi.mocked(globalThis.fetch).getMockImplementation()!
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    await opened
    return inside(input, init)
  })
  const post = (address: string) =>
    mailroom().enqueue([
      {
        ...{ delivery: newId(), vault: family.vault, contact: newId(), stop: newId(), group: 'g.alert.1' },
        ...{ priority: 'alert', reminder: false, address, subject: 's', text: 't', html: 'h' },
      },
    ])
  for (let request = 0; request < 5; request += 1) await post(`slow${request}@example.org`)
  vi.setSystemTime(Date.now() + 3_000)
  await post('next@example.org')
  await new Promise((resolve) => setTimeout(resolve, 200))
  const alarm = await runInDurableObject(mailroom() as never, (_: unknown, { storage }: DurableObjectState) =>
    storage.getAlarm(),
  )
  expect(alarm).toBeGreaterThan(Date.now())
  open()
  await eventually(async () => double.accepted.length === 6, 10_000)
  expect(double.accepted.at(-1)!.to).toBe('next@example.org')
})
