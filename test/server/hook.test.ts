import { reset } from 'cloudflare:test'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64 } from '@scure/base'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { HOOKS, ROUTES } from '../../src/protocol/routes.ts'
import { supersedes, type Word } from '../../src/server/delivery-order.ts'
import { hookKeyOf, isSigned } from '../../src/server/hooks/svix.ts'
import { ResendRules } from '../support/resend-rules.ts'
import { alerts, committed, ORIGIN, pressed, send, status } from './api.ts'
import type { Family } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, withEnv } from './time.ts'

const SECRET = `whsec_${btoa('a secret of thirty-two bytes, no')}`
const BASE = 'http://resend.double'
let double: ResendRules
let takeBack: () => void

beforeEach(() => {
  double = new ResendRules()
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!request.url.startsWith(BASE)) return outside(request)
    const answer = await double.answer(request)
    if (answer instanceof Response) return answer
    throw new TypeError('connection lost')
  })
  takeBack = withEnv({
    ...{ AMPARO_LOCAL: undefined, RESEND_API_KEY: double.apiKey, RESEND_BASE_URL: BASE },
    ...{ AMPARO_FROM: 'Amparo <alert@example.org>', RESEND_WEBHOOK_SECRET: SECRET },
  })
})
afterEach(async () => {
  takeBack()
  startClock()
  vi.restoreAllMocks()
  await reset()
})

/** Signed by another implementation than the one that checks. */
const signed = (
  body: string,
  changes: Record<string, string> = {},
  secret = SECRET,
): Record<string, string> => {
  const head = {
    'svix-id': 'msg_1',
    'svix-timestamp': String(Math.floor(Date.now() / 1_000)),
    ...changes,
  }
  const key = base64.decode(secret.slice('whsec_'.length))
  const bytes = hmac(sha256, key, utf8ToBytes(`${head['svix-id']}.${head['svix-timestamp']}.${body}`))
  return { 'svix-signature': `v1,${base64.encode(bytes)}`, ...head, ...changes }
}
const post = async (body: string, headers: Record<string, string>) => {
  const response = await send(HOOKS.email, { method: 'POST', body, headers })
  return { status: response.status, text: await response.text() }
}
const eventOf = (type: string, email_id: string): string =>
  JSON.stringify({
    ...{ type, created_at: '2026-11-22T23:41:12.126Z' },
    data: {
      email_id,
      created_at: '2026-11-22T23:41:11.894Z',
      from: 'Amparo',
      to: ['a@example.org'],
      subject: 's',
    },
  })
const say = async (type: string, provider: string): Promise<void> => {
  const body = eventOf(type, provider)
  expect(await post(body, signed(body))).toEqual({ status: 200, text: '{"ok":true}' })
}
const DELIVERED = eventOf('email.delivered', 'some-id')

