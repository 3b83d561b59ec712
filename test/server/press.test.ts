import { afterEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { alerts, ask, cancel, clear, committed, done, mails, mailsTo, press, pressed, status } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey, newPresser, pressKey, rosterOf } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const NO_COUNTS = { contacts: 0, waiting: 0, sent: 0, delivered: 0, refused: 0, opened: 0 }
const told = async (family: Family): Promise<number[]> =>
  Promise.all(family.contacts.map(async ({ address }) => (await mailsTo(address)).length))
const state = async (family: Family, alert: string) =>
  PressAnswer.parse((await status(family, alert)).body).state

afterEach(startClock)

describe('a press', () => {
  test('is counting first, then open; sent again it is answered as it stands and tells nobody twice', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = newId()
    const first = PressAnswer.parse((await press(family, alert)).body)
    expect(first).toMatchObject({ state: 'counting', releaseInMs: 5_000, counts: NO_COUNTS })
    await pass(family, 4_999)
    expect(PressAnswer.parse((await press(family, alert, { ageMs: 9 })).body)).toEqual({
      ...first,
      releaseInMs: 1,
    })
    expect(await told(family)).toEqual([0, 0])
    await pass(family, 1)
    expect(await told(family)).toEqual([1, 1])
    expect(PressAnswer.parse((await press(family, alert)).body)).toMatchObject({
      state: 'open',
      releaseInMs: 0,
    })
    await settle(family)
    expect(await told(family)).toEqual([1, 1])
  })

  test('goes out by its alarm, with nobody asking', async () => {
    const family = await committed(300)
    await pressed(family)
    const [ana, ben] = family.contacts as [Family['contacts'][0], Family['contacts'][0]]
    expect((await mails(ana.address, 1)).length + (await mails(ben.address, 1)).length).toBe(2)
  })

  test('goes out after the object was evicted, and with its alarm run twice', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = await pressed(family)
    await evict(vaultOf(family))
    await evict(mailroom())
    await pass(family, 5_000)
    await evict(vaultOf(family))
    await settle(family)
    expect(await told(family)).toEqual([1, 1])
    expect(await state(family, alert)).toBe('open')
  })

  test('of practice is kept five hundred times, and who made it no longer than it', async () => {
    const family = await committed()
    for (let n = 0; n < 26; n += 1)
      await Promise.all(Array.from({ length: 20 }, () => press(family, newId(), { practice: true })))
    const kept = await dump(vaultOf(family))
    expect([kept.presses?.length, kept.pressed_by?.length]).toEqual([500, 500])
  })

  const pressTimes = async (family: Family, times: number, key = pressKey(family)): Promise<string[]> => {
    const ids = Array.from({ length: times }, newId)
    for (let n = 0; n < times; n += 10)
      await Promise.all(ids.slice(n, n + 10).map((id) => press(family, id, { key })))
    return ids
  }

  test('of one presser is kept a hundred times while an alert is open; the alert, its waves and other pressers are as ever', async () => {
    const luz = newPresser()
    const family = { ...newFamily(), others: [luz] }
    await done('commit', commitOf(family))
    stopClock()
    const first = await pressed(family)
    await press(family, newId(), { key: pressKey({ ...family, presser: luz }) })
    const early = newId()
    await press(family, early)
    vi.setSystemTime(Date.now() + 1)
    const flood = await pressTimes(family, 130)
    const kept = await dump(vaultOf(family))
    // What opened the alert, and hers, beside the newest hundred.
    expect([kept.presses?.length, kept.pressed_by?.length]).toEqual([102, 102])
    for (const id of [first, flood.at(-1)!]) expect(await state(family, id)).toBe('open')
    expect((await status(family, early)).body).toEqual({ error: 'unknown' })
    await pass(family, 10 * 60_000)
    expect(await told(family)).toEqual([2, 2])
    expect((await dump(vaultOf(family))).holds!.length).toBeLessThanOrEqual(102)
    await pressTimes(family, 130)
    await pass(family, 10 * 60_000)
    expect(await told(family)).toEqual([3, 3])
    const { presses } = await dump(vaultOf(family))
    expect(presses!.length).toBeLessThanOrEqual(103)
    expect(new Set(presses!.map(({ wave }) => wave))).toEqual(new Set([1, 2, 3]))
    await clear(family, first)
    await settle(family)
    expect(await told(family)).toEqual([4, 4])
  })

  test('of one presser that waits: however many come after it, the first goes out at its time', async () => {
    const family = await committed(600_000)
    stopClock()
    const first = await pressed(family)
    vi.setSystemTime(Date.now() + 1_000)
    const flood = await pressTimes(family, 130)
    expect((await dump(vaultOf(family))).presses).toHaveLength(101)
    expect(await state(family, flood.at(-1)!)).toBe('counting')
    await pass(family, 599_000)
    expect(await state(family, first)).toBe('open')
    expect(await told(family)).toEqual([1, 1])
  })

  test('many at once with the same id are one', async () => {
    const family = await committed()
    stopClock()
    const alert = newId()
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(family, alert)))
    expect(answers.every(({ status: code }) => code === 200)).toBe(true)
    await settle(family)
    expect(await told(family)).toEqual([1, 1])
  })

  test('is released by whoever asks, should the alarm have been lost', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = await pressed(family)
    await pass({ vault: newFamily().vault }, 6_000)
    expect(await state(family, alert)).toBe('open')
  })
})

