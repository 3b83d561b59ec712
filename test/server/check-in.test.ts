import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openSituation, sealSituation, situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { CheckInAnswer, CheckInsAnswer } from '../../src/protocol/check-in.ts'
import { StandingAnswer } from '../../src/protocol/standing.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { alerts, ask, clear, committed, done, mailsTo, press } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey, pressKey, random, receiptToken } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

beforeEach(stopClock)
afterEach(startClock)

const armBody = (family: Family, changes: object = {}) => ({
  vault: family.vault,
  key: pressKey(family),
  checkIn: newId(),
  schedule: { kind: 'in', ms: HOUR_MS },
  zone: 'America/Los_Angeles',
  graceMs: 10 * MINUTE_MS,
  remind: null,
  said: null,
  ...changes,
})
const arm = async (family: Family, changes: object = {}) => {
  const { checkIn } = CheckInAnswer.parse(await done('checkInArm', armBody(family, changes)))
  return checkIn!
}
const owner = ({ vault, token }: Family) => ({ vault, token })
const owned = ({ vault, token }: Family, checkIn: string) => ({ vault, token, checkIn })
const well = async (family: Family, checkIn: string, round = 1) =>
  CheckInAnswer.parse(await done('checkInWell', { ...owned(family, checkIn), round })).checkIn
const extend = async (family: Family, checkIn: string, dueAt: number, byMs: number) =>
  CheckInAnswer.parse(await done('checkInExtend', { ...owned(family, checkIn), round: 1, dueAt, byMs }))
    .checkIn
const end = async (family: Family, checkIn: string, seen: 'armed' | 'pressed' = 'armed') =>
  CheckInAnswer.parse(await done('checkInEnd', { ...owned(family, checkIn), seen })).checkIn
const list = async ({ vault, token }: Family) =>
  CheckInsAnswer.parse(await done('checkIns', { vault, token, key: null })).checkIns
const count = async (family: Family): Promise<number> => {
  const found = await Promise.all(family.contacts.map(({ address }) => mailsTo(address)))
  return found.flat().length
}
const text = async (family: Family) => JSON.stringify([await dump(vaultOf(family)), await dump(mailroom())])

