import { reset, runDurableObjectAlarm } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import type { RosterChannel } from '../../src/protocol/channel.ts'
import { HostAnswer } from '../../src/protocol/host.ts'
import { HOOKS, ROUTES } from '../../src/protocol/routes.ts'
import { smsChannel } from '../../src/server/channels/sms.ts'
import { isSignedByTwilio } from '../../src/server/channels/twilio-signature.ts'
import { type TwilioFault, TwilioRules } from '../support/twilio-rules.ts'
import { alerts, ask, clear, done, mails, pressed, send } from './api.ts'
import { accept, askCode, leave } from './contact.ts'
import { commitOf, type Family, newFamily } from './family.ts'
import { logged } from './logged.ts'
import { bindings, dump, pass, startClock, stopClock, withEnv } from './time.ts'

const BASE = 'http://twilio.double'
const ORIGIN = 'https://amparo.example'
const NUMBER = '+15550142'
let double: TwilioRules
let takeBack: () => void

const room = () => bindings.MAILROOM.get(bindings.MAILROOM.idFromName('sms'))

beforeEach(() => {
  double = new TwilioRules()
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!request.url.startsWith(BASE)) return outside(request)
    const answer = await double.answer(request)
    if (answer === null) throw new TypeError('connection lost')
    return answer
  })
  takeBack = withEnv({
    AMPARO_ORIGIN: ORIGIN,
    TWILIO_ACCOUNT_SID: double.accountSid,
    TWILIO_AUTH_TOKEN: double.authToken,
    TWILIO_FROM: double.from,
    TWILIO_BASE_URL: BASE,
  })
})
afterEach(async () => {
  takeBack()
  startClock()
  vi.restoreAllMocks()
  await reset()
})

