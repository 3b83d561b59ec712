import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { dayOf, readWorkshopCode, workshopCodeOf } from '../../src/server/ticket/workshop.ts'
import { ask } from './api.ts'
import { commitOf, newFamily, random } from './family.ts'
import { startClock, stopClock, withEnv } from './time.ts'

const DAY_MS = 86_400_000
const KEY = random(32)
let takeBack: () => void

beforeEach(() => {
  stopClock()
  takeBack = withEnv({ WORKSHOP_KEY: toText(KEY) })
})
afterEach(() => {
  takeBack()
  startClock()
})

const codeOf = (families: number, days = 1, key = KEY): string =>
  workshopCodeOf(key, { day: dayOf(Date.now()) + days, families })
const ticketOf = (code: string) => ({ kind: 'workshop', code }) as const
const make = async (code: string | null, from: string, family = newFamily()) =>
  ask('commit', commitOf(family, 0, { ticket: code === null ? null : ticketOf(code) }), from)
const many = async (count: number, code: string | null, from: string): Promise<number[]> => {
  const statuses: number[] = []
  for (let time = 0; time < count; time += 1) statuses.push((await make(code, from)).status)
  return statuses
}
const okOf = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length

describe('sixty families on one church’s Wi-Fi', () => {
  test('set up with the workshop’s code in one minute, beside the ten that the network may have; the sixty-first is refused', async () => {
    const [wifi, code] = ['203.0.113.60', codeOf(60)]
    expect(okOf(await many(10, null, wifi))).toBe(10)
    const last = newFamily()
    const commit = commitOf(last, 0, { ticket: ticketOf(code) })
    expect((await ask('commit', commit, wifi)).status).toBe(200)
    expect(okOf(await many(59, code, wifi))).toBe(59)
    const { status, body } = await make(code, wifi)
    expect([status, body]).toEqual([403, { error: 'ticket' }])
    // Elsewhere it is used up as well; who was let in may repeat; the next workshop's code lets in.
    expect((await make(code, '203.0.113.61')).body).toEqual({ error: 'ticket' })
    expect((await ask('commit', commit, wifi)).body).toEqual({ ok: true, version: 1 })
    expect((await make(codeOf(60, 2), wifi)).status).toBe(200)
    expect((await make(null, wifi)).body.error).toBe('slow-down')
  })

  test('leave the network’s own ten to those without a code', async () => {
    const wifi = '203.0.113.62'
    expect(okOf(await many(12, codeOf(12), wifi))).toBe(12)
    expect(okOf(await many(11, null, wifi))).toBe(10)
  })
})

describe('a code', () => {
  test('lets in until its last day is over, everywhere in the world', async () => {
    const code = codeOf(5, 1)
    vi.setSystemTime((dayOf(Date.now()) + 2) * DAY_MS - 1)
    expect((await make(code, '203.0.113.63')).status).toBe(200)
    vi.setSystemTime(Date.now() + 1)
    expect((await make(code, '203.0.113.63')).body).toEqual({ error: 'ticket' })
  })

  test('that was changed in any character, or made with another key, lets nobody in', async () => {
    const code = codeOf(5)
    for (let at = 0; at < code.length; at += 1) {
      const forged = code.slice(0, at) + (code[at] === 'Z' ? 'Y' : 'Z') + code.slice(at + 1)
      expect(readWorkshopCode(KEY, forged)).toBeNull()
    }
    expect((await make(codeOf(5, 1, random(32)), '203.0.113.64')).body).toEqual({ error: 'ticket' })
    expect(readWorkshopCode(KEY, code)).toEqual({ day: dayOf(Date.now()) + 1, families: 5 })
  })

  test('is as the protocol says', () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at)
    const code = workshopCodeOf(key, { day: 20_000, families: 60 })
    // Made apart: Node's own HMAC over `amparo/1 workshop` and 4e20003c, and Crockford's alphabet.
    expect(code).toBe('9RG00F14G11XRF4M')
    expect(() => workshopCodeOf(key, { day: 65_536, families: 1 })).toThrow(RangeError)
    for (const families of [1.5, 0, -1])
      expect(() => workshopCodeOf(key, { day: 1, families })).toThrow(RangeError)
  })

  test('is refused where the host makes none, and its commit is not counted for the network', async () => {
    takeBack()
    const network = '203.0.113.65'
    expect((await make(codeOf(5), network)).body).toEqual({ error: 'ticket' })
    expect(okOf(await many(10, null, network))).toBe(10)
    takeBack = withEnv({ WORKSHOP_KEY: 'too short' })
    expect((await make(null, network)).body).toEqual({ error: 'not-configured', missing: ['WORKSHOP_KEY'] })
  })

  test('cannot be guessed at leisure: the network is told to slow down', async () => {
    const network = '203.0.113.66'
    const forged = codeOf(60, 1, random(32))
    // The counter's minute is the real clock's: a new one may begin once in between.
    const answers: number[] = []
    while (answers.length <= 60 && answers.at(-1) !== 429) answers.push((await make(forged, network)).status)
    expect(answers.pop()).toBe(429)
    expect(answers.length).toBeGreaterThanOrEqual(30)
    expect(new Set(answers)).toEqual(new Set([403]))
    expect((await make(codeOf(1), network)).status).toBe(200)
  })
})
