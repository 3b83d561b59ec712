import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  flushOnce,
  isWaiting,
  type QueuedPress,
  queuedPresses,
  storePress,
} from '../../src/queue/press-queue.ts'
import { firstOf } from '../../src/queue/storage.ts'
import { unite, unitePresses } from '../../src/queue/unite.ts'
import { answerOf, fakeLine, fakeStorage, idOf, json, pressOf } from './fakes.ts'

afterEach(() => vi.unstubAllGlobals())

describe('two stores that disagree', () => {
  test('hide no press: one that was stored while IndexedDB did not answer stands beside those from before', async () => {
    const [first, second] = [fakeStorage(), fakeStorage()]
    await storePress(first, pressOf(1))
    // A page in which IndexedDB did not open has localStorage alone.
    await storePress(second, pressOf(2))
    const both = firstOf(first, second, unite)
    expect(await queuedPresses(both)).toEqual([pressOf(1), pressOf(2)])
    await storePress(both, pressOf(3))
    expect(await queuedPresses(first)).toEqual([pressOf(1), pressOf(2), pressOf(3)])
    expect(await second.get('presses')).toBeUndefined()
  })

  test('hide none either when IndexedDB fails in the middle', async () => {
    const [first, second] = [fakeStorage(), fakeStorage()]
    const both = firstOf(first, second, unite)
    await storePress(both, pressOf(1))
    first.broken = true
    await storePress(both, pressOf(2))
    first.broken = false
    expect((await queuedPresses(both)).map(({ alert }) => alert)).toEqual([idOf(1), idOf(2)])
    first.full = true
    await storePress(both, pressOf(3))
    first.full = false
    await storePress(both, pressOf(4))
    expect(await queuedPresses(first)).toHaveLength(4)
  })

  test('do not take away what another tab puts into the second while the first works again', async () => {
    const [first, second] = [fakeStorage(), fakeStorage()]
    await storePress(second, pressOf(1))
    const late = {
      ...first,
      update: async (key: string, change: (old: unknown) => unknown) => {
        await first.update(key, change)
        await storePress(second, pressOf(2))
      },
    }
    await storePress(firstOf(late, second, unite), pressOf(3))
    const all = await queuedPresses(firstOf(first, second, unite))
    expect(new Set(all.map(({ alert }) => alert))).toEqual(new Set([idOf(1), idOf(2), idOf(3)]))
  })

  test('never lose a waiting press, whatever is stored where, and when which store fails', async () => {
    const step = fc.record({
      how: fc.constantFrom('fine', 'full', 'broken'),
      alert: fc.integer({ min: 0, max: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const [first, second] = [fakeStorage(), fakeStorage()]
        const both = firstOf(first, second, unite)
        const stored = new Set<string>()
        for (const { how, alert } of steps) {
          first.full = how === 'full'
          first.broken = how === 'broken'
          await storePress(both, pressOf(alert))
          stored.add(idOf(alert))
        }
        first.full = false
        first.broken = false
        const waiting = (await queuedPresses(both)).filter(isWaiting)
        expect(new Set(waiting.map(({ alert }) => alert))).toEqual(stored)
      }),
    )
  })
})

describe('one press in two stores', () => {
  const at = (more: Partial<QueuedPress>): QueuedPress => pressOf(1, more)
  const received = (state: 'counting' | 'open' | 'cleared') =>
    at({ state: 'received', answer: answerOf(state) })

  test.each([
    ['what was taken back stays so', at({ cancelled: true }), received('open'), at({ cancelled: true })],
    ['what was received is not sent again', at({}), received('open'), received('open')],
    ['the later answer counts', received('counting'), received('cleared'), received('cleared')],
    ['what waits is rather sent again than given up', at({ state: 'dead' }), at({}), at({})],
  ])('%s, whichever store has it', (_, a, b, expected) => {
    expect(unitePresses([a], [b])).toEqual([expected])
    expect(unitePresses([b], [a])).toEqual([expected])
  })

  test('what this version cannot read stays, once', () => {
    expect(unitePresses([{ other: 1 }, at({})], [{ other: 1 }, { other: 2 }])).toEqual([
      { other: 1 },
      at({}),
      { other: 2 },
    ])
  })

  test('of anything else than presses, the newer counts', () => {
    expect(unite('press', [1], [2])).toEqual([2])
    expect(unite('presses', { damaged: true }, [2])).toEqual([2])
  })
})

describe('a lock that a frozen page holds', () => {
  test('holds up no press for longer than a moment', async () => {
    const never = (_: string, { signal }: { signal: AbortSignal }) =>
      new Promise((__, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const line = fakeLine(() => json(answerOf('counting')))
    vi.stubGlobal('navigator', { locks: { request: never } })
    vi.stubGlobal('fetch', line.fetch)
    const storage = fakeStorage()
    await storePress(storage, pressOf(1))
    expect(await flushOnce(storage, () => 2_000, 20)).toBe(0)
    expect(line.sent).toHaveLength(1)
  })

  test('that is free is used, and what fails under it is not tried a second time', async () => {
    const request = async (_: string, __: object, act: () => Promise<unknown>) => act()
    vi.stubGlobal('navigator', { locks: { request } })
    const storage = fakeStorage()
    storage.broken = true
    await expect(flushOnce(storage, () => 2_000, 20)).rejects.toThrow('storage')
  })
})
