import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { STATUS_OF } from '../../src/protocol/codes.ts'
import { PRESS_AGE_MAX_MS, PRESS_BODY_MAX_BYTES } from '../../src/protocol/limits.ts'
import { PressRequest } from '../../src/protocol/press.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import {
  ageOf,
  askStatus,
  changePress,
  dropPress,
  flush,
  isWaiting,
  merge,
  pressBody,
  queuedPresses,
  sendAnyhow,
  sendPress,
  storePress,
} from '../../src/queue/press-queue.ts'
import { answerOf, fakeLine, fakeStorage, json, pressOf } from './fakes.ts'

const now = () => 61_000
const portal = () => new Response('<!doctype html><h1>Free Wi-Fi</h1>', { status: 200 })

/** Answers that are no answer: none of them may be taken for "received". */
const noAnswer = fc.oneof(
  fc.constant(() => Promise.reject(new TypeError('failed'))),
  fc.constant(portal),
  fc.string().map((text) => () => new Response(text, { status: 200 })),
  fc.json().map((text) => () => new Response(text, { status: 200 })),
  fc.constantFrom(204, 302, 404, 429, 500, 502, 503).map((status) => () => new Response(null, { status })),
  // A true answer but for one thing.
  fc
    .constantFrom<object>(
      { ok: false },
      { state: 'sent' },
      { releaseInMs: -1 },
      { counts: {} },
      { practice: 'no' },
      { extra: 1 },
    )
    .map((fault) => () => json({ ...answerOf('open'), ...fault })),
  fc
    .constantFrom(...Object.keys(STATUS_OF).filter((code) => code !== 'unknown'))
    .map((error) => () => json({ error }, STATUS_OF[error as keyof typeof STATUS_OF])),
  // The right words with the wrong status, as a proxy would say them.
  fc.constant(() => json(answerOf('open'), 502)),
)

describe('a press that waits', () => {
  test('is neither lost nor called received by anything that is not the service’s answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(noAnswer, { minLength: 1, maxLength: 6 }), async (answers) => {
        const storage = fakeStorage()
        await storePress(storage, pressOf(1))
        for (const answer of answers) {
          expect(await flush(storage, now, fakeLine(answer))).toBe(1)
          expect(await queuedPresses(storage)).toEqual([pressOf(1)])
        }
        await flush(
          storage,
          now,
          fakeLine(() => json(answerOf('counting'))),
        )
        expect(await queuedPresses(storage)).toMatchObject([
          { state: 'received', answer: { state: 'counting' } },
        ])
      }),
    )
  })

  test('is dead only when the service says that it does not know the key', async () => {
    const line = fakeLine(() => json({ error: 'unknown' }, 404))
    expect(await sendPress(pressOf(1), now(), line)).toMatchObject({ state: 'dead', answer: null })
    const other = fakeLine(() => json({ error: 'slow-down' }, 429))
    expect(await sendPress(pressOf(1), now(), other)).toEqual(pressOf(1))
  })

  test.each([
    'malformed',
    'too-large',
    'no-route',
    'method',
  ])('answered %s says so, and waits on', async (error) => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    const line = fakeLine(() => json({ error }, 404))
    const sent = await sendPress(pressOf(1), now(), line)
    expect(sent.state).toBe('unfit')
    expect(merge(pressOf(1), sent)).toEqual(pressOf(1, { state: 'unfit' }))
    expect(await flush(storage, now, line)).toBe(1)
  })

  test('stored before the keys rolled goes out with the key of now, and only for the same vault', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    const fresh = toText(new Uint8Array(32).fill(8))
    const line = fakeLine((sent) =>
      sent.body.key === fresh ? json(answerOf('open')) : json({ error: 'unknown' }, 404),
    )
    await storage.set('press', { vault: toText(new Uint8Array(16).fill(7)), key: fresh })
    expect(await sendAnyhow(storage, pressOf(1), now(), line)).toMatchObject({ state: 'dead' })
    await storage.set('press', { vault: pressOf(1).vault, key: fresh, more: true })
    expect(await flush(storage, now, line)).toBe(0)
    expect(await queuedPresses(storage)).toMatchObject([{ state: 'received', key: fresh }])
  })

  test('is not sent again once it was received', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    const line = fakeLine(() => json(answerOf('open')))
    await flush(storage, now, line)
    await flush(storage, now, line)
    expect(line.sent).toHaveLength(1)
  })

  test('goes out although another one does not, and although what is stored beside it is damaged', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    await storePress(storage, pressOf(2))
    const stored = JSON.parse(storage.values.get('presses') ?? '') as unknown[]
    const damaged = [null, 7, 'x', {}, { ...pressOf(3), key: 'short' }, { ...pressOf(4), more: 1 }]
    storage.values.set('presses', JSON.stringify([...damaged, ...stored]))
    const line = fakeLine(({ body }) =>
      body.alert === pressOf(1).alert ? Promise.reject(new TypeError('failed')) : json(answerOf('counting')),
    )
    expect(await flush(storage, now, line)).toBe(1)
    expect(line.sent.map(({ body }) => body.alert)).toEqual([pressOf(1).alert, pressOf(2).alert])
    expect(await queuedPresses(storage)).toMatchObject([
      { alert: pressOf(1).alert, state: 'waiting' },
      { alert: pressOf(2).alert, state: 'received' },
    ])
  })

  test.each([null, 'presses', 7, {}, [[]]])('is stored also where %j stood', async (before) => {
    const storage = fakeStorage()
    storage.values.set('presses', JSON.stringify(before))
    await storePress(storage, pressOf(1))
    expect(await queuedPresses(storage)).toEqual([pressOf(1)])
  })

  test('is kept however many others are, the settled ones making room', async () => {
    const storage = fakeStorage()
    for (let at = 0; at < 15; at += 1) await storePress(storage, pressOf(at, { state: 'dead' }))
    for (let at = 20; at < 50; at += 1) await storePress(storage, pressOf(at))
    const kept = await queuedPresses(storage)
    expect(kept.filter(isWaiting)).toHaveLength(30)
    expect(kept.filter((press) => !isWaiting(press)).length).toBeLessThan(15)
  })

  test('tells the service only what the protocol names, in at most 600 bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true }), fc.double({ noNaN: true }), async (heldAt, at) => {
        const body = pressBody(pressOf(1, { heldAt }), at)
        expect(PressRequest.parse(JSON.parse(body)).ageMs).toBeLessThanOrEqual(PRESS_AGE_MAX_MS)
        expect(body.length).toBeLessThanOrEqual(PRESS_BODY_MAX_BYTES)
      }),
    )
  })

  test('has the age of its hold, none if the clock was set back, the most there is if far ahead', () => {
    const press = pressOf(1, { heldAt: 1_000 })
    expect(ageOf(press, 61_000)).toBe(60_000)
    expect(ageOf(press, 1_000.4)).toBe(0)
    expect(ageOf(press, 0)).toBe(0)
    expect(ageOf(press, Number.MAX_SAFE_INTEGER)).toBe(PRESS_AGE_MAX_MS)
  })
})