/** Not by the clock, which stands still in some of these tests. */
const eventually = async <T>(probe: () => Promise<T | null | false>): Promise<T> => {
  for (let tries = 0; tries < 250; tries += 1) {
    const found = await probe()
    if (found !== null && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it never happened')
}

/** @param channels of ana, made from her mail's channel */
const familyWith = async (channels: (own: RosterChannel[]) => RosterChannel[]): Promise<Family> => {
  const made = newFamily()
  await done(
    'commit',
    commitOf(made, 0, {}, (roster) => ({
      ...roster,
      contacts: roster.contacts.map((contact, at) =>
        at === 0 ? { ...contact, channels: channels(contact.channels) } : contact,
      ),
    })),
  )
  return made
}

/** Ana asks for a code, it comes, and comes back. */
const confirmed = async (family: Family, number = NUMBER): Promise<void> => {
  const ana = family.contacts[0]!
  const before = double.to(number).length
  expect((await askCode(family, ana, { address: number })).status).toBe(200)
  const text = await eventually(async () => double.to(number)[before] ?? null)
  const code = /\b\d{6}\b/.exec(text.body)![0]
  expect((await accept(family, ana, 0, { proof: { address: number, code } })).status).toBe(200)
}

type Progress = { contact: string; state: string; reason: string | null; channels: object[] }
const anas = async (family: Family): Promise<Progress> => {
  const [alert] = (await alerts(family)) as unknown as { contacts: Progress[] }[]
  const id = toText(family.contacts[0]!.id)
  return alert!.contacts.find(({ contact }) => contact === id)!
}
const becomes = (family: Family, state: string, reason: string | null = null): Promise<unknown> =>
  eventually(async () => {
    const ana = await anas(family)
    return ana.state === state && ana.reason === reason
  })

const texts = (): RosterChannel[] => [{ kind: 'sms', number: NUMBER }]

/** Twilio calls the Worker. */
const call = (request: Request): Promise<Response> => exports.default.fetch(request)

describe('the channel', () => {
  const sendOne = async (...faults: TwilioFault[]) => {
    double.meet(...faults)
    const { accountSid, authToken, from } = double
    const channel = smsChannel({ accountSid, authToken, from, baseUrl: BASE }, `${ORIGIN}${HOOKS.twilio}`)
    const mail = { to: NUMBER, subject: '', html: '', text: 'hello' }
    return (await channel.send({ key: 'k', from: 'x', mails: [mail] }))[0]!
  }

  test('asks that neither text nor number be kept, and to be told what becomes of it', async () => {
    expect(await sendOne()).toEqual({ kind: 'accepted', provider: double.accepted[0]!.sid })
    expect(Object.fromEntries(new URLSearchParams(double.requests[0]))).toEqual({
      To: NUMBER,
      From: double.from,
      Body: 'hello',
      ContentRetention: 'discard',
      AddressRetention: 'obfuscate',
      StatusCallback: `${ORIGIN}/api/v1/hook/twilio`,
    })
  })

  test.each([
    ['drop-before', { kind: 'retry', unsure: true }],
    ['drop-after', { kind: 'retry', unsure: true }],
    ['html-502', { kind: 'retry', unsure: true }],
    [500, { kind: 'retry', unsure: true }],
    [20429, { kind: 'retry', unsure: false, afterMs: 3_000, pause: true }],
    [20003, { kind: 'retry', unsure: false, reason: 'not-configured', pause: true }],
    [30029, { kind: 'retry', unsure: false, reason: 'not-configured', pause: true }],
    [21606, { kind: 'retry', unsure: false, reason: 'not-configured', pause: true }],
    [21211, { kind: 'refused', reason: 'address' }],
    [21614, { kind: 'refused', reason: 'address' }],
    [21610, { kind: 'refused', reason: 'stopped' }],
    // One number's region must not hold the others up.
    [21408, { kind: 'refused', reason: 'provider' }],
    [29999, { kind: 'refused', reason: 'provider' }],
  ] as const)('of %s makes %o', async (fault, outcome) => {
    expect(await sendOne(fault)).toMatchObject(outcome)
  })
})

describe('a number', () => {
  test('is confirmed by a code that a text carries, and reached in an alert from then on', async () => {
    const family = await familyWith((own) => [...own, ...texts()])
    await confirmed(family)
    const [code] = double.to(NUMBER)
    expect(code!.body).not.toContain('José')
    expect(code!.body).toContain(`${ORIGIN}/stop#`)
    await pressed(family)
    const alert = await eventually(async () => double.to(NUMBER)[1] ?? null)
    expect(alert.body).toContain('Ma. José')
    expect(alert.body).toContain(`${ORIGIN}/letter#`)
    await mails(family.contacts[0]!.address, 1)
    await becomes(family, 'sent')
    expect((await anas(family)).channels).toEqual([
      { kind: 'email', state: 'sent', reason: null },
      { kind: 'sms', state: 'sent', reason: null },
    ])
  })

  test('that nobody has confirmed gets no alert, and the mail goes out all the same', async () => {
    const family = await familyWith((own) => [...texts(), ...own])
    await pressed(family)
    await becomes(family, 'sent')
    await eventually(async () => JSON.stringify((await anas(family)).channels[0]).includes('not-accepted'))
    expect(double.requests).toEqual([])
  })

  test('whose text carries no secret: what passes the phone companies opens nothing by itself', async () => {
    const family = await familyWith(texts)
    await confirmed(family)
    await pressed(family)
    const alert = await eventually(async () => double.to(NUMBER)[1] ?? null)
    const [mailed] = await mails(family.contacts[1]!.address, 1)
    const fragment = (text: string): string => /letter#(\w+)/.exec(text)![1]!
    expect(fragment(alert.body).length).toBeLessThan(fragment(mailed!.text).length - 15)
  })

  test('gets no more codes than an address does', async () => {
    const family = await familyWith(texts)
    const ana = family.contacts[0]!
    for (let count = 0; count < 3; count += 1)
      expect((await askCode(family, ana, { address: NUMBER })).status).toBe(200)
    expect((await askCode(family, ana, { address: NUMBER })).body.error).toBe('slow-down')
  })

  test('is not asked for a code where the host sends no texts', async () => {
    takeBack()
    takeBack = withEnv({ TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_FROM: '' })
    const family = await familyWith(texts)
    const answer = await askCode(family, family.contacts[0]!, { address: NUMBER })
    expect(answer.body.error).toBe('not-configured')
  })

  test('that replied STOP is said to want nothing, and one that takes no texts to be wrong', async () => {
    const family = await familyWith(texts)
    await confirmed(family)
    double.meet(21610)
    const alert = await pressed(family)
    await becomes(family, 'refused', 'stopped')
    await clear(family, alert)
    double.meet(21614)
    await pressed(family)
    await becomes(family, 'refused', 'address')
  })

  test('gets nothing more once its contact has left, nor by the stop link of a text', async () => {
    const family = await familyWith(texts)
    await confirmed(family)
    await leave(family, family.contacts[0]!)
    await pressed(family)
    await becomes(family, 'refused', 'stopped')
    expect(double.to(NUMBER)).toHaveLength(1)
    const other = await familyWith(texts)
    expect((await askCode(other, other.contacts[0]!, { address: NUMBER })).status).toBe(200)
    const code = await eventually(async () => double.to(NUMBER)[1] ?? null)
    const { decodeLink } = await import('../../src/protocol/link.ts')
    const link = decodeLink('stop', /stop#(\w+)/.exec(code.body)![1]!)!
    const request = {
      vault: toText(link.vault),
      id: toText(link.id),
      token: toText(link.secret!),
      scope: 'all',
    }
    expect((await ask('stop', request)).status).toBe(200)
    const third = await familyWith(texts)
    expect((await askCode(third, third.contacts[0]!, { address: NUMBER })).status).toBe(200)
    expect(double.to(NUMBER)).toHaveLength(2)
  })
})

describe('a text whose answer was lost', () => {
  test('is rather sent twice than not at all in an alert, and holds no mail up', async () => {
    stopClock()
    const family = await familyWith((own) => [...own, ...texts()])
    await confirmed(family)
    double.meet('drop-after')
    await pressed(family)
    await mails(family.contacts[0]!.address, 1)
    await eventually(async () => double.to(NUMBER).length === 2)
    expect((await anas(family)).channels[1]).toMatchObject({ kind: 'sms', state: 'waiting' })
    await eventually(async () => logged.some((line) => line.includes('mail-retry')))
    vi.setSystemTime(Date.now() + 60_000)
    await runDurableObjectAlarm(room())
    await eventually(async () => double.to(NUMBER).length === 3)
    await pass(family, 1_000)
    await eventually(async () => JSON.stringify((await anas(family)).channels[1]).includes('sent'))
  })
})

describe('what Twilio says later', () => {
  const sentText = async () => {
    const family = await familyWith(texts)
    await confirmed(family)
    await pressed(family)
    const text = await eventually(async () => double.to(NUMBER)[1] ?? null)
    await becomes(family, 'sent')
    return { family, text }
  }

  test('that it was delivered reaches the owner', async () => {
    const { family, text } = await sentText()
    expect((await call(await double.report(text, 'sent'))).status).toBe(204)
    expect((await call(await double.report(text, 'delivered'))).status).toBe(204)
    await becomes(family, 'delivered')
  })

  test.each([
    ['undelivered', 30005, 'bounced'],
    ['failed', 21610, 'suppressed'],
    ['failed', 30007, 'provider'],
  ] as const)('that it is %s by %i reaches the owner as %s', async (status, code, reason) => {
    const { family, text } = await sentText()
    expect((await call(await double.report(text, status, code))).status).toBe(204)
    await becomes(family, 'refused', reason)
  })

  test('is not believed without its signature, of another message, or at another address', async () => {
    const { family, text } = await sentText()
    const forged = await double.report(text, 'delivered')
    forged.headers.set('x-twilio-signature', btoa('x'.repeat(20)))
    const bare = await double.report(text, 'delivered')
    bare.headers.delete('x-twilio-signature')
    const elsewhere = await double.report(text, 'delivered', null, `${ORIGIN}${HOOKS.twilio}?x=1`)
    const changed = await double.report(text, 'failed')
    const said = new TextDecoder().decode(await changed.clone().arrayBuffer())
    const tampered = new Request(changed, { body: said.replaceAll('failed', 'delivered') })
    const answers = []
    for (const request of [forged, bare, elsewhere, tampered]) {
      const answer = await call(request)
      answers.push([answer.status, await answer.text()])
    }
    expect(new Set(answers.map(String)).size).toBe(1)
    expect(answers[0]![0]).toBe(404)
    const stranger = await double.report({ ...text, sid: `SM${'0'.repeat(32)}` }, 'delivered')
    expect((await call(stranger)).status).toBe(204)
    expect((await anas(family)).state).toBe('sent')
  })

  test('is signed as Twilio documents it', async () => {
    const params = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      Digits: '1234',
      From: '+12349013030',
      To: '+18005551212',
    })
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    expect(await isSignedByTwilio('12345', '0/KCTR6DLpKmkAf8muzZqo1nDgQ=', url, params)).toBe(true)
    expect(await isSignedByTwilio('12346', '0/KCTR6DLpKmkAf8muzZqo1nDgQ=', url, params)).toBe(false)
    expect(await isSignedByTwilio('12345', 'no base64 at all', url, params)).toBe(false)
  })
})

test('of the texts that the host has set for a day codes take sixty percent; alerts go on, and what is above is in the log', async () => {
  const takeBackDay = withEnv({ AMPARO_TEXTS_A_DAY: '2' })
  try {
    const family = await familyWith(texts)
    await confirmed(family)
    const refused = await askCode(family, family.contacts[0]!, { address: '+15550143' })
    expect([refused.status, refused.body.error]).toEqual([429, 'slow-down'])
    const passed = () => logged.filter((line) => line.includes('day-quota-passed'))
    const alert = await pressed(family)
    await becomes(family, 'sent')
    expect(passed()).toEqual([])
    await clear(family, alert)
    await eventually(async () => passed().length > 0)
    expect(passed()).toEqual(['{"event":"day-quota-passed","count":3}'])
    expect(double.to(NUMBER)).toHaveLength(3)
  } finally {
    takeBackDay()
  }
})

test('number and text leave the room once the outcome is known, and are in no log', async () => {
  const family = await familyWith(texts)
  await confirmed(family)
  await pressed(family)
  await becomes(family, 'sent')
  const rows = JSON.stringify(await dump(room()))
  for (const secret of [NUMBER, 'José', 'AMPARO:', '/letter#']) {
    expect(rows).not.toContain(secret)
    expect(logged.join('\n')).not.toContain(secret)
  }
})

describe('a host', () => {
  const answer = async () => HostAnswer.parse(await (await send(ROUTES.host)).json())
  test('that has set Twilio whole offers texts', async () => {
    expect(await answer()).toMatchObject({ ready: true, channels: ['outbox', 'sms'] })
  })
  test.each([
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'TWILIO_FROM',
  ])('without %s says so, and offers none', async (name) => {
    const back = withEnv({ [name]: '' })
    expect(await answer()).toMatchObject({ ready: false, channels: ['outbox'], missing: [name] })
    back()
  })
})
