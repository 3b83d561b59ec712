import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GATE_WAIT_MAX_MS } from '../../src/protocol/limits.ts'
import { FRESH_GATE, type Gate, tryGate } from '../../src/server/vault/gate.ts'

const RIGHT = 'right'
const guess = fc.record({ token: fc.constantFrom(RIGHT, ...'abcdefghijklmn'), pause: fc.nat(90_000) })

test('the gate waits nothing for three wrong words, then 2, 4, 8, 16, 32 and always 60 s', () => {
  let gate: Gate = FRESH_GATE
  let now = 0
  const waits = [...'abcdefghij'].map((token) => {
    const tried = tryGate(gate, RIGHT, token, now)
    gate = tried.gate
    if (tried.answer.kind !== 'wrong') throw new Error('not wrong')
    now += tried.answer.waitMs
    return tried.answer.waitMs / 1_000
  })
  expect(waits).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 60, 60])
})

test('while it waits, the right word is not looked at; afterwards it opens and forgets', () => {
  const gate: Gate = { wrong: 5, waitUntil: 4_000, recent: ['a'] }
  expect(tryGate(gate, RIGHT, RIGHT, 1_000)).toEqual({ gate, answer: { kind: 'wait', waitMs: 3_000 } })
  expect(tryGate(gate, RIGHT, RIGHT, 4_000)).toEqual({ gate: FRESH_GATE, answer: { kind: 'right' } })
})

test('the same wrong word again does not count again', () => {
  let gate: Gate = FRESH_GATE
  for (let time = 0; time < 20; time += 1) gate = tryGate(gate, RIGHT, 'a', time).gate
  expect(gate.wrong).toBe(1)
})

test('nobody waits longer than a minute, whatever was tried and however the clock jumped', () => {
  fc.assert(
    fc.property(fc.array(guess, { maxLength: 60, size: 'max' }), fc.nat(10 ** 9), (guesses, back) => {
      let gate: Gate = FRESH_GATE
      let now = 10 ** 12
      for (const { token, pause } of guesses) {
        now += pause
        const { gate: next, answer } = tryGate(gate, RIGHT, token, now)
        expect(answer.kind === 'right').toBe(token === RIGHT && now >= gate.waitUntil)
        if (answer.kind !== 'right') expect(answer.waitMs).toBeLessThanOrEqual(GATE_WAIT_MAX_MS)
        gate = next
      }
      expect(gate.recent.length).toBeLessThanOrEqual(8)
      const { answer } = tryGate(gate, RIGHT, RIGHT, now + GATE_WAIT_MAX_MS)
      expect(answer.kind).toBe('right')
      const jumped = tryGate(gate, RIGHT, RIGHT, now - back).answer
      if (jumped.kind !== 'right') expect(jumped.waitMs).toBeLessThanOrEqual(GATE_WAIT_MAX_MS)
    }),
  )
})