describe('who may tell how messages fare', () => {
  test('is who signs with the secret, within five minutes; everybody else gets one and the same answer', async () => {
    const seconds = Math.floor(Date.now() / 1_000)
    const good = signed(DELIVERED)
    expect((await post(DELIVERED, good)).status).toBe(200)
    const two = { ...good, 'svix-signature': `v1,${btoa('not it')} v2,x ${good['svix-signature']}` }
    expect((await post(DELIVERED, two)).status).toBe(200)
    const refused = [
      {},
      signed(DELIVERED, {}, `whsec_${btoa('another secret of so many bytes.')}`),
      signed(DELIVERED, { 'svix-timestamp': String(seconds - 301) }),
      signed(DELIVERED, { 'svix-timestamp': String(seconds + 302) }),
      signed(DELIVERED, { 'svix-timestamp': 'now' }),
      signed(`${DELIVERED} `),
      { ...good, 'svix-id': 'msg_2' },
      { ...good, 'svix-signature': 'v1,' },
      { ...good, 'svix-signature': 'v1,***' },
      { ...good, 'svix-signature': good['svix-signature']!.replace('v1', 'v1a') },
    ]
    const answers = await Promise.all(refused.map((headers) => post(DELIVERED, headers)))
    expect(new Set(answers.map(({ status: code, text }) => `${code} ${text}`))).toEqual(
      new Set(['404 {"error":"unknown"}']),
    )
    const back = withEnv({ RESEND_WEBHOOK_SECRET: undefined })
    expect(await post(DELIVERED, good)).toEqual(answers[0])
    back()
  })

  test('the signature of the provider’s documentation is right', async () => {
    const key = hookKeyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!
    const headers = new Headers({
      'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'svix-timestamp': '1614265330',
      'svix-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
    const body = new TextEncoder().encode('{"test": 2432232314}')
    expect(await isSigned(key, headers, body, 1_614_265_330_000)).toBe(true)
    expect(await isSigned(key, headers, body, 1_614_265_330_000 + 300_001)).toBe(false)
    expect(hookKeyOf('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBeNull()
    expect(hookKeyOf('whsec_x')).toBeNull()
  })

  test('cannot send what is too long, and is not asked again about what says nothing of a message', async () => {
    const long = 'x'.repeat(70_000)
    expect((await post(long, signed(long))).status).toBe(413)
    for (const body of ['', 'no json', '{}', eventOf('email.opened', 'id'), eventOf('constructor', 'id')]) {
      if (body !== '') expect((await post(body, signed(body))).status).toBe(200)
    }
    expect((await dump(mailroom())).early).toEqual([])
    expect((await send(HOOKS.email)).status).toBe(405)
  })

  test('half a secret counts as missing', async () => {
    const back = withEnv({ RESEND_WEBHOOK_SECRET: 'nonsense' })
    const host = (await (await send(ROUTES.host)).json()) as { missing: string[] }
    expect(host.missing).toEqual(['RESEND_WEBHOOK_SECRET'])
    expect(ORIGIN).toContain('https')
    back()
  })
})

const standing = async (family: Family): Promise<string[]> => {
  const [newest] = await alerts(family)
  const contacts = newest!.contacts as { contact: string; state: string; reason: string | null }[]
  return contacts.map(({ state, reason }) => `${state} ${reason}`)
}
const sentTo = async (): Promise<{ family: Family; alert: string; ids: [string, string] }> => {
  const family = await committed()
  stopClock()
  await evict(mailroom())
  const alert = await pressed(family)
  await settle(family)
  // In the order in which the owner sees the contacts.
  const [newest] = await alerts(family)
  const order = (newest!.contacts as { contact: string }[]).map(({ contact }) =>
    family.contacts.find(({ id }) => toText(id) === contact),
  )
  const ids = order.map((contact) => double.accepted.find(({ to }) => to === contact!.address)!.id)
  return { family, alert, ids: [ids[0]!, ids[1]!] }
}

describe('what the provider says later', () => {
  test.each([
    ['email.delivered', 'delivered null'],
    ['email.delivery_delayed', 'sent delayed'],
    ['email.bounced', 'refused bounced'],
    ['email.failed', 'refused provider'],
    ['email.suppressed', 'refused suppressed'],
    ['email.complained', 'delivered complained'],
    ['email.sent', 'sent null'],
  ])('%s: the owner sees %s of that contact, and nothing of the other changes', async (type, words) => {
    const { family, ids } = await sentTo()
    await say(type, ids[0])
    await settle(family)
    expect(await standing(family)).toEqual([words, 'sent null'])
  })

  test('once or often, in any order: what came back stays so, and arrived never becomes sent again', async () => {
    const { family, alert, ids } = await sentTo()
    for (const type of ['email.delivered', 'email.delivered', 'email.delivery_delayed'])
      await say(type, ids[0])
    for (const type of ['email.bounced', 'email.delivered']) await say(type, ids[1])
    await settle(family)
    expect(await standing(family)).toEqual(['delivered null', 'refused bounced'])
    expect((await status(family, alert)).body.counts).toMatchObject({ delivered: 1, refused: 1, sent: 0 })
    await say('email.complained', ids[0])
    await settle(family)
    await say('email.delivered', ids[0])
    await say('email.delivery_delayed', ids[1])
    await settle(family)
    expect(await standing(family)).toEqual(['delivered complained', 'refused bounced'])
  })

  test('before its own answer has arrived is kept for it', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    double.meet('drop-after')
    await pressed(family)
    await settle(family)
    const [one] = double.accepted
    await say('email.delivered', one!.id)
    await say('email.delivery_delayed', one!.id)
    await pass(family, 60_000)
    await settle(family)
    expect((await standing(family)).sort()).toEqual(['delivered null', 'sent null'])
    expect((await dump(mailroom())).early).toEqual([])
  })

  test('of messages that are none of ours is forgotten after a day, of a deleted vault at once', async () => {
    const { family, ids } = await sentTo()
    await say('email.bounced', 'somebody-else')
    expect((await dump(mailroom())).early).toHaveLength(1)
    await pass(family, 86_400_000)
    expect((await dump(mailroom())).early).toEqual([])
    await mailroom().drop(family.vault)
    await say('email.bounced', ids[0])
    expect(await dump(mailroom())).toMatchObject({ early: [], reports: [] })
  })

  test('two words on one message: the later one in its life holds, whichever comes first', () => {
    const life: Word[] = [
      { state: 'waiting', reason: 'quota' },
      { state: 'refused', reason: 'expired' },
      { state: 'sent', reason: null },
      { state: 'sent', reason: 'delayed' },
      { state: 'delivered', reason: null },
      { state: 'delivered', reason: 'complained' },
      { state: 'refused', reason: 'bounced' },
    ]
    for (const [at, known] of life.entries())
      for (const [next, word] of life.entries())
        expect(supersedes(word, known), `${at} ${next}`).toBe(next >= at)
  })
})
