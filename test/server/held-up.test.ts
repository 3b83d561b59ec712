import { reset, runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import type { RosterChannel } from '../../src/protocol/channel.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { ResendRules } from '../support/resend-rules.ts'
import { TwilioRules } from '../support/twilio-rules.ts'
import { alerts, ask, done, eventually, pressed, status } from './api.ts'
import { accept, askCode } from './contact.ts'
import { commitOf, type Family, newFamily, receiptToken } from './family.ts'
import { bindings, evict, mailroom, pass, settle, startClock, stopClock, withEnv } from './time.ts'

/** The quota of mails is used up, and texts and pushes go (`docs/decisions/0031`). */
const MAILS = 'http://resend.double'
const TEXTS = 'http://twilio.double'
const NUMBER = '+15550142'
const QUARTER_MS = 15 * 60_000
const keys = await newVapidKeys()
let mails: ResendRules
let texts: TwilioRules
let pushes: PushRules
let takeBack: () => void

beforeEach(() => {
  mails = new ResendRules()
  texts = new TwilioRules()
  pushes = new PushRules()
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    const answer = request.url.startsWith(MAILS)
      ? await mails.answer(request)
      : request.url.startsWith(TEXTS)
        ? await texts.answer(request)
        : /fcm\.googleapis/.test(request.url)
          ? await pushes.answer(request.url, request)
          : await outside(request)
    if (!(answer instanceof Response)) throw new TypeError('connection lost')
    return answer
  })
  takeBack = withEnv({
    ...{ AMPARO_LOCAL: undefined, AMPARO_ORIGIN: 'https://amparo.example' },
    ...{ RESEND_API_KEY: mails.apiKey, AMPARO_FROM: 'Amparo <a@example.org>', RESEND_BASE_URL: MAILS },
    ...{ VAPID_PUBLIC_KEY: keys.publicKey, VAPID_PRIVATE_KEY: keys.privateKey },
    ...{ TWILIO_ACCOUNT_SID: texts.accountSid, TWILIO_AUTH_TOKEN: texts.authToken },
    ...{ TWILIO_FROM: texts.from, TWILIO_BASE_URL: TEXTS },
  })
})
afterEach(async () => {
  takeBack()
  startClock()
  vi.restoreAllMocks()
  await reset()
})

const textRoom = () => bindings.MAILROOM.get(bindings.MAILROOM.idFromName('sms'))
const sentAll = async (family: Family): Promise<void> => {
  await settle(family)
  await runDurableObjectAlarm(textRoom())
  await settle(family)
}

/** Ana has mail, a confirmed number and a browser; the other only mail. */
const family = async (): Promise<Family> => {
  const made = newFamily()
  const ana = made.contacts[0]!
  const browser = await pushes.subscribe(keys.publicKey)
  const more: RosterChannel[] = [
    { kind: 'sms', number: NUMBER },
    { kind: 'push', ...browser },
  ]
  await done(
    'commit',
    commitOf(made, 0, {}, (roster) => ({
      ...roster,
      contacts: roster.contacts.map((contact, at) =>
        at === 0 ? { ...contact, channels: [...contact.channels, ...more] } : contact,
      ),
    })),
  )
  expect((await askCode(made, ana, { address: NUMBER })).status).toBe(200)
  const text = await eventually(async () => texts.to(NUMBER)[0] ?? null)
  const code = /\b\d{6}\b/.exec(text.body)![0]
  expect((await accept(made, ana, 0, { proof: { address: NUMBER, code } })).status).toBe(200)
  return made
}

const heldUntil = async (of: Family, alert: string) => ({
  owner: ((await alerts(of)) as unknown as { heldUntil: number | null }[])[0]!.heldUntil,
  presser: (await status(of, alert)).body.heldUntil,
})

const told = (way: { length: number }): number => way.length

test('texts and pushes go out at once, again with each repeat, and who has only mail waits, with the reason, until it goes', async () => {
  const made = await family()
  const [ana, other] = made.contacts
  stopClock()
  await evict(mailroom())
  mails.meet('daily_quota_exceeded', 'daily_quota_exceeded', 'daily_quota_exceeded')
  const before = told(texts.to(NUMBER))
  const alert = await pressed(made)
  await sentAll(made)
  await eventually(async () => pushes.pushed.length === 1)
  const pressedAt = Date.now()
  expect(told(texts.to(NUMBER)) - before).toBe(1)
  expect(mails.accepted).toEqual([])

  const [open] = (await alerts(made)) as unknown as { contacts: { contact: string }[] }[]
  const standing = Object.fromEntries(open!.contacts.map((one) => [one.contact, one]))
  expect(standing[toText(ana!.id)]).toMatchObject({
    state: 'sent',
    channels: [
      { kind: 'email', state: 'waiting', reason: 'quota' },
      { kind: 'sms', state: 'sent' },
      { kind: 'push', state: 'sent' },
    ],
  })
  expect(standing[toText(other!.id)]).toMatchObject({
    ...{ state: 'waiting', reason: 'quota', sentAt: null },
    channels: [{ kind: 'email', state: 'waiting', reason: 'quota' }],
  })
  const next = { owner: pressedAt + QUARTER_MS, presser: pressedAt + QUARTER_MS }
  expect(await heldUntil(made, alert)).toEqual(next)

  await pass(made, QUARTER_MS)
  expect(await heldUntil(made, alert)).toEqual({
    owner: pressedAt + 2 * QUARTER_MS,
    presser: pressedAt + 2 * QUARTER_MS,
  })
  await pass(made, QUARTER_MS)
  await sentAll(made)
  await eventually(async () => pushes.pushed.length === 2)
  expect(told(texts.to(NUMBER)) - before).toBe(2)
  expect(mails.accepted).toEqual([])

  await pass(made, QUARTER_MS)
  await sentAll(made)
  expect(new Set(mails.accepted.map(({ to }) => to))).toEqual(new Set([ana!.address, other!.address]))
  expect(await heldUntil(made, alert)).toEqual({ owner: null, presser: null })
  const [closed] = (await alerts(made)) as unknown as { contacts: { contact: string }[] }[]
  expect(closed!.contacts.find(({ contact }) => contact === toText(other!.id))).toMatchObject({
    ...{ state: 'sent', reason: null },
  })
})

test('who has opened a letter hears that messages to others are held up', async () => {
  const made = await family()
  stopClock()
  await evict(mailroom())
  mails.meet('monthly_quota_exceeded')
  await pressed(made)
  await sentAll(made)
  const ana = made.contacts[0]!
  const question = {
    ...{ vault: made.vault, letter: toText(ana.letter), version: 1 },
    token: receiptToken(made, ana),
  }
  expect((await ask('standing', question)).body).toMatchObject({
    alert: { state: 'open', heldUntil: Date.now() + QUARTER_MS },
  })
})

test('a room that does not answer keeps nobody from hearing how the alert stands', async () => {
  const made = await family()
  stopClock()
  await evict(mailroom())
  mails.meet('daily_quota_exceeded')
  const alert = await pressed(made)
  await sentAll(made)
  const broken = { get: () => ({ circuit: () => Promise.reject(new Error('gone')) }), idFromName: () => '' }
  const back = withEnv({ MAILROOM: broken })
  await evict(bindings.VAULT.get(bindings.VAULT.idFromName(made.vault)))
  expect(await heldUntil(made, alert)).toEqual({ owner: null, presser: null })
  back()
})