describe('cancel', () => {
  test('before the release: nobody hears of it, and what opened the roster is gone', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = await pressed(family)
    expect((await dump(vaultOf(family))).holds).toHaveLength(1)
    expect(PressAnswer.parse((await cancel(family, alert)).body)).toMatchObject({
      state: 'cancelled',
      releaseInMs: 0,
    })
    expect((await dump(vaultOf(family))).holds).toEqual([])
    await pass(family, 60_000)
    expect(await told(family)).toEqual([0, 0])
    expect(await state(family, alert)).toBe('cancelled')
    expect(await alerts(family)).toEqual([])
  })

  test('after the release: changes nothing, and says so', async () => {
    const family = await committed()
    const alert = await pressed(family)
    expect(PressAnswer.parse((await cancel(family, alert)).body).state).toBe('open')
    expect(await state(family, alert)).toBe('open')
  })

  test('before its press: voids the press that comes later', async () => {
    const family = await committed()
    const alert = newId()
    expect(PressAnswer.parse((await cancel(family, alert)).body).state).toBe('cancelled')
    expect(PressAnswer.parse((await press(family, alert)).body).state).toBe('cancelled')
    await settle(family)
    expect(await told(family)).toEqual([0, 0])
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })
})

describe('practice', () => {
  test('goes through the same states, reaches nobody, holds no key and is not listed', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = newId()
    expect((await press(family, alert, { practice: true })).body).toMatchObject({
      state: 'counting',
      practice: true,
    })
    expect((await dump(vaultOf(family))).holds).toEqual([])
    await pass(family, 5_000)
    expect((await status(family, alert)).body).toMatchObject({
      state: 'cleared',
      practice: true,
      counts: NO_COUNTS,
    })
    expect(await told(family)).toEqual([0, 0])
    expect(await alerts(family)).toEqual([])
    expect((await ask('clear', { vault: family.vault, token: family.token, alert, key: null })).text).toBe(
      UNKNOWN,
    )
  })

  test('never joins or holds up a real one', async () => {
    const family = await committed()
    const real = await pressed(family)
    await press(family, newId(), { practice: true })
    expect(await alerts(family)).toMatchObject([{ alert: real, waves: 1 }])
  })
})

describe('two presses', () => {
  test('a second one waits until ten minutes after the last wave, then everybody hears again', async () => {
    const family = await committed()
    stopClock()
    const first = await pressed(family)
    await settle(family)
    await pass(family, 60_000)
    const second = await pressed(family)
    expect(await state(family, second)).toBe('open')
    // What the first one has reached is not said of the second.
    expect(PressAnswer.parse((await status(family, first)).body).counts).toMatchObject({
      sent: 2,
      waiting: 0,
    })
    expect(PressAnswer.parse((await status(family, second)).body).counts).toMatchObject({
      sent: 0,
      waiting: 2,
    })
    await pass(family, 539_999)
    expect(await told(family)).toEqual([1, 1])
    await pass(family, 1)
    expect(await told(family)).toEqual([2, 2])
    expect(await alerts(family)).toMatchObject([{ alert: first, waves: 2 }])
    await pass(family, 700_000)
    await pressed(family)
    await settle(family)
    expect(await told(family)).toEqual([3, 3])
  })

  test('in their delays: each is released at its own time', async () => {
    const family = await committed(5_000)
    stopClock()
    const first = await pressed(family)
    await pass(family, 2_000)
    const second = await pressed(family)
    expect(PressAnswer.parse((await cancel(family, first)).body).state).toBe('cancelled')
    await pass(family, 3_000)
    expect(await state(family, second)).toBe('counting')
    await pass(family, 2_000)
    expect(await state(family, second)).toBe('open')
    expect(await told(family)).toEqual([1, 1])
  })

  test('after an all-clear a press is a new alert', async () => {
    const family = await committed()
    stopClock()
    const first = await pressed(family)
    await clear(family, first)
    const second = await pressed(family)
    await settle(family)
    expect(await alerts(family)).toMatchObject([
      { alert: second, state: 'open' },
      { alert: first, state: 'cleared' },
    ])
    expect(await told(family)).toEqual([3, 3])
  })
})

