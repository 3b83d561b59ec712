import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PIN_TRIES } from '../../src/protocol/limits.ts'
import { NO_TRIES, type Tries, tryPin } from '../../src/server/vault/guard-rules.ts'

/** As the wire spells 32 bytes. */
const token = (name: string): string => name.padEnd(43, 'A')
const PINS = [token('owner'), token('duress')]
const MINUTE_MS = 60_000

const wrongUntil = (count: number): { tries: Tries; now: number; waits: number[]; last: string } => {
  let [tries, now, last] = [NO_TRIES, 0, '']
  const waits: number[] = []
  for (let n = 0; n < count; n += 1) {
    now = Math.max(now, tries.waitUntil)
    const after = tryPin(tries, PINS, token(`wrong${n}x`), now)
    tries = after.tries
    last = after.answer.kind
    if (after.answer.kind === 'wrong') waits.push(after.answer.waitMs)
  }
  return { tries, now, waits, last }
}

describe('tries at a PIN', () => {
  test('cost nothing four times, then wait longer and longer, and are over with the tenth', () => {
    const { waits, last } = wrongUntil(PIN_TRIES)
    expect(waits.map((ms) => ms / MINUTE_MS)).toEqual([0, 0, 0, 0, 1, 5, 15, 60, 180])
    expect(last).toBe('over')
  })

  test('are not looked at while they wait, the right one neither', () => {
    const { tries, now } = wrongUntil(5)
    const soon = tryPin(tries, PINS, PINS[0] ?? '', now + MINUTE_MS - 1)
    expect(soon).toEqual({ tries, answer: { kind: 'wait', waitMs: 1 } })
    expect(tryPin(tries, PINS, PINS[0] ?? '', now + MINUTE_MS).answer).toEqual({ kind: 'right', slot: 0 })
  })

  test('that are right, by either PIN, take nothing off the count: it may have been the one of duress', () => {
    const { tries, now } = wrongUntil(9)
    for (const [slot, pin] of PINS.entries()) {
      const after = tryPin(tries, PINS, pin, now + 180 * MINUTE_MS)
      expect(after).toEqual({ tries, answer: { kind: 'right', slot } })
    }
    expect(tryPin(tries, PINS, token('tenth'), now + 180 * MINUTE_MS).answer).toEqual({ kind: 'over' })
  })

  test('sent twice count once, and are told how many are left, whatever there is to wait', () => {
    const { tries, now } = wrongUntil(6)
    const first = tryPin(tries, PINS, token('wrong'), now + 5 * MINUTE_MS)
    expect(first.answer).toEqual({ kind: 'wrong', waitMs: 15 * MINUTE_MS, triesLeft: 3 })
    const second = tryPin(first.tries, PINS, token('wrong'), now + 20 * MINUTE_MS)
    expect(second.tries).toBe(first.tries)
    expect(second.answer).toEqual({ kind: 'wrong', waitMs: 0, triesLeft: 3 })
  })

  test('after a clock that was set back wait no longer than the longest wait', () => {
    const { tries, now } = wrongUntil(9)
    const { answer } = tryPin(tries, PINS, token('other'), now - 1_000 * MINUTE_MS)
    expect(answer).toEqual({ kind: 'wait', waitMs: 180 * MINUTE_MS })
  })

  test('are never more than ten in whatever order and at whatever time', () => {
    const step = fc.record({ name: fc.nat(40), ms: fc.nat(300 * MINUTE_MS), isDuress: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [tries, now] = [NO_TRIES, 0]
        const looked = new Set<number>()
        for (const { name, ms, isDuress } of steps) {
          now += ms
          if (isDuress) tries = tryPin(tries, PINS, PINS[1] ?? '', now).tries
          const { tries: next, answer } = tryPin(tries, PINS, token(`w${name}x`), now)
          if (answer.kind !== 'wait') looked.add(name)
          tries = next
          if (answer.kind === 'over') break
        }
        expect(looked.size).toBe(tries.wrong)
        expect(tries.wrong).toBeLessThanOrEqual(PIN_TRIES)
      }),
    )
  })
})
