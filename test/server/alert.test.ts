import { runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { alerts, ask, clear, committed, done, mails, mailsTo, press, pressed, status } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey, pressKey, receiptToken } from './family.ts'
import {
  bindings,
  dump,
  evict,
  kvKeys,
  pass,
  settle,
  startClock,
  stopClock,
  vaultOf,
  withEnv,
} from './time.ts'

const DAY_MS = 86_400_000
const UNKNOWN = '{"error":"unknown"}'
const withdraw = ({ vault, token }: Family, alert: string) => ask('withdraw', { vault, token, alert })
const told = async (family: Family): Promise<number[]> =>
  Promise.all(family.contacts.map(async ({ address }) => (await mailsTo(address)).length))

afterEach(startClock)

describe('the list', () => {
  test('shows each contact as far as it got, newest alert first', async () => {
    const family = await committed()
    stopClock()
    const first = await pressed(family)
    await settle(family)
    const [ana, ben] = family.contacts as [Family['contacts'][0], Family['contacts'][0]]
    await done('receipt', {
      ...{ vault: family.vault, letter: toText(ben.letter), version: 1 },
      ...{ token: receiptToken(family, ben), kind: 'opened' },
    })
    const answer = AlertsAnswer.parse(await done('alerts', { vault: family.vault, token: family.token }))
    expect(answer.version).toBe(1)
    expect(answer.alerts).toHaveLength(1)
    expect(answer.alerts[0]).toMatchObject({
      alert: first,
      state: 'open',
      closedAt: null,
      waves: 1,
      lettersOut: true,
    })
    const [one] = answer.alerts
    const contact = (id: Uint8Array) => one!.contacts.find((each) => each.contact === toText(id))
    expect(contact(ana.id)).toMatchObject({ state: 'sent', reason: null, openedAt: null })
    expect(contact(ben.id)?.openedAt).toBe(Date.now())
    await clear(family, first)
    await pass(family, 1_000)
    const second = await pressed(family)
    expect((await alerts(family)).map(({ alert }) => alert)).toEqual([second, first])
  })

  test('an empty vault has an empty list; a wrong token has none', async () => {
    const family = await committed()
    expect(await alerts(family)).toEqual([])
    expect((await ask('alerts', { vault: family.vault, token: newKey() })).text).toBe(UNKNOWN)
  })
})

describe('the all-clear', () => {
  test('tells everybody who was alerted, once, and erases what opened the roster', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    expect((await dump(vaultOf(family))).holds).toHaveLength(1)
    expect((await clear(family, alert)).body).toEqual({ ok: true })
    await settle(family)
    expect(await told(family)).toEqual([2, 2])
    expect((await clear(family, alert)).body).toEqual({ ok: true })
    await settle(family)
    expect(await told(family)).toEqual([2, 2])
    expect((await dump(vaultOf(family))).holds).toEqual([])
    expect((await status(family, alert)).body).toMatchObject({ state: 'cleared' })
    const [mail] = await mails(family.contacts[0]!.address, 2)
    expect(mail!.text).not.toContain('/letter#')
    expect(mail!.text).toContain('/stop#')
  })

  test('speaks also for a press that waited for its wave, and knows it by that press', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    const second = await pressed(family)
    await clear(family, second)
    await settle(family)
    expect(await told(family)).toEqual([2, 2])
    await pass(family, 700_000)
    expect(await told(family)).toEqual([2, 2])
    expect((await status(family, second)).body).toMatchObject({ state: 'cleared' })
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })

  test('reaches those too whom the owner has removed meanwhile', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    await done('commit', commitOf({ ...family, contacts: [] }, 1))
    await clear(family, alert)
    await settle(family)
    expect(await told(family)).toEqual([2, 2])
  })

  test('needs a press key once the alert has expired', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    await pass(family, DAY_MS)
    expect((await status(family, alert)).body).toMatchObject({ state: 'expired' })
    expect((await dump(vaultOf(family))).holds).toEqual([])
    const without = await clear(family, alert)
    expect(without.status).toBe(409)
    expect(without.text).toBe('{"error":"key-needed"}')
    expect((await clear(family, alert, newKey())).text).toBe('{"error":"key-needed"}')
    expect(await told(family)).toEqual([1, 1])
    expect((await clear(family, alert, pressKey(family))).body).toEqual({ ok: true })
    await settle(family)
    expect(await told(family)).toEqual([2, 2])
    expect((await alerts(family))[0]).toMatchObject({ state: 'cleared' })
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })

  test('that could reach nobody is not given', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await pass(family, DAY_MS)
    const broken = commitOf(family, 1)
    const [presser] = broken.pressers as [(typeof broken.pressers)[0]]
    await done('commit', { ...broken, pressers: [{ ...presser, wrapped: toText(new Uint8Array(73)) }] })
    expect((await clear(family, alert, pressKey(family))).body.error).toBe('try-again')
    expect((await alerts(family))[0]).toMatchObject({ state: 'expired' })
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })

  test('of an alert that is unknown, counting or practice: unknown', async () => {
    const family = await committed(5_000)
    const counting = await pressed(family)
    const practice = newId()
    await press(family, practice, { practice: true })
    for (const alert of [newId(), counting, practice]) expect((await clear(family, alert)).text).toBe(UNKNOWN)
    const wrong = { vault: family.vault, token: newKey(), alert: counting, key: null }
    expect((await ask('clear', wrong)).text).toBe(UNKNOWN)
  })
})