describe('while a press counts, the owner may change everything', () => {
  test('the press goes to those it was meant for, with the letters it was meant with', async () => {
    const family = await committed(5_000)
    stopClock()
    const alert = await pressed(family)
    const [ana, ben] = family.contacts as [Family['contacts'][0], Family['contacts'][0]]
    const rolled = { ...family, contacts: [{ ...ana, letter: new Uint8Array(16).fill(7) }] }
    await done('commit', commitOf(rolled, 1))
    await pass(family, 70_000)
    expect(await told(family)).toEqual([1, 1])
    expect((await ask('letter', { vault: family.vault, letter: toText(ben.letter) })).body).toMatchObject({
      version: 1,
    })
    expect(await state(family, alert)).toBe('open')
  })

  test('a revoked presser presses no more, and can be told from nothing else', async () => {
    const family = await committed()
    const key = pressKey(family)
    await done(
      'commit',
      commitOf({ ...family, presser: { ...family.presser, secret: new Uint8Array(32) } }, 1),
    )
    const question = { vault: family.vault, key, alert: newId() }
    expect((await ask('press', { ...question, ageMs: 0, practice: false })).text).toBe(UNKNOWN)
    expect((await ask('cancel', question)).text).toBe(UNKNOWN)
  })
})

describe('what does not open', () => {
  test('a press is taken all the same, and never looks as if somebody had been told', async () => {
    const family = newFamily()
    const request = commitOf(family)
    const [presser] = request.pressers as [(typeof request.pressers)[0]]
    await done('commit', { ...request, pressers: [{ ...presser, wrapped: toText(new Uint8Array(73)) }] })
    const alert = await pressed(family)
    await settle(family)
    expect((await status(family, alert)).body).toMatchObject({
      state: 'open',
      counts: { ...NO_COUNTS, contacts: 1, refused: 1 },
    })
  })

  test('a roster that names a letter that is not stored still tells the contact, without that link', async () => {
    const family = newFamily()
    const request = commitOf(family)
    await done('commit', { ...request, letters: request.letters.slice(0, 1) })
    await pressed(family)
    const ben = family.contacts[1]!
    const [mail] = await mails(ben.address, 1)
    expect(mail!.text).not.toContain('/letter#')
    expect(mail!.text).toContain('/stop#')
    expect(rosterOf(family, 1).contacts).toHaveLength(2)
  })
})

describe('links in the messages', () => {
  test('lead to the host that was set, else to where the press came in', async () => {
    const family = await committed()
    await pressed(family)
    expect((await mails(family.contacts[0]!.address, 1))[0]!.text).toContain('https://amparo.test/letter#')
    const takeBack = withEnv({ AMPARO_ORIGIN: 'https://help.example.org' })
    const other = await committed()
    await pressed(other)
    const [mail] = await mails(other.contacts[0]!.address, 1)
    takeBack()
    expect(mail!.text).toContain('https://help.example.org/letter#')
    expect(mail!.text).not.toContain('amparo.test')
  })
})

describe('wrong keys', () => {
  test('a press key of another vault, a token, or any 32 bytes: unknown', async () => {
    const family = await committed()
    const other = await committed()
    for (const key of [pressKey(other), family.token, newKey()]) {
      for (const route of ['cancel', 'status'] as const) {
        expect((await ask(route, { vault: family.vault, key, alert: newId() })).text).toBe(UNKNOWN)
      }
      expect((await press(family, newId(), { key })).text).toBe(UNKNOWN)
    }
    expect((await status(family, newId())).text).toBe(UNKNOWN)
  })
})