describe('a check-in', () => {
  test('alerts the family when nobody says in time that she is well, with nobody’s phone on', async () => {
    const family = await committed()
    const { dueAt, pressAt } = await arm(family)
    expect(pressAt - dueAt).toBe(10 * MINUTE_MS)
    await pass(family, HOUR_MS + 9 * MINUTE_MS)
    expect(await count(family)).toBe(0)
    await pass(family, MINUTE_MS)
    expect(await count(family)).toBe(2)
    const [alert] = await alerts(family)
    expect(alert).toMatchObject({ state: 'open', pressedAt: pressAt })
    expect((await list(family))[0]).toMatchObject({ state: 'pressed', alert: alert!.alert })
    const [mail] = await mailsTo(family.contacts[1]!.address)
    expect(mail!.subject).toContain('did not check in')
    expect(`${mail!.subject} ${mail!.text}`).not.toContain('the alert button was pressed')
    await clear(family, String(alert!.alert))
    await settle(family)
    expect(await count(family)).toBe(4)
  })

  test('that has pressed is kept thirty-two times for one key, and then no more are armed with it', async () => {
    const family = await committed()
    const schedule = { kind: 'in', ms: 1_000 }
    for (let n = 0; n < 32; n += 1) {
      await arm(family, { schedule, graceMs: 0 })
      await pass(family, 1_000)
    }
    const body = armBody(family, { schedule, graceMs: 0 })
    expect((await ask('checkInArm', body)).body).toEqual({ error: 'full' })
    expect(await list(family)).toHaveLength(32)
    await pass(family, 7 * DAY_MS)
    expect(await arm(family, { schedule })).toMatchObject({ state: 'armed' })
  })

  test('presses once, however often the alarm comes and the object is put away', async () => {
    const family = await committed()
    await arm(family)
    await evict(vaultOf(family))
    await pass(family, 2 * HOUR_MS)
    await evict(vaultOf(family))
    await settle(family)
    await evict(vaultOf(family))
    await settle(family)
    expect(await count(family)).toBe(2)
    expect(await alerts(family)).toHaveLength(1)
  })

  test('presses late and not never, and says when the time was over', async () => {
    const family = await committed()
    const { pressAt } = await arm(family)
    vi.setSystemTime(Date.now() + 3 * DAY_MS)
    await settle(family)
    expect(await count(family)).toBe(2)
    expect((await alerts(family))[0]).toMatchObject({ pressedAt: pressAt })
  })

  test('is not pressed by a word that came in time, and says so truly when the word was late', async () => {
    const family = await committed()
    const one = await arm(family)
    const other = await arm(family, { schedule: { kind: 'in', ms: 3 * HOUR_MS } })
    vi.setSystemTime(one.pressAt - 1)
    expect(await well(family, one.checkIn)).toBeNull()
    expect(await well(family, one.checkIn)).toBeNull()
    // Nothing has woken the object: the word itself finds that the time is over.
    vi.setSystemTime(other.pressAt)
    expect(await well(family, other.checkIn)).toMatchObject({ state: 'pressed' })
    await settle(family)
    expect(await count(family)).toBe(2)
  })

  test('is extended in one request, once for each that is meant, and truly refused when it has pressed', async () => {
    const family = await committed()
    const { checkIn, dueAt, pressAt } = await arm(family)
    vi.setSystemTime(pressAt - 1)
    const extended = await extend(family, checkIn, dueAt, 30 * MINUTE_MS)
    expect(extended).toMatchObject({ state: 'armed', dueAt: pressAt - 1 + 30 * MINUTE_MS })
    expect(await extend(family, checkIn, dueAt, 30 * MINUTE_MS)).toEqual(extended)
    await pass(family, 5 * MINUTE_MS)
    expect(await count(family)).toBe(0)
    vi.setSystemTime(extended!.pressAt)
    expect(await extend(family, checkIn, extended!.dueAt, HOUR_MS)).toMatchObject({
      state: 'pressed',
      dueAt: extended!.dueAt,
    })
    await settle(family)
    expect(await count(family)).toBe(2)
  })

  test('is the same one when it is armed again; an end that came first is kept for it', async () => {
    const family = await committed()
    const body = armBody(family)
    const first = await done('checkInArm', body)
    expect(await done('checkInArm', { ...body, schedule: { kind: 'in', ms: DAY_MS } })).toEqual(first)
    expect(await end(family, body.checkIn)).toBeNull()
    expect((await done('checkInArm', body)).checkIn).toBeNull()
    const voided = newId()
    expect(await end(family, voided)).toBeNull()
    expect((await done('checkInArm', armBody(family, { checkIn: voided }))).checkIn).toBeNull()
    await pass(family, DAY_MS)
    expect(await count(family)).toBe(0)
  })

  test('that repeats goes on with its next day on the wall clock, also across a change of clocks', async () => {
    vi.setSystemTime(Date.parse('2027-03-13T12:00:00Z'))
    const family = await committed()
    const schedule = { kind: 'weekly', days: 127, minute: 14 * 60 }
    const { checkIn, dueAt } = await arm(family, { schedule })
    expect(dueAt).toBe(Date.parse('2027-03-13T22:00:00Z'))
    const next = await well(family, checkIn)
    expect(next).toMatchObject({ round: 2, dueAt: Date.parse('2027-03-14T21:00:00Z') })
    expect(await well(family, checkIn, 1)).toEqual(next)
    vi.setSystemTime(Date.parse('2027-03-14T21:09:59Z'))
    await settle(family)
    expect(await count(family)).toBe(0)
    await pass(family, 1_000)
    expect(await count(family)).toBe(2)
  })

  test('in a time that has passed is not armed', async () => {
    const family = await committed()
    const day = { kind: 'once', year: 2020, month: 1, day: 1, minute: 0 }
    expect((await done('checkInArm', armBody(family, { schedule: day }))).checkIn).toBeNull()
  })

  test('needs a zone that exists, and there are four for one key', async () => {
    const family = await committed()
    expect((await ask('checkInArm', armBody(family, { zone: 'America/Nowhere' }))).body.error).toBe(
      'malformed',
    )
    for (let time = 0; time < 4; time += 1) await arm(family)
    expect((await ask('checkInArm', armBody(family))).body.error).toBe('full')
  })

  test('joins an alert that is open as a further press', async () => {
    const family = await committed()
    const alert = newId()
    await press(family, alert)
    await settle(family)
    await arm(family)
    await pass(family, 2 * HOUR_MS)
    expect(await alerts(family)).toHaveLength(1)
    expect(((await alerts(family))[0] as { waves: number }).waves).toBeGreaterThan(1)
  })
})

