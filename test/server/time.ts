import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { Env } from '../../src/server/env.ts'
import './logged.ts'
import type { Family } from './family.ts'

/** Time, alarms, eviction and settings: what a test may do to the Worker from outside. */
/** As they are, whatever `withEnv` does. */
export const bindings = { ...env } as unknown as Env

export const vaultOf = ({ vault }: Pick<Family, 'vault'>) =>
  bindings.VAULT.get(bindings.VAULT.idFromName(vault))
export const mailroom = () => bindings.MAILROOM.get(bindings.MAILROOM.idFromName('mailroom'))

/** From here on `Date` stands still and moves by `pass`; alarms run when `settle` says so. */
export const stopClock = (): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
}
export const startClock = (): void => {
  vi.useRealTimers()
}

/** Lets the objects do what is due, as their alarms would. */
export const settle = async (family: Pick<Family, 'vault'>): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    await runDurableObjectAlarm(vaultOf(family))
    await runDurableObjectAlarm(mailroom())
  }
}

export const pass = async (family: Pick<Family, 'vault'>, ms: number): Promise<void> => {
  vi.setSystemTime(Date.now() + ms)
  await settle(family)
}

export const evict = async (
  stub: ReturnType<typeof vaultOf> | ReturnType<typeof mailroom>,
): Promise<void> => {
  // Only a running object can be evicted.
  await runInDurableObject(stub as never, () => undefined)
  await evictDurableObject(stub)
}

/** Other settings and bindings for objects that start from here on. @returns what takes them back */
export const withEnv = (changes: Record<string, unknown>): (() => void) => {
  const all = env as unknown as Record<string, unknown>
  const before = Object.keys(changes).map((name) => [name, all[name]] as const)
  const set = (name: string, value: unknown): void => {
    if (value === undefined) delete all[name]
    else all[name] = value
  }
  for (const [name, value] of Object.entries(changes)) set(name, value)
  return () => {
    for (const [name, value] of before) set(name, value)
  }
}

/** Every table of an object, with its rows. */
export const dump = (stub: ReturnType<typeof vaultOf> | ReturnType<typeof mailroom>) =>
  runInDurableObject(stub as never, (_: unknown, { storage }: DurableObjectState) => {
    const tables = storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray()
    return Object.fromEntries(
      tables.map(({ name }) => [name, storage.sql.exec(`SELECT * FROM "${name}"`).toArray()]),
    )
  }) as Promise<Record<string, Record<string, unknown>[]>>

export const kvKeys = async (family: Pick<Family, 'vault'>): Promise<string[]> =>
  (await bindings.SEALED.list()).keys.map(({ name }) => name).filter((name) => name.includes(family.vault))