describe('an alert that nobody clears', () => {
  test('expires after a day, by its alarm, and stays readable', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    await pass(family, DAY_MS - 1)
    expect((await alerts(family))[0]).toMatchObject({ alert, state: 'open' })
    await pass(family, 1)
    const { alerts: rows } = await dump(vaultOf(family))
    expect(rows).toMatchObject([{ stage: 'expired' }])
    expect((await alerts(family))[0]).toMatchObject({
      state: 'expired',
      lettersOut: true,
      closedAt: Date.now(),
    })
    expect(
      (await ask('letter', { vault: family.vault, letter: toText(family.contacts[0]!.letter) })).status,
    ).toBe(200)
  })
})

describe('withdraw', () => {
  test('not while it is open; then the letters are unknown and their bytes are erased', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    const [ana] = family.contacts as [Family['contacts'][0]]
    const rolled = {
      ...family,
      contacts: family.contacts.map((one) => ({
        ...one,
        letter: crypto.getRandomValues(new Uint8Array(16)),
      })),
    }
    const open = await withdraw(family, alert)
    expect(open.status).toBe(409)
    expect(open.text).toBe('{"error":"open-alert"}')
    await clear(family, alert)
    await settle(family)
    await done('commit', commitOf(rolled, 1))
    const letter = { vault: family.vault, letter: toText(ana.letter) }
    expect((await ask('letter', letter)).body).toMatchObject({ version: 1, alert: { state: 'cleared' } })
    expect(await withdraw(family, alert)).toMatchObject({ status: 200, body: { ok: true } })
    expect((await withdraw(family, alert)).status).toBe(200)
    expect((await ask('letter', letter)).text).toBe(UNKNOWN)
    await pass(family, 120_000)
    expect((await kvKeys(family)).join()).not.toContain(toText(ana.letter))
    expect(await kvKeys(family)).toHaveLength(3)
    expect((await alerts(family))[0]).toMatchObject({ lettersOut: false })
    expect((await withdraw(family, newId())).text).toBe(UNKNOWN)
    expect((await ask('withdraw', { vault: family.vault, token: newKey(), alert })).text).toBe(UNKNOWN)
  })

  test('a letter that is still current is kept for the next alert', async () => {
    const family = await committed()
    const alert = await pressed(family)
    await clear(family, alert)
    await withdraw(family, alert)
    const letter = { vault: family.vault, letter: toText(family.contacts[0]!.letter) }
    expect((await ask('letter', letter)).text).toBe(UNKNOWN)
    await pressed(family)
    expect((await ask('letter', letter)).status).toBe(200)
  })

  test('too many released letters: the owner is asked to withdraw', async () => {
    const family = await committed()
    const alert = await pressed(family)
    await clear(family, alert)
    await runInDurableObject(vaultOf(family), (_, { storage }) => {
      for (let at = 0; at < 240; at += 1) {
        const row = [
          'INSERT INTO letters VALUES (?, 1, ?, ?, ?, 0, NULL)',
          `old${at}`,
          `k${at}`,
          'r',
          '[]',
        ] as const
        storage.sql.exec(...row)
        storage.sql.exec('INSERT INTO releases VALUES (?, ?, ?, 1, 1, NULL)', alert, 'c', `old${at}`)
      }
    })
    const answer = await ask('commit', commitOf(family, 1))
    expect(answer.status).toBe(409)
    expect(answer.text).toBe('{"error":"full"}')
    await withdraw(family, alert)
    expect((await ask('commit', commitOf(family, 1))).status).toBe(200)
  })
})