describe('the place of a check-in', () => {
  const place = async (family: Family, where: string) => {
    const [vault, { id }] = [vaultIdOf(family.root), family.presser]
    const words = {
      v: 1,
      pressedAt: null,
      place: where,
      when: null,
      what: null,
      saw: null,
      position: null,
    } as const
    const key = situationKeyOf(family.situation, vault, id)
    return toText(sealSituation(key, vault, id, words, random))
  }
  const placeIn = (family: Family, one: { presser: string; pressedAt: number; sealed: string }) =>
    openSituation(
      family.situation,
      ...([vaultIdOf(family.root), fromText(one.presser), one.pressedAt, fromText(one.sealed)] as const),
    )?.place

  test('is read by who has opened a letter and by the owner once it has pressed, and by nobody before', async () => {
    const family = await committed()
    const armedAt = Date.now()
    const { pressAt } = await arm(family, { said: await place(family, 'Juzgado, piso 3') })
    expect(JSON.stringify(await list(family))).not.toContain('said')
    expect(await text(family)).not.toContain('Juzgado')
    await pass(family, 2 * HOUR_MS)
    const [alert] = await alerts(family)
    const [made] = AlertsAnswer.parse(await done('alerts', owner(family))).alerts[0]?.presses ?? []
    expect(made).toMatchObject({ pressedAt: pressAt, said: { at: armedAt } })
    expect(placeIn(family, { ...made!, sealed: made!.said!.sealed })).toBe('Juzgado, piso 3')
    const question = { vault: family.vault, letter: toText(family.contacts[0]!.letter), version: 1 }
    const token = receiptToken(family, family.contacts[0]!)
    await done('receipt', { ...question, token, kind: 'opened' })
    const { situations } = StandingAnswer.parse(await done('standing', { ...question, token }))
    expect(situations.map((one) => placeIn(family, one))).toEqual(['Juzgado, piso 3'])
    await clear(family, String(alert!.alert))
    await done('withdraw', { ...owner(family), alert: String(alert!.alert) })
    expect(await text(family)).not.toContain(made!.said!.sealed)
  })

  test('goes with the check-in that ends well, and stays for the next day of one that repeats', async () => {
    const family = await committed()
    const [once, weekly] = [await place(family, 'a'), await place(family, 'b')]
    const one = await arm(family, { said: once })
    const other = await arm(family, {
      said: weekly,
      schedule: { kind: 'weekly', days: 127, minute: 14 * 60 },
    })
    await well(family, one.checkIn)
    await well(family, other.checkIn)
    expect(await text(family)).not.toContain(once)
    expect(await text(family)).toContain(weekly)
    await end(family, other.checkIn)
    expect(await text(family)).not.toContain(weekly)
  })
})