describe('a press that was taken back', () => {
  test('sends its cancel, and never the press', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1, { cancelled: true }))
    const line = fakeLine(() => json(answerOf('cancelled')))
    await flush(storage, now, line)
    expect(line.sent.map(({ route }) => route)).toEqual([ROUTES.cancel])
    expect(Object.keys(line.sent[0]?.body ?? {}).sort()).toEqual(['alert', 'key', 'vault'])
  })

  test('while it is on its way is still to be cancelled afterwards', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    let arrived: (answer: Response) => void = () => undefined
    const slow = fakeLine(() => new Promise((resolve) => (arrived = resolve)))
    const flushing = flush(storage, now, slow)
    await expect.poll(() => slow.sent.length).toBe(1)
    await changePress(storage, pressOf(1).alert, (press) => ({ ...press, cancelled: true }))
    arrived(json(answerOf('counting')))
    expect(await flushing).toBe(1)
    expect(await queuedPresses(storage)).toMatchObject([{ cancelled: true, state: 'waiting', answer: null }])

    const line = fakeLine(() => json(answerOf('cancelled')))
    await flush(storage, now, line)
    expect(line.sent.map(({ route }) => route)).toEqual([ROUTES.cancel])
    expect(await queuedPresses(storage)).toMatchObject([
      { state: 'received', answer: { state: 'cancelled' } },
    ])
  })

  test('too late shows what the service says, which is that it is open', async () => {
    const line = fakeLine(() => json(answerOf('open')))
    expect(await sendPress(pressOf(1, { cancelled: true }), now(), line)).toMatchObject({
      cancelled: true,
      answer: { state: 'open' },
    })
  })
})

describe('merging an answer', () => {
  const states = fc.constantFrom('waiting', 'received', 'dead')
  test('never undoes what the person did meanwhile', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), states, (mine, theirs, state) => {
        const current = pressOf(1, { cancelled: mine })
        const sent = pressOf(1, { cancelled: theirs, state, answer: answerOf('open') })
        const merged = merge(current, sent)
        expect(merged.cancelled).toBe(mine)
        if (mine !== theirs) expect(merged).toEqual(current)
        else if (state === 'waiting') expect(merged).toEqual(current)
        else expect(merged).toMatchObject({ state, answer: answerOf('open') })
      }),
    )
  })
})

describe('flushing from several places at once', () => {
  test('does no harm: each press is received, none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2, max: 4 }),
        fc.infiniteStream(fc.constantFrom<'yes' | 'no' | 'portal'>('yes', 'no', 'portal')),
        async (count, places, luck) => {
          const storage = fakeStorage()
          for (let at = 0; at < count; at += 1) await storePress(storage, pressOf(at))
          const line = fakeLine(() => {
            const next = luck.next().value
            if (next === 'portal') return portal()
            return next === 'yes' ? json(answerOf('counting')) : Promise.reject(new TypeError('failed'))
          })
          const added = storePress(storage, pressOf(count))
          await Promise.all([...Array.from({ length: places }, () => flush(storage, now, line)), added])
          const between = await queuedPresses(storage)
          expect(between).toHaveLength(count + 1)
          for (const press of between) expect(press.state === 'received').toBe(press.answer !== null)
          await flush(
            storage,
            now,
            fakeLine(() => json(answerOf('counting'))),
          )
          expect((await queuedPresses(storage)).every(({ state }) => state === 'received')).toBe(true)
        },
      ),
    )
  })

  test('a press that was let go meanwhile does not come back', async () => {
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    await flush(
      storage,
      now,
      fakeLine(async () => {
        await dropPress(storage, pressOf(1).alert)
        return json(answerOf('cancelled'))
      }),
    )
    expect(await queuedPresses(storage)).toEqual([])
  })
})

describe('asking how a press stands', () => {
  test('changes it only by a true answer', async () => {
    const received = pressOf(1, { state: 'received', answer: answerOf('counting') })
    await fc.assert(
      fc.asyncProperty(noAnswer, async (answer) => {
        expect(await askStatus(received, fakeLine(answer))).toEqual(received)
      }),
    )
    const line = fakeLine(() => json(answerOf('open')))
    expect(await askStatus(received, line)).toMatchObject({ answer: { state: 'open' } })
    expect(line.sent.map(({ route }) => route)).toEqual([ROUTES.status])
  })
})