describe('while the mailroom cannot be reached', () => {
  test('the alert waits, truthfully, and goes out once it can', async () => {
    const family = await committed()
    stopClock()
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: () => null,
        get: () => ({ enqueue: () => Promise.reject(new Error('unreachable')) }),
      },
    })
    await evict(vaultOf(family))
    const alert = await pressed(family)
    await settle(family)
    await pass(family, 600_000)
    expect((await status(family, alert)).body).toMatchObject({ counts: { contacts: 2, waiting: 2, sent: 0 } })
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 120_000)
    expect(await told(family)).toEqual([1, 1])
    expect((await status(family, alert)).body).toMatchObject({ counts: { waiting: 0, sent: 2 } })
  })

  test('an answer of the mailroom that was lost makes nobody hear twice', async () => {
    const family = await committed()
    stopClock()
    const real = bindings.MAILROOM
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: real.idFromName.bind(real),
        get: (id: DurableObjectId) => ({
          enqueue: async (postings: never) => {
            await real.get(id).enqueue(postings)
            throw new Error('lost')
          },
        }),
      },
    })
    await evict(vaultOf(family))
    await pressed(family)
    await settle(family)
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 120_000)
    expect(await told(family)).toEqual([1, 1])
    expect((await dump(vaultOf(family))).deliveries).toMatchObject([{ handed: 1 }, { handed: 1 }])
  })

  test('what it never took in two days is refused, and said to be', async () => {
    const family = await committed()
    stopClock()
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: () => null,
        get: () => ({ enqueue: () => Promise.reject(new Error('unreachable')) }),
      },
    })
    await evict(vaultOf(family))
    await pressed(family)
    await settle(family)
    await pass(family, 2 * DAY_MS)
    const [alert] = await alerts(family)
    takeBack()
    await evict(vaultOf(family))
    expect(alert).toMatchObject({ state: 'expired' })
    expect(alert!.contacts).toMatchObject([
      { state: 'refused', reason: 'expired' },
      { state: 'refused', reason: 'expired' },
    ])
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })
})

test('a report about a delivery that is not of this vault changes nothing, here or in a vault that is not', async () => {
  const family = await committed()
  stopClock()
  await pressed(family)
  await settle(family)
  const before = await dump(vaultOf(family))
  await vaultOf(family).report([{ delivery: newId(), state: 'delivered', reason: null, at: 1 }])
  expect(await dump(vaultOf(family))).toEqual(before)
  const nobody = newFamily()
  await vaultOf(nobody).report([{ delivery: newId(), state: 'delivered', reason: null, at: 1 }])
  expect(await dump(vaultOf(nobody))).toEqual({})
  const [delivery] = before.deliveries as [{ id: string }]
  await vaultOf(family).report([{ delivery: delivery.id, state: 'waiting', reason: 'quota', at: 1 }])
  expect(await dump(vaultOf(family))).toEqual(before)
})
