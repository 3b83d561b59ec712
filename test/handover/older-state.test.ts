import { afterEach, expect, test, vi } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { fetchVault } from '../../src/client/vault/session.ts'
import { sealDocument } from '../../src/crypto/document.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { newDocument } from './family.ts'

/** A server that lies about time. */
afterEach(() => vi.unstubAllGlobals())

const serve = (root: Uint8Array, version: number): void => {
  const document = toText(sealDocument(root, version, newDocument(), random))
  vi.stubGlobal('fetch', async () => Response.json({ ok: true, version, document }))
}

test('a state older than the last that this device saw is refused', async () => {
  const root = random(16)
  serve(root, 6)
  expect(await fetchVault(root, 6)).toMatchObject({ ok: true, value: { version: 6 } })
  expect(await fetchVault(root, 7)).toEqual({ ok: false, trouble: 'older' })
})

test('an old document under a new number is unreadable', async () => {
  const root = random(16)
  const document = toText(sealDocument(root, 6, newDocument(), random))
  vi.stubGlobal('fetch', async () => Response.json({ ok: true, version: 7, document }))
  expect(await fetchVault(root, 7)).toEqual({ ok: false, trouble: 'unreadable' })
})
