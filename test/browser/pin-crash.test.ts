import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeGuard, opensBy, stretchPin, tryRequestOf } from '../../src/client/vault/guard-slots.ts'
import { newKey } from '../../src/client/vault/random.ts'
import type { GuardTryRequest } from '../../src/protocol/guard.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { dumpDisk } from '../handover/disk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { askAsOwner, type Family, makeFamily, press, stretch } from './support/family.ts'
import { PIN } from './support/pin.ts'

/** Wrong PINs at the real Worker, in parallel and across its death. */
const HOUR_MS = 3_600_000
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server?.stop())

type Answer = { ok?: true; share?: string; error?: string; waitMs?: number }

const tried = async (body: GuardTryRequest): Promise<Answer> => {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return (await (await fetch(server.origin + ROUTES.guardTry, init)).json()) as Answer
}

/** @returns wrong PINs that stand on the disk, of each guard */
const counted = async (): Promise<number[]> => {
  const { vault } = await dumpDisk(server.persistTo)
  return (vault?.guards ?? []).map(({ wrong }) => Number(wrong))
}

/** The server dies, and is back when its clock is `ms` further. */
const diesFor = async (ms: number): Promise<void> => {
  await server.kill()
  await server.restart(server.now() + ms)
}

describe('ten wrong PINs', () => {
  test('in parallel, and across the death of the server, erase the share; words and button still work', async () => {
    const family: Family = await makeFamily(server.origin, { delayMs: 0 })
    const { guard, request } = await makeGuard(family.root, PIN, null, stretch, () => undefined)
    expect(await askAsOwner(server.origin, family.root, ROUTES.guardSet, { ...request })).toEqual({
      ok: true,
    })
    const stretched = await stretchPin(guard, PIN, stretch, () => undefined)
    const right = tryRequestOf(guard, stretched)
    const wrong = () => tried({ ...right, pin: newKey() })

    // A stranger who knows the vault's id, and even the guard's.
    const strangers = await Promise.all(
      Array.from({ length: 10 }, () => tried({ ...right, device: newKey(), pin: newKey() })),
    )
    expect(strangers.map(({ error }) => error)).toEqual(Array.from({ length: 10 }, () => 'unknown'))
    const given = await tried(right)
    expect(opensBy(guard, stretched, given.share ?? '')).toEqual(family.root)

    const first = await Promise.all(Array.from({ length: 10 }, wrong))
    expect(first.filter(({ error }) => error === 'wrong-pin')).toHaveLength(5)
    expect(first.filter(({ error }) => error === 'wait')).toHaveLength(5)

    for (let count = 5; count < 10; count += 1) {
      const { error, waitMs = 0 } = await tried(right)
      expect([error, waitMs > 0]).toEqual(['wait', true])
      expect(await counted()).toEqual([count])
      // A wait of hours is no shorter by a death in it.
      const early = waitMs > HOUR_MS ? waitMs - HOUR_MS : 0
      if (early > 0) {
        await diesFor(early)
        expect((await tried(right)).error).toBe('wait')
      }
      await diesFor(waitMs - early + 1_000)
      // Two at once: one is counted, and the other waits, or finds nothing any more.
      const both = (await Promise.all([wrong(), wrong()])).map(({ error }) => error).sort()
      expect(both).toEqual(count < 9 ? ['wait', 'wrong-pin'] : ['unknown', 'unknown'])
    }
    expect(await tried(right)).toEqual({ error: 'unknown' })
    expect(await counted()).toEqual([])
    await diesFor(24 * HOUR_MS)
    expect(await tried(right)).toEqual({ error: 'unknown' })

    expect((await askAsOwner(server.origin, family.root, ROUTES.open)).ok).toBe(true)
    await press(server.origin, family)
    const { alerts } = (await askAsOwner(server.origin, family.root, ROUTES.alerts)) as { alerts: object[] }
    expect(alerts).toHaveLength(1)
  })
})
