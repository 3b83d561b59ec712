import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MOVES_MAX,
  MOVES_WITHIN_MS,
  movesOf,
  NO_SUCCESSION,
  passTo,
  type Succession,
} from '../../src/server/vault/succession-rules.ts'

const made = (moves: readonly number[]): Succession => ({ ...NO_SUCCESSION, moves })

describe('one vault lets another in', () => {
  test('once: the same again is told the same, another is not let in', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), (one, other, now, later) => {
        fc.pre(one !== other)
        const passed = passTo(NO_SUCCESSION, one, now)
        expect(passed).not.toBeNull()
        expect(passTo(passed!, one, now + later)).toEqual(passed)
        expect(passTo(passed!, other, now + later)).toBeNull()
      }),
    )
  })

  test('and those that it let in, a few times in ninety days, however long the row is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * 86_400_000), { maxLength: 40 }), (pauses) => {
        let [now, moves] = [1_800_000_000_000, [] as number[]]
        const done: number[] = []
        for (const [at, pause] of pauses.entries()) {
          now += pause
          const passed = passTo(made(moves), `vault ${at}`, now)
          const recent = done.filter((one) => one > now - MOVES_WITHIN_MS)
          expect(passed === null).toBe(recent.length >= MOVES_MAX)
          if (passed === null) continue
          done.push(now)
          moves = movesOf(passed)
          expect(moves.length).toBeLessThanOrEqual(MOVES_MAX)
        }
      }),
    )
  })
})
