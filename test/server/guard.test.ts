import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_ROOT } from '../../src/crypto/guard.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { ask, committed, done, press } from './api.ts'
import { commitOf, type Family, newFamily, newId, newKey, random } from './family.ts'
import { newPhone, opened, type Phone, setBody, tryBody, tryDuress, tryRight, tryWrong } from './guarded.ts'
import { bindings, dump, evict, pass, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const sharesOf = async ({ vault }: Pick<Family, 'vault'>): Promise<string[]> =>
  (await bindings.SEALED.list({ prefix: `share/${vault}/` })).keys.map(({ name }) => name)

/** Longer than any wait between two tries. */
const HOURS_MS = 4 * 3_600_000

const guarded = async (): Promise<Phone> => {
  const phone = newPhone(await committed())
  await done('guardSet', setBody(phone))
  return phone
}

/** One wrong PIN after the other, waiting as told. */
const wrongs = async (phone: Phone, count: number) => {
  const answers = []
  for (let n = 0; n < count; n += 1) {
    answers.push(await tryWrong(phone))
    await pass(phone.family, HOURS_MS)
  }
  return answers.map(({ body }) => body)
}

beforeEach(stopClock)
afterEach(startClock)

describe('a PIN', () => {
  test('is given its share, which with the phone opens the root; the share alone opens nothing', async () => {
    const phone = await guarded()
    const right = await tryRight(phone)
    expect(Object.keys(right.body)).toEqual(['ok', 'share'])
    expect(opened(phone, phone.stretched[0], right.body.share)).toEqual(phone.family.root)
    expect(opened(phone, random(32), right.body.share)).toBeNull()
  })

  test('of duress is answered like the other one, and opens nothing', async () => {
    const phone = await guarded()
    const [right, duress] = [await tryRight(phone), await tryDuress(phone)]
    expect([duress.status, Object.keys(duress.body), duress.text.length]).toEqual([
      ...[right.status, Object.keys(right.body), right.text.length],
    ])
    expect(opened(phone, phone.stretched[1], duress.body.share)).toEqual(NO_ROOT)
    expect(opened(phone, phone.stretched[1], right.body.share)).toBeNull()
  })

  test('leaves no share in the object, whose storage has a history', async () => {
    const phone = await guarded()
    await tryWrong(phone)
    await tryRight(phone)
    const stored = JSON.stringify(await dump(vaultOf(phone.family)))
    for (const secret of [...phone.shares, phone.device, ...phone.stretched])
      expect(stored).not.toContain(toText(secret))
    const tried = tryBody(phone, phone.stretched[0])
    for (const token of [tried.device, tried.pin]) expect(stored).not.toContain(token)
    expect(await sharesOf(phone.family)).toHaveLength(1)
  })

  test('set twice, or twice at once, is set once; of the same guard another one is refused', async () => {
    const phone = newPhone(await committed())
    const both = await Promise.all([ask('guardSet', setBody(phone)), ask('guardSet', setBody(phone))])
    expect(both.map(({ text }) => text)).toEqual(['{"ok":true}', '{"ok":true}'])
    await done('guardSet', setBody(phone))
    const other = { ...setBody(newPhone(phone.family)), guard: toText(phone.guard) }
    expect((await ask('guardSet', other)).body).toEqual({ error: 'malformed' })
    await pass(phone.family, HOURS_MS)
    expect(await sharesOf(phone.family)).toHaveLength(1)
    expect((await tryRight(phone)).status).toBe(200)
  })

  test('is asked of each phone for itself', async () => {
    const phone = await guarded()
    const second = newPhone(phone.family)
    await done('guardSet', setBody(second))
    await wrongs(phone, 10)
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    const right = await tryRight(second)
    expect(opened(second, second.stretched[0], right.body.share)).toEqual(phone.family.root)
    await done('guardRemove', { vault: second.family.vault, token: second.family.token, guard: null })
    expect((await tryRight(second)).body).toEqual({ error: 'unknown' })
  })

  test('that is changed is a new guard beside the old one, which then goes', async () => {
    const phone = await guarded()
    const { vault, token } = phone.family
    const next = newPhone(phone.family)
    await done('guardSet', setBody(next))
    expect((await tryRight(phone)).status).toBe(200)
    const gone = { vault, token, guard: toText(phone.guard) }
    for (const _ of ['once', 'twice']) await done('guardRemove', gone)
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    expect((await tryRight(next)).status).toBe(200)
    await pass(phone.family, 1_000)
    expect(await sharesOf(phone.family)).toHaveLength(1)
  })

  test('stays where the vault is committed again, and goes with it', async () => {
    const phone = await guarded()
    const { vault, token } = phone.family
    await done('commit', commitOf(phone.family, 1))
    expect((await tryRight(phone)).status).toBe(200)
    await done('delete', { vault, token })
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    await pass(phone.family, 1_000)
    expect(await sharesOf(phone.family)).toEqual([])
  })

  test('sixteen phones have, and no more', async () => {
    const phone = await guarded()
    for (let n = 1; n < 16; n += 1) await done('guardSet', setBody(newPhone(phone.family)))
    expect((await ask('guardSet', setBody(newPhone(phone.family)))).body).toEqual({ error: 'full' })
    await done('guardSet', setBody(phone))
  })

  test('that KV does not take is not set, and what came of it is swept', async () => {
    const phone = newPhone(await committed())
    const broken = { put: () => Promise.reject(new Error('down')) }
    const takeBack = withEnv({ SEALED: broken })
    await evict(vaultOf(phone.family))
    expect((await ask('guardSet', setBody(phone))).body).toEqual({ error: 'try-again' })
    takeBack()
    await evict(vaultOf(phone.family))
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    await done('guardSet', setBody(phone))
    expect((await tryRight(phone)).status).toBe(200)
    await pass(phone.family, HOURS_MS)
    expect(await sharesOf(phone.family)).toHaveLength(1)
    expect((await dump(vaultOf(phone.family))).sealed_keys?.every(({ state }) => state === 'live')).toBe(true)
  })
})

describe('wrong PINs', () => {
  test('cost nothing four times, then wait; the tenth erases the share', async () => {
    const phone = await guarded()
    const answers = await wrongs(phone, 10)
    const waits = [0, 0, 0, 0, 1, 5, 15, 60, 180].map((minutes) => minutes * 60_000)
    expect(answers).toEqual([
      ...waits.map((waitMs, at) => ({ error: 'wrong-pin', waitMs, triesLeft: 9 - at })),
      { error: 'unknown' },
    ])
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    expect(await sharesOf(phone.family)).toEqual([])
    expect((await dump(vaultOf(phone.family))).guards).toEqual([])
  })

  test('while they wait are not looked at, and the right one neither', async () => {
    const phone = await guarded()
    for (let n = 0; n < 5; n += 1) await tryWrong(phone)
    expect((await tryRight(phone)).body).toEqual({ error: 'wait', waitMs: 60_000 })
    for (let n = 0; n < 20; n += 1) expect((await tryWrong(phone)).body.error).toBe('wait')
    await pass(phone.family, 60_000)
    expect((await tryRight(phone)).status).toBe(200)
    const { vault, token } = phone.family
    for (const _ of ['once', 'twice']) await done('guardOpened', { vault, token, guard: toText(phone.guard) })
    expect((await tryWrong(phone)).body).toEqual({ error: 'wrong-pin', waitMs: 0, triesLeft: 9 })
  })

  test('with the duress PIN between them are counted on: who was told that one guesses no more than ten', async () => {
    const phone = await guarded()
    for (let n = 1; n <= 10; n += 1) {
      expect((await tryDuress(phone)).status).toBe(200)
      expect((await tryWrong(phone)).body.error).toBe(n < 10 ? 'wrong-pin' : 'unknown')
      await pass(phone.family, HOURS_MS)
    }
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    expect(await sharesOf(phone.family)).toEqual([])
  })

  test('ten at once are counted one by one: five, and the others wait', async () => {
    const phone = await guarded()
    const answers = await Promise.all(Array.from({ length: 10 }, () => tryWrong(phone)))
    const count = (error: string) => answers.filter(({ body }) => body.error === error).length
    expect([count('wrong-pin'), count('wait')]).toEqual([5, 5])
    expect((await dump(vaultOf(phone.family))).guards?.[0]?.wrong).toBe(5)
  })

  test('ten at once after nine erase the share once, and never give it out', async () => {
    const phone = await guarded()
    await wrongs(phone, 9)
    const answers = await Promise.all(Array.from({ length: 10 }, () => tryWrong(phone)))
    expect(answers.map(({ body }) => body.error)).toEqual(Array.from({ length: 10 }, () => 'unknown'))
    await pass(phone.family, 1_000)
    expect(await sharesOf(phone.family)).toEqual([])
  })

  test('are counted across evictions of the object', async () => {
    const phone = await guarded()
    for (let n = 0; n < 10; n += 1) {
      await evict(vaultOf(phone.family))
      expect((await tryWrong(phone)).body.error).toBe(n < 9 ? 'wrong-pin' : 'unknown')
      await pass(phone.family, HOURS_MS)
    }
    await evict(vaultOf(phone.family))
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
  })

  test('that erased the share erase it in KV, too, as soon as KV is there again; meanwhile nobody is pointed to it', async () => {
    const phone = await guarded()
    const { SEALED } = bindings
    const slow = {
      get: SEALED.get.bind(SEALED),
      put: SEALED.put.bind(SEALED),
      delete: () => Promise.reject(new Error('down')),
    }
    const takeBack = withEnv({ SEALED: slow })
    await evict(vaultOf(phone.family))
    await wrongs(phone, 10)
    expect(await sharesOf(phone.family)).toHaveLength(1)
    expect((await tryRight(phone)).body).toEqual({ error: 'unknown' })
    takeBack()
    await evict(vaultOf(phone.family))
    await pass(phone.family, HOURS_MS)
    expect(await sharesOf(phone.family)).toEqual([])
  })

  test('leave the button and the recovery words as they were', async () => {
    const phone = await guarded()
    await wrongs(phone, 10)
    expect((await press(phone.family, newId())).body).toMatchObject({ ok: true, state: 'open' })
    const { vault, token } = phone.family
    expect((await ask('open', { vault, token })).status).toBe(200)
  })
})

describe('a stranger who knows the vault id, and even the guard’s', () => {
  test('gets one answer, byte for byte, and ten of his tries change nothing', async () => {
    const phone = await guarded()
    const before = JSON.stringify(await dump(vaultOf(phone.family)))
    const right = tryBody(phone, phone.stretched[0])
    const guesses = [
      ...Array.from({ length: 10 }, () => ({ ...right, device: newKey(), pin: newKey() })),
      { ...right, device: newKey() },
      { ...right, guard: newId() },
      { ...right, vault: newFamily().vault },
    ]
    const answers = await Promise.all(guesses.map((body) => ask('guardTry', body)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['404 {"error":"unknown"}']),
    )
    expect(JSON.stringify(await dump(vaultOf(phone.family)))).toBe(before)
    expect((await tryRight(phone)).status).toBe(200)
  })

  test('sets and removes nothing', async () => {
    const phone = await guarded()
    const stolen = { ...setBody(newPhone(phone.family)), token: newKey() }
    expect((await ask('guardSet', stolen)).body).toEqual({ error: 'unknown' })
    const { vault } = phone.family
    expect((await ask('guardRemove', { vault, token: newKey(), guard: null })).body.error).toBe('unknown')
    await tryWrong(phone)
    const saying = { vault, token: newKey(), guard: toText(phone.guard) }
    expect((await ask('guardOpened', saying)).body).toEqual({ error: 'unknown' })
    expect((await dump(vaultOf(phone.family))).guards?.[0]?.wrong).toBe(1)
    expect((await tryRight(phone)).status).toBe(200)
  })
})
