import { describe, expect, test } from 'vitest'
import { closedBy } from '../../src/client/vault/closed-alerts.ts'
import { newPresser, rolled } from '../../src/client/vault/document.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'

const alertsNamed = (...ids: string[]) => ids.map((alert) => ({ alert }))
const drill = (id: string, startedAt: number, settled = true) => ({ drill: id, startedAt, settled })
const empty = { contacts: [], pressers: [], rolledAfter: [] as string[] } as unknown as VaultDocument

describe('what the keys must have rolled after', () => {
  test('are the alerts and the newest drill whose messages are out', () => {
    expect(closedBy(alertsNamed('b', 'a'), [])).toEqual(['b', 'a'])
    expect(closedBy(alertsNamed('a'), [drill('old', 1), drill('new', 2)])).toEqual(['new', 'a'])
    expect(closedBy([], [drill('under way', 2, false), drill('old', 1)])).toEqual(['old'])
    expect(closedBy([], [drill('under way', 2, false)])).toEqual([])
  })

  test('is done with one roll, however many alerts and drills there were', () => {
    let document = empty
    const alerts: string[] = []
    let rolls = 0
    const open = (drills: ReturnType<typeof drill>[]): void => {
      const closed = closedBy(alertsNamed(...alerts.slice(0, 20)), drills)
      if (closed.every((id) => document.rolledAfter.includes(id))) return
      rolls += 1
      document = rolled(document, newPresser('phone', 0), closed)
    }
    for (let n = 0; n < 60; n += 1) {
      if (n % 3 !== 0) alerts.unshift(`alert ${n}`)
      const drills = n < 2 ? [] : [drill(`drill ${n - (n % 3)}`, n - (n % 3))]
      const before = rolls
      open(drills)
      open(drills)
      open(drills)
      expect(rolls - before).toBeLessThanOrEqual(1)
      expect(document.rolledAfter.length).toBeLessThanOrEqual(20)
    }
    expect(rolls).toBeGreaterThan(40)
  })
})