describe('the key of a check-in', () => {
  test('is held while it is armed, follows each commit, and is erased at its end', async () => {
    const family = await committed()
    const { checkIn } = await arm(family)
    expect(await text(family)).toContain(pressKey(family))
    await done('commit', commitOf(family, 1))
    await done('commit', commitOf(family, 2))
    expect(await list(family)).toHaveLength(1)
    await pass(family, 2 * HOUR_MS)
    expect(await count(family)).toBe(2)
    expect(await text(family)).not.toContain(pressKey(family))
    const again = await arm(family)
    expect(await text(family)).toContain(pressKey(family))
    await end(family, again.checkIn)
    expect(await text(family)).not.toContain(pressKey(family))
    expect(await end(family, checkIn, 'pressed')).toBeNull()
    expect(await list(family)).toEqual([])
  })

  test('goes with a commit that drops its presser, or gives it another secret: nothing presses any more', async () => {
    for (const secret of [true, false]) {
      const family = await committed()
      await arm(family)
      const other = {
        ...family,
        presser: { ...newFamily().presser, ...(secret ? { id: family.presser.id } : {}) },
      }
      await done('commit', commitOf(other, 1, { endCheckIns: true }))
      expect(await list(family)).toEqual([])
      expect(await text(family)).not.toContain(pressKey(family))
      await pass(family, DAY_MS)
      expect(await count(family)).toBe(0)
    }
  })

  test('is not taken away while one is armed, by a commit that does not say so', async () => {
    const family = await committed()
    const { checkIn } = await arm(family)
    const { presser } = family
    const others = [
      { ...presser, id: newFamily().presser.id },
      { ...presser, secret: newFamily().presser.secret },
      { ...presser, arms: false },
    ]
    for (const changed of others) {
      const commit = commitOf({ ...family, presser: changed }, 1)
      const answer = await ask('commit', commit)
      expect([answer.status, answer.body]).toEqual([409, { error: 'armed' }])
    }
    expect(await list(family)).toMatchObject([{ checkIn, state: 'armed' }])
    await done('commit', commitOf({ ...family, presser: { ...presser, delayMs: 5_000 } }, 1))
    await end(family, checkIn)
    await done('commit', commitOf({ ...family, presser: others[0]! }, 2))
  })

  test('of two phones, one arming and one putting a new key in its place, one is refused, and what is armed presses', async () => {
    const family = await committed()
    const rolled = { ...family, presser: newFamily().presser }
    const [first, second] = await Promise.all([
      ask('commit', commitOf(rolled, 1)),
      // Mostly while what the commit brings is being written.
      ask('checkInArm', armBody(family)),
    ])
    const isArmed = second.status === 200
    expect(isArmed ? first.body : second.body).toEqual({ error: isArmed ? 'armed' : 'unknown' })
    expect(isArmed ? second.body.ok : first.body.ok).toBe(true)
    await pass(family, 2 * HOUR_MS)
    expect(await count(family)).toBe(isArmed ? 2 : 0)

    const other = await committed()
    const late = armBody(other)
    await done('commit', commitOf({ ...other, presser: newFamily().presser }, 1))
    expect((await ask('checkInArm', late)).body).toEqual({ error: 'unknown' })
    expect(await list(other)).toEqual([])
  })

  test('is the timer’s own: with the key of a card or of a person nothing is armed, listed, mailed or put off', async () => {
    const luz = { ...newFamily().presser, arms: false }
    const family = { ...newFamily(), others: [luz] }
    await done('commit', commitOf(family))
    const key = pressKey({ ...family, presser: luz })
    const code = { checkIn: newId(), address: 'luz@example.org', language: 'es' }
    const unknown = { error: 'unknown' }
    expect((await ask('checkInArm', armBody(family, { key }))).body).toEqual(unknown)
    expect((await ask('checkIns', { vault: family.vault, key, token: null })).body).toEqual(unknown)
    expect((await ask('checkInCode', { vault: family.vault, key, ...code })).body).toEqual(unknown)
    expect(await text(family)).not.toContain(key)
    expect((await press(family, newId(), { key })).status).toBe(200)
  })

  test('a commit that comes when the time is over finds that it has pressed', async () => {
    const family = await committed()
    const { pressAt } = await arm(family)
    vi.setSystemTime(pressAt)
    await done('commit', commitOf({ ...family, presser: newFamily().presser }, 1))
    await settle(family)
    expect(await count(family)).toBe(2)
  })

  test('arms and lists what is its own; the rest takes the owner token; what is wrong and what is not there are one', async () => {
    const family = await committed()
    const { vault } = family
    const one = await arm(family)
    const key = pressKey(family)
    expect((await done('checkIns', { vault, key, token: null })).checkIns).toEqual([one])
    const unknown = '{"error":"unknown"}'
    const wrong = newKey()
    const byOwner = { vault, token: wrong, checkIn: one.checkIn }
    const requests = [
      ['checkInArm', armBody(family, { key: wrong })],
      ['checkInArm', armBody(newFamily())],
      ['checkIns', { vault, key: wrong, token: null }],
      ['checkIns', { vault, key: null, token: wrong }],
      ['checkIns', { vault, key: null, token: null }],
      ['checkInWell', { ...byOwner, round: 1 }],
      ['checkInWell', { ...byOwner, token: key, round: 1 }],
      ['checkInExtend', { ...byOwner, round: 1, dueAt: one.dueAt, byMs: HOUR_MS }],
      ['checkInEnd', { ...byOwner, seen: 'armed' }],
      ['checkInCode', { vault, key: wrong, checkIn: newId(), address: 'a@example.org', language: 'en' }],
    ] as const
    for (const [route, body] of requests) expect((await ask(route, body)).text).toBe(unknown)
    expect(await list(family)).toEqual([one])
  })
})

