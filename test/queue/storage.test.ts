import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { queuedPresses, storePress } from '../../src/queue/press-queue.ts'
import { firstOf, localStorageOf } from '../../src/queue/storage.ts'
import { fakeStorage, pressOf } from './fakes.ts'

const fakeArea = () => {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

describe('two stores as one', () => {
  test('always give what was written last, whichever was full when', async () => {
    const steps = fc.array(
      fc.record({ full: fc.boolean(), how: fc.constantFrom('set', 'update', 'delete') }),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const first = fakeStorage()
        const both = firstOf(first, fakeStorage())
        let last: number[] | undefined
        for (const [at, { full, how }] of wanted.entries()) {
          first.full = full
          if (how === 'delete') {
            await both.delete('key')
            last = undefined
          } else if (how === 'set') {
            await both.set('key', [at])
            last = [at]
          } else {
            await both.update('key', (old) => [...((old as number[] | undefined) ?? []), at])
            last = [...(last ?? []), at]
          }
          expect(await both.get('key')).toEqual(last)
        }
      }),
    )
  })

  test('fail only when both do, and then nothing that was stored is lost', async () => {
    const [first, second] = [fakeStorage(), fakeStorage()]
    const both = firstOf(first, second)
    await both.set('key', 1)
    first.full = true
    second.full = true
    await expect(both.set('key', 2)).rejects.toThrow('storage')
    await expect(both.update('key', () => 2)).rejects.toThrow('storage')
    expect(await both.get('key')).toBe(1)
  })

  test('go on with the second where the first does not even read', async () => {
    const first = fakeStorage()
    const both = firstOf(first, fakeStorage())
    first.broken = true
    await both.set('key', 1)
    await both.update('key', (old) => [old, 2])
    expect(await both.get('key')).toEqual([1, 2])
  })

  test('say so where the first did not let go of what it holds: it comes back when it answers', async () => {
    const first = fakeStorage()
    const both = firstOf(first, fakeStorage())
    await both.set('key', 1)
    first.broken = true
    await expect(both.delete('key')).rejects.toThrow('storage')
    first.broken = false
    expect(await both.get('key')).toBe(1)
    await both.delete('key')
    expect(await both.get('key')).toBeUndefined()
  })

  test('keep a press beside the older ones, although the first is full', async () => {
    const first = fakeStorage()
    const both = firstOf(first, fakeStorage())
    await storePress(both, pressOf(1))
    first.full = true
    await storePress(both, pressOf(2))
    expect(await queuedPresses(both)).toEqual([pressOf(1), pressOf(2)])
    first.full = false
    await storePress(both, pressOf(3))
    expect(await queuedPresses(both)).toEqual([pressOf(1), pressOf(2), pressOf(3)])
    expect(await queuedPresses(first)).toHaveLength(3)
  })
})

describe('localStorage', () => {
  test('gives back what was put in, and keeps apart from what others keep there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const area = fakeArea()
        const storage = localStorageOf(area as unknown as globalThis.Storage)
        await storage.set('key', value)
        expect(JSON.stringify(await storage.get('key'))).toBe(JSON.stringify(value))
        expect([...area.values.keys()]).toEqual(['amparo/key'])
        await storage.delete('key')
        expect(area.values.size).toBe(0)
      }),
    )
  })

  test('that holds something else than JSON has nothing under that key', async () => {
    const area = fakeArea()
    area.values.set('amparo/key', '{"half":')
    const storage = localStorageOf(area as unknown as globalThis.Storage)
    expect(await storage.get('key')).toBeUndefined()
    await storage.update('key', (old) => [old ?? null])
    expect(await storage.get('key')).toEqual([null])
  })
})
