import { beforeEach, describe, expect, test, vi } from 'vitest'

/** The Cache API of a browser, as far as it is used here. `fails`: it does not answer this time. */
const cache = { body: null as string | null, fails: false }
const check = () => {
  if (cache.fails) throw new Error('no answer')
}
vi.stubGlobal('caches', {
  match: async () => {
    check()
    return cache.body === null ? undefined : new Response(cache.body)
  },
  open: async () => ({
    put: async (_: string, response: Response) => {
      cache.body = await response.text()
    },
  }),
  delete: async () => {
    cache.body = null
    return true
  },
})
const values = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => values.get(key) ?? null,
  setItem: (key: string, value: string) => void values.set(key, value),
  removeItem: (key: string) => void values.delete(key),
})

const { keepNumber, readNumbers, renameNumbers } = await import('../../src/client/device/numbers.ts')
const { newId } = await import('../../src/client/vault/random.ts')

const [rosa, jose, luz] = [newId(), newId(), newId()]

beforeEach(async () => {
  cache.fails = false
  cache.body = null
  expect(await keepNumber(rosa, '4085550100')).toBe(true)
  expect(await keepNumber(jose, '4085550101')).toBe(true)
})

describe('numbers for the last resort', () => {
  test('are not lost by one that is added while the phone does not say what it keeps', async () => {
    cache.fails = true
    expect(await keepNumber(luz, '4085550102')).toBe(false)
    expect(await readNumbers()).toEqual([])
    cache.fails = false
    expect((await readNumbers()).map(({ contact }) => contact)).toEqual([rosa, jose])
  })

  test('stay with their people where these get other ids, and that may be done twice', async () => {
    const ids = new Map([
      [rosa, luz],
      [newId(), newId()],
    ])
    await renameNumbers(ids)
    await renameNumbers(ids)
    expect(await readNumbers()).toEqual([
      { contact: luz, number: '4085550100' },
      { contact: jose, number: '4085550101' },
    ])
  })
})
