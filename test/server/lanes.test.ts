import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneOf, networkOf } from '../../src/server/network.ts'
import { FRESH_LANES, LANES_MAX, type Lanes, tryLane } from '../../src/server/vault/lanes.ts'

const RIGHT = 'right'
const from = (address: string): string => networkOf(new Headers({ 'cf-connecting-ip': address }))

/** A guesser who asks all day at the first moment at which he may. */
const guessed = (lane: string, tries: number): { lanes: Lanes; now: number } => {
  let lanes: Lanes = FRESH_LANES
  let now = 0
  for (let count = 0; count < tries; count += 1) {
    const tried = tryLane(lanes, lane, RIGHT, `${lane} ${count}`, now)
    lanes = tried.lanes
    if (tried.answer.kind !== 'right') now += tried.answer.waitMs
  }
  return { lanes, now }
}

test('who guesses on one network makes that network wait, and never the family on another', () => {
  const { lanes, now } = guessed('guesser', 500)
  expect(tryLane(lanes, 'guesser', RIGHT, RIGHT, now - 1).answer.kind).toBe('wait')
  expect(tryLane(lanes, 'family', RIGHT, RIGHT, now - 1).answer.kind).toBe('right')
})

test('on the guesser’s own network the family comes in as soon as the wait is over', () => {
  const { lanes, now } = guessed('both', 500)
  expect(tryLane(lanes, 'both', RIGHT, RIGHT, now).answer.kind).toBe('right')
})

test('many networks together get no more than one guess a minute for each of a few lanes', () => {
  let lanes: Lanes = FRESH_LANES
  let looked = 0
  const minutes = 60
  for (let second = 0; second < minutes * 60; second += 1) {
    for (let network = 0; network < 40; network += 1) {
      const tried = tryLane(lanes, `n${network}`, RIGHT, `${second} ${network}`, second * 1_000)
      if (tried.answer.kind === 'wrong') looked += 1
      lanes = tried.lanes
    }
  }
  // The lanes and the shared one; what is free before the waits grow, on top.
  expect(looked).toBeLessThanOrEqual((LANES_MAX + 1) * (minutes + 20))
  expect(Object.keys(lanes).length).toBeLessThanOrEqual(LANES_MAX + 1)
})

test('the right word makes the whole gate forget, and a wrong one says how long to wait', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30), fc.constantFrom(RIGHT, 'a', 'b', 'c', 'd', 'e'), fc.nat(70_000)), {
        maxLength: 80,
      }),
      (tries) => {
        let lanes: Lanes = FRESH_LANES
        let now = 0
        for (const [network, token, pause] of tries) {
          now += pause
          const { lanes: next, answer } = tryLane(lanes, String(network), RIGHT, token, now)
          if (answer.kind === 'right') expect(next).toEqual(FRESH_LANES)
          else expect(answer.waitMs).toBeLessThanOrEqual(60_000)
          expect(answer.kind === 'right' && token !== RIGHT).toBe(false)
          lanes = next
        }
      },
    ),
  )
})

test('a network is an IPv4 address or the /64 of an IPv6 one, however it is spelt', () => {
  expect(from('192.0.2.7')).not.toBe(from('192.0.2.8'))
  const same = ['2001:db8:0:7::1', '2001:DB8:0:7:ffff::2', '2001:0db8:0000:0007:1:2:3:4']
  expect(new Set(same.map(from)).size).toBe(1)
  expect(from('2001:db8:0:8::1')).not.toBe(from('2001:db8:0:7::1'))
  expect(from('::1')).toBe('0:0:0:0')
  expect(networkOf(new Headers())).toBe('unknown')
})

test('a lane is two bytes, and another one for each letter', () => {
  expect(laneOf('192.0.2.7', 'a')).toMatch(/^[0-9a-f]{4}$/)
  const lanes = Array.from({ length: 50 }, (_, letter) => laneOf('192.0.2.7', `letter ${letter}`))
  expect(new Set(lanes).size).toBeGreaterThan(40)
})