describe('a reminder', () => {
  const address = () => `owner.${newId().replaceAll(/[-_]/g, 'x')}@example.org`
  const codeTo = async (family: Family, checkIn: string, to: string): Promise<string> => {
    await done('checkInCode', {
      vault: family.vault,
      key: pressKey(family),
      checkIn,
      address: to,
      language: 'es',
    })
    await settle(family)
    return /\b\d{6}\b/.exec((await mailsTo(to)).at(0)!.text)![0]
  }
  const byMail = async (family: Family, to: string) => {
    const checkIn = newId()
    const code = await codeTo(family, checkIn, to)
    const remind = { beforeMs: 15 * MINUTE_MS, language: 'es', push: null, mail: { address: to, code } }
    return { checkIn, remind }
  }

  test('goes by mail to an address that a code has confirmed, before the time and at it, naming nobody', async () => {
    const family = await committed()
    const to = address()
    const one = await arm(family, await byMail(family, to))
    expect(one.remind).toEqual({ beforeMs: 15 * MINUTE_MS, push: false, mail: true })
    await pass(family, 45 * MINUTE_MS)
    await vi.waitFor(async () => expect(await mailsTo(to)).toHaveLength(2))
    await pass(family, 15 * MINUTE_MS)
    await vi.waitFor(async () => expect(await mailsTo(to)).toHaveLength(3))
    const [last, first] = await mailsTo(to)
    expect(last!.subject).toBe('Amparo: di que estás bien')
    expect(first!.text).toContain('/#/check-ins')
    expect(`${first!.subject}${first!.text}${first!.html}`).not.toContain('José')
    for (const { address: contact } of family.contacts) expect(first!.text).not.toContain(contact)
  })

  test('needs the right code also for a check-in whose end is forgotten in the same moment', async () => {
    const family = await committed()
    const checkIn = newId()
    await end(family, checkIn)
    for (let n = 0; n < 100; n += 1) await end(family, newId())
    const mail = { address: address(), code: '000000' }
    const remind = { beforeMs: 15 * MINUTE_MS, language: 'es', push: null, mail }
    expect((await ask('checkInArm', armBody(family, { checkIn, remind }))).body).toEqual({
      error: 'try-again',
    })
    expect((await ask('checkInArm', armBody(family, { checkIn, remind }))).body).toEqual({
      error: 'wrong-code',
    })
    expect(await list(family)).toEqual([])
  })

  test('needs the right code, and its address is erased with the check-in', async () => {
    const family = await committed()
    const to = address()
    const { checkIn, remind } = await byMail(family, to)
    const wrong = {
      ...remind,
      mail: { address: to, code: remind.mail.code === '000000' ? '000001' : '000000' },
    }
    expect((await ask('checkInArm', armBody(family, { checkIn, remind: wrong }))).body.error).toBe(
      'wrong-code',
    )
    const elsewhere = { ...remind, mail: { ...remind.mail, address: address() } }
    expect((await ask('checkInArm', armBody(family, { checkIn, remind: elsewhere }))).body.error).toBe(
      'wrong-code',
    )
    await arm(family, { checkIn, remind })
    expect(await text(family)).toContain(to)
    await end(family, checkIn)
    const tables = await dump(vaultOf(family))
    expect(JSON.stringify(tables)).not.toContain(to)
    await pass(family, HOUR_MS)
    expect(await mailsTo(to)).toHaveLength(1)
    const other = await arm(family, await byMail(family, address()))
    await pass(family, 2 * HOUR_MS)
    expect((await list(family)).map(({ state }) => state)).toEqual(['pressed'])
    expect(JSON.stringify((await dump(vaultOf(family))).check_ins)).not.toContain('@example')
    expect(other.state).toBe('armed')
  })

  test('goes to the owner’s browser without a word of what it is for, and is tried again until it is of no use', async () => {
    const keys = await newVapidKeys()
    const double = new PushRules()
    const outside = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const request = new Request(input as RequestInfo, init)
      if (!/fcm\.googleapis/.test(new URL(request.url).hostname)) return outside(request)
      const answer = await double.answer(request.url, request)
      if (answer === null) throw new TypeError('connection lost')
      return answer
    })
    const takeBack = withEnv({ VAPID_PUBLIC_KEY: keys.publicKey, VAPID_PRIVATE_KEY: keys.privateKey })
    try {
      const family = await committed()
      const browser = await double.subscribe(keys.publicKey)
      const remind = { beforeMs: 15 * MINUTE_MS, language: 'es', push: browser, mail: null }
      await arm(family, { remind })
      double.meet(browser, 500)
      await pass(family, 45 * MINUTE_MS)
      await vi.waitFor(async () =>
        expect(JSON.stringify((await dump(vaultOf(family))).reminders)).toContain('"attempts":1'),
      )
      await pass(family, MINUTE_MS)
      await vi.waitFor(() => expect(double.to(browser)).toHaveLength(1))
      expect(double.to(browser)[0]?.payload).toMatchObject({ kind: 'reminder', language: 'es' })
    } finally {
      takeBack()
      vi.restoreAllMocks()
    }
  })
})
