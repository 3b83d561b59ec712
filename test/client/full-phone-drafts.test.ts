import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { SectionDraft } from '../../src/client/device/draft.ts'

/** Without IndexedDB, as in Lockdown Mode. `isFull`: takes nothing more. */
class Store {
  readonly values = new Map<string, string>()
  isFull = false
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    if (this.isFull && value.length > 100) throw new DOMException('full', 'QuotaExceededError')
    this.values.set(key, value)
  }
  removeItem(key: string): void {
    this.values.delete(key)
  }
}
const store = new Store()
vi.stubGlobal('localStorage', store)

const { keepDrafts, keepLeft, readDrafts, unkept } = await import('../../src/client/plan/kept-drafts.ts')
const { vault } = await import('../../src/client/vault/session.ts')
const { random } = await import('../../src/client/vault/random.ts')

const root = random(16)
const typed = (text: string): SectionDraft => ({ id: 'money', entries: [{ accounts: text }], before: null })

beforeEach(async () => {
  store.isFull = false
  vault.value = { root } as NonNullable<typeof vault.value>
  await keepLeft(root, () => [])
})

describe('what is typed into the plan on a phone that is full', () => {
  test('is not lost with the page of its section, and is said not to be kept', async () => {
    expect(await keepDrafts(root, [typed('Banco')])).toBe(true)
    expect(unkept.value).toBe(false)
    store.isFull = true
    expect(await keepDrafts(root, [typed('Banco azul')])).toBe(false)
    expect(await readDrafts(root)).toEqual([typed('Banco azul')])
    expect(unkept.value).toBe(true)
    expect(await readDrafts(random(16))).toEqual([])
  })

  test('is on the phone again once there is room, and gone once it is stored', async () => {
    store.isFull = true
    await keepDrafts(root, [typed('Banco azul')])
    store.isFull = false
    await keepDrafts(root, [typed('Banco verde')])
    expect(unkept.value).toBe(false)
    expect(await readDrafts(root)).toEqual([typed('Banco verde')])
    store.isFull = true
    await keepDrafts(root, [typed('Banco rojo')])
    await keepLeft(root, () => [])
    expect([unkept.value, await readDrafts(root)]).toEqual([false, []])
  })

  test('is gone when the app is locked', async () => {
    store.isFull = true
    await keepDrafts(root, [typed('Banco azul')])
    vault.value = null
    expect([unkept.value, await readDrafts(root)]).toEqual([false, []])
    await keepDrafts(root, [typed('Banco azul')])
    expect([unkept.value, await readDrafts(root)]).toEqual([false, []])
  })
})
