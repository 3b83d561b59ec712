import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeGuard, opensBy, stretchPin, tryRequestOf } from '../../src/client/vault/guard-slots.ts'
import { newKey } from '../../src/client/vault/random.ts'
import type { GuardTryRequest } from '../../src/protocol/guard.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { askAsOwner, type Family, makeFamily, press, stretch } from './support/family.ts'
import { PIN } from './support/pin.ts'

/** Wrong PINs at the real Worker, in parallel and across its death. */
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

/** The time that a wait takes, passed on the disk of a server that is down. @returns wrong PINs that stand there */
const passWaits = async (): Promise<number[]> => {
  const files = await readdir(server.persistTo, { recursive: true })
  return files
    .filter((file) => file.endsWith('.sqlite'))
    .flatMap((file) => {
      const database = new DatabaseSync(join(server.persistTo, file))
      try {
        const tables = database.prepare("SELECT name FROM sqlite_master WHERE name = 'guards'").all()
        if (tables.length === 0) return []
        database.exec('UPDATE guards SET wait_until = 0')
        return database
          .prepare('SELECT wrong FROM guards')
          .all()
          .map(({ wrong }) => Number(wrong))
      } finally {
        database.close()
      }
    })
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
    await server.kill()
    await server.restart()
    expect((await tried(right)).error).toBe('wait')

    for (let count = 5; count < 10; count += 1) {
      await server.kill()
      expect(await passWaits()).toEqual([count])
      await server.restart()
      // Two at once: one is counted, and the other waits, or finds nothing any more.
      const both = (await Promise.all([wrong(), wrong()])).map(({ error }) => error).sort()
      expect(both).toEqual(count < 9 ? ['wait', 'wrong-pin'] : ['unknown', 'unknown'])
    }
    expect(await tried(right)).toEqual({ error: 'unknown' })
    await server.kill()
    expect(await passWaits()).toEqual([])
    await server.restart()
    expect(await tried(right)).toEqual({ error: 'unknown' })

    expect((await askAsOwner(server.origin, family.root, ROUTES.open)).ok).toBe(true)
    await press(server.origin, family)
    const { alerts } = (await askAsOwner(server.origin, family.root, ROUTES.alerts)) as { alerts: object[] }
    expect(alerts).toHaveLength(1)
  })
})
