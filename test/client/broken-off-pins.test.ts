import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readEnvelope } from '../../src/client/device/owner.ts'
import { beginVault } from '../../src/client/vault/begin.ts'
import { newPresser } from '../../src/client/vault/document.ts'
import { setPin } from '../../src/client/vault/pin.ts'
import { newKey, random } from '../../src/client/vault/random.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { GUARDS_MAX } from '../../src/protocol/limits.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import { stubWorld } from './start-over-world.ts'

// Argon2id is another test's.
vi.mock('../../src/client/vault/stretch.ts', () => ({
  stretch: async ({ word, secret }: { word: string; secret: Uint8Array }) =>
    tokenHash(new Uint8Array([...new TextEncoder().encode(word), ...secret])),
}))

const down = new Set<string>()
const removed: string[] = []
beforeAll(() => {
  stubWorld()
  const inside = globalThis.fetch
  vi.stubGlobal('fetch', async (route: string, init: RequestInit) => {
    if (down.has(route)) throw new TypeError('no line')
    if (route === ROUTES.guardRemove) removed.push((JSON.parse(String(init.body)) as { guard: string }).guard)
    return inside(route, init)
  })
})
afterAll(() => vi.unstubAllGlobals())

const former = async (): Promise<readonly string[]> => {
  const found = await readEnvelope()
  return found.kind === 'record' ? found.record.former : []
}
const set = () => setPin('258036', null, () => undefined)

test('PIN changes that broke off, however many: the service is told to forget each of them', async () => {
  const presser = newPresser('This phone', 1)
  const document: VaultDocument = {
    ...{ v: 1, name: 'Ana', language: 'en', hotline: 'us-migrawatch', zone: 'UTC', situation: newKey() },
    ...{ contacts: [], pressers: [presser], lead: null, former: [], wordsConfirmedAt: 1, practisedAt: 1 },
    ...{ rolledAfter: [], plan: null },
  }
  expect((await beginVault(random(16), presser.id, document, null, () => undefined)).ok).toBe(true)
  down.add(ROUTES.guardSet).add(ROUTES.guardRemove)
  for (let n = 0; n < GUARDS_MAX; n += 1) expect((await set()).ok).toBe(false)
  const known = await former()
  expect(known).toHaveLength(GUARDS_MAX)
  // One more would push the first one out of what the phone remembers.
  expect(await set()).toEqual({ ok: false, trouble: 'no-line' })
  expect(await former()).toEqual(known)
  down.clear()
  expect((await set()).ok).toBe(true)
  expect(removed).toEqual(known)
  expect(await former()).toEqual([])
})
