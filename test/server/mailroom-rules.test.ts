import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/server/channels/channel.ts'
import { backoffMs } from '../../src/server/mailroom/backoff.ts'
import { expire, refuseWaiting, revive } from '../../src/server/mailroom/ending.ts'
import { LEASE_MS, PROBE_MAX, type Room, settle, take } from '../../src/server/mailroom/rules.ts'
import {
  KEY_LIFE_MS,
  MESSAGE_LIFE_MS,
  type Message,
  type Priority,
  RANK,
  type State,
  UNKEYED_MAX,
} from '../../src/server/mailroom/state.ts'

const message = (delivery: string, changes: Partial<Message> = {}): Message => ({
  ...{ delivery, priority: 'alert', enqueuedAt: 0, bytes: 4_000, state: 'queued', reason: null },
  ...{ batch: null, half: null, ...changes },
})
const queue = (...messages: Message[]): State => ({ messages, batches: [], pausedUntil: 0, circuit: null })
const many = (count: number, changes: Partial<Message> = {}): Message[] =>
  Array.from({ length: count }, (_, at) => message(`m${at}`, changes))
const ROOM: Room = { batchMax: 100, rest: Number.POSITIVE_INFINITY, underWay: false }
const retry = (changes: Partial<Extract<Outcome, { kind: 'retry' }>> = {}): Outcome => ({
  ...{ kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false },
  ...changes,
})
const accepted = (...ids: string[]): Outcome[] => ids.map((provider) => ({ kind: 'accepted', provider }))
const whole: Outcome = { kind: 'refused', reason: 'provider', whole: true }
const stateOf = (state: State, delivery: string) => state.messages.find((one) => one.delivery === delivery)
const isOpen = ({ state }: Message): boolean => state === 'queued' || state === 'frozen'
/** When something is to be done next, as the store would say it. */
const nextAt = (state: State, now: number): number =>
  Math.max(
    state.pausedUntil,
    Math.min(...state.batches.map((one) => one.nextAt), Number.MAX_SAFE_INTEGER),
    now + 1,
  )

/** What may happen to one request. The provider remembers keys, and answers the same again. */
const fault = fc.constantFrom(
  'none',
  'request-lost',
  'answer-lost',
  'busy',
  'trouble',
  'died-before',
  'died-after',
  'limited',
)
type Fault = typeof fault extends fc.Arbitrary<infer T> ? T : never

const provider = (bad: (delivery: string) => boolean = () => false) => {
  const taken = new Map<string, number>()
  const keys = new Map<string, string>()
  const answer = (what: Fault, key: string, members: readonly string[]): Outcome[] | null => {
    const all = (outcome: Outcome): Outcome[] => members.map(() => outcome)
    const take = (): Outcome[] => {
      const known = keys.get(key)
      if (known !== undefined && known !== members.join()) throw new Error('same key, another payload')
      if (members.some(bad)) return all(whole)
      if (known === undefined) for (const one of members) taken.set(one, (taken.get(one) ?? 0) + 1)
      keys.set(key, members.join())
      return accepted(...members.map((one) => `p-${one}`))
    }
    if (what === 'none') return take()
    if (what === 'answer-lost' || what === 'died-after') take()
    if (what === 'died-before' || what === 'died-after') return null
    if (what === 'busy') return all(retry({ afterMs: 1_000, unsure: true }))
    if (what === 'limited') return all(retry({ afterMs: 2_000, pause: true }))
    return all(retry({ unsure: true }))
  }
  return { taken, answer }
}

/** Works the whole queue off. @returns the state at the end, and when that was */
const workOff = (
  start: State,
  { answer }: ReturnType<typeof provider>,
  faults: Fault[],
  pauses: readonly number[] = [],
) => {
  let state = start
  let now = 0
  const sizes: number[] = []
  const coming = [...faults]
  for (let round = 0; state.messages.some(isOpen); round += 1) {
    if (round > 3_000) throw new Error('it never ends')
    state = expire(state, now)
    const taken = take(state, `k${round}`, now, ROOM)
    if (taken === null) {
      now = nextAt(state, now) + (pauses[round] ?? 0)
      continue
    }
    state = taken.state
    sizes.push(taken.batch.members.length)
    const outcomes = answer(coming.shift() ?? 'none', taken.batch.key, taken.batch.members)
    if (outcomes !== null) state = settle(state, taken.batch.key, outcomes, now, 0.5)
    else if (round % 2 === 0) state = revive(state, now)
  }
  return { state, now, sizes }
}

describe('under faults that pass', () => {
  test('every message is accepted exactly once while its key lives', () => {
    const priorities = fc.array(fc.constantFrom<Priority>('alert', 'clear'), { minLength: 1, maxLength: 250 })
    fc.assert(
      fc.property(
        priorities,
        fc.array(fault, { maxLength: 60, size: 'max' }),
        fc.array(fc.nat(6_000)),
        (kinds, faults, pauses) => {
          const double = provider()
          const messages = kinds.map((priority, at) => message(`${at}`, { priority, enqueuedAt: at }))
          const { state, now } = workOff(queue(...messages), double, faults, pauses)
          expect(now).toBeLessThan(KEY_LIFE_MS)
          expect([...double.taken.values()].every((times) => times === 1)).toBe(true)
          expect(double.taken.size).toBe(messages.length)
          expect(state.messages.every(({ state: at }) => at === 'accepted')).toBe(true)
          expect(state.batches).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('bad messages are found by halves, and every other one is accepted exactly once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.uniqueArray(fc.nat(99), { maxLength: 4 }),
        fc.array(fault, { maxLength: 10 }),
        (size, bad, faults) => {
          const isBad = (delivery: string): boolean => bad.some((at) => delivery === `m${at}`)
          const double = provider(isBad)
          const { state, sizes } = workOff(queue(...many(size)), double, faults)
          expect(state.messages.map((one) => one.state)).toEqual(
            state.messages.map(({ delivery }) => (isBad(delivery) ? 'refused' : 'accepted')),
          )
          expect([...double.taken.values()].every((times) => times === 1)).toBe(true)
          const found = state.messages.filter((one) => one.state === 'refused').length
          expect(sizes.length).toBeLessThanOrEqual(1 + 14 * found + faults.length)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a wait never undercuts what the provider asked for, and never exceeds five minutes of our own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.option(fc.nat(10 ** 8)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, afterMs, random) => {
          const wait = backoffMs(attempts, afterMs, random)
          expect(wait).toBeGreaterThanOrEqual(afterMs ?? 500)
          expect(wait).toBeLessThanOrEqual((afterMs ?? 0) + 300_000)
        },
      ),
    )
  })
})

/** Takes one batch. */
const first = (state: State, now = 0, room: Partial<Room> = {}, key = 'k') =>
  take(state, key, now, { ...ROOM, ...room })!

describe('what goes first, and with whom', () => {
  test('alerts, all-clears, codes, drills, each oldest first, whatever comes in between', () => {
    const priorities = fc.array(
      fc.tuple(fc.constantFrom<Priority>('alert', 'clear', 'code', 'drill'), fc.nat(50)),
    )
    fc.assert(
      fc.property(priorities, fc.integer({ min: 1, max: 7 }), (kinds, batchMax) => {
        let state = queue(
          ...kinds.map(([priority, enqueuedAt], at) => message(`${at}`, { priority, enqueuedAt })),
        )
        const order: string[] = []
        for (let round = 0; state.messages.some(isOpen); round += 1) {
          const { batch, state: next } = first(state, 60, { batchMax }, `k${round}`)
          order.push(...batch.members)
          state = settle(next, batch.key, accepted(...batch.members), 60, 0)
        }
        const placeOf = (delivery: string): number => {
          const { priority, enqueuedAt } = stateOf(state, delivery)!
          return RANK[priority] * 1_000 + enqueuedAt
        }
        const places = order.map(placeOf)
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(order).toHaveLength(kinds.length)
      }),
    )
  })

  test('a batch of an alert is filled with what is urgent from any vault, never with codes or drills', () => {
    const state = queue(
      message('drill', { priority: 'drill' }),
      message('code', { priority: 'code' }),
      message('clear', { priority: 'clear' }),
      message('alert', { enqueuedAt: 5 }),
    )
    const { batch, state: next } = first(state)
    expect(batch.members).toEqual(['alert', 'clear'])
    expect(first(next, 1, {}, 'k2').batch.members).toEqual(['code'])
  })

  test('an alert goes before a batch of codes that is due again, and after one of alerts', () => {
    const code = first(queue(message('code', { priority: 'code' })))
    const again = settle(code.state, 'k', [retry({ unsure: true })], 0, 0)
    const both: State = { ...again, messages: [...again.messages, message('alert', { enqueuedAt: 9_000 })] }
    expect(first(both, 10_000, {}, 'k2').batch.members).toEqual(['alert'])
    const alert = settle(first(queue(message('old'))).state, 'k', [retry({ unsure: true })], 0, 0)
    const due: State = { ...alert, messages: [...alert.messages, message('new', { enqueuedAt: 9_000 })] }
    expect(first(due, 10_000, {}, 'k2').batch).toMatchObject({ key: 'k', members: ['old'] })
  })

  test('no batch is larger than the channel takes, nor than what can be stored', () => {
    expect(first(queue(...many(150))).batch.members).toHaveLength(100)
    expect(first(queue(...many(150)), 0, { batchMax: 1 }).batch.members).toHaveLength(1)
    expect(first(queue(...many(150, { bytes: 300_000 }))).batch.members).toHaveLength(3)
    expect(first(queue(message('huge', { bytes: 3_000_000 }))).batch.members).toEqual(['huge'])
  })

  test('what is too old to live as long as a key goes apart from what is younger', () => {
    const late = MESSAGE_LIFE_MS - KEY_LIFE_MS + 1
    const { batch } = first(queue(message('old'), message('young', { enqueuedAt: late })), late)
    expect(batch.members).toEqual(['old'])
    expect(batch.endsAt).toBe(MESSAGE_LIFE_MS)
  })

  test('codes and drills take no more than what is left for them, alerts as much as there is', () => {
    const codes = queue(...many(9, { priority: 'code' }))
    expect(first(codes, 0, { rest: 4 }).batch.members).toHaveLength(4)
    expect(take(codes, 'k', 0, { ...ROOM, rest: 0 })).toBeNull()
    expect(first(queue(...many(9)), 0, { rest: 0 }).batch.members).toHaveLength(9)
  })
})

describe('what the provider says', () => {
  test('a batch that was refused as a whole is halved', () => {
    const { state } = first(queue(...many(3)))
    const next = settle(state, 'k', [whole, whole, whole], 1, 0)
    expect(next.messages.map(({ state: at, half }) => `${at} ${half}`)).toEqual([
      'queued k/1',
      'queued k/1',
      'queued k/2',
    ])
    const half = first(
      { ...next, messages: [...next.messages, message('new', { enqueuedAt: 1 })] },
      2,
      {},
      'k2',
    )
    expect(half.batch.members).toEqual(['m0', 'm1'])
    const alone = first(settle(half.state, 'k2', accepted('a', 'b'), 3, 0), 4, {}, 'k3')
    expect(alone.batch.members).toEqual(['m2'])
    expect(stateOf(settle(alone.state, 'k3', [whole], 5, 0), 'm2')).toMatchObject({
      state: 'refused',
      reason: 'provider',
    })
  })

  test('a bad address does not take the others with it', () => {
    const { state } = first(queue(message('a'), message('b')))
    const outcomes: Outcome[] = [
      { kind: 'refused', reason: 'address', whole: false },
      { kind: 'accepted', provider: 'p' },
    ]
    const next = settle(state, 'k', outcomes, 1, 0)
    expect(next.messages.map(({ state: at, reason }) => `${at} ${reason}`)).toEqual([
      'refused address',
      'accepted null',
    ])
  })

  const quota = retry({ afterMs: 900_000, reason: 'quota', pause: true })
  test('a quota opens the circuit for as long as it says; then a few alerts look, one request at a time', () => {
    const codes = Array.from({ length: 3 }, (_, at) => message(`c${at}`, { priority: 'code' }))
    const { state } = first(queue(...codes), 0, {}, 'k')
    const open = settle(state, 'k', [quota, quota, quota], 1, 0)
    expect(open).toMatchObject({ circuit: 'quota', pausedUntil: 900_001, batches: [] })
    expect(stateOf(open, 'c0')).toMatchObject({ state: 'queued', reason: 'quota' })
    const alerts: State = { ...open, messages: [...open.messages, ...many(30)] }
    expect(take(alerts, 'k2', 900_000, ROOM)).toBeNull()
    const probe = first(alerts, 900_001, {}, 'k2')
    expect(probe.batch).toMatchObject({ priority: 'alert' })
    expect(probe.batch.members).toHaveLength(PROBE_MAX)
    expect(take(probe.state, 'k3', 900_002, { ...ROOM, underWay: true })).toBeNull()
    const closed = settle(probe.state, 'k2', accepted(...probe.batch.members), 900_003, 0)
    expect(closed.circuit).toBeNull()
    expect(first(closed, 900_004, {}, 'k4').batch.members).toHaveLength(20)
    const still = settle(probe.state, 'k2', Array(PROBE_MAX).fill(quota), 900_003, 0)
    expect(take(still, 'k5', 900_004, ROOM)).toBeNull()
  })

  test('the provider’s rate stops everything for as long as it says, and is no reason to look for another channel', () => {
    const { state } = first(queue(message('a'), ...many(1)))
    const limited = retry({ afterMs: 2_000, pause: true })
    const next = settle(state, 'k', [limited, limited], 1, 0)
    expect(next.circuit).toBeNull()
    expect(take(next, 'k2', 2_000, ROOM)).toBeNull()
    expect(first(next, 10_000, {}, 'k2').batch.key).toBe('k')
  })

  test('an answer that does not fit the batch is no answer', () => {
    const { state } = first(queue(message('a'), message('b')))
    const next = settle(state, 'k', accepted('p'), 1, 0)
    expect(next.messages.every(({ state: at }) => at === 'frozen')).toBe(true)
    expect(next.batches[0]).toMatchObject({ key: 'k', unsure: 1, trying: false })
  })

  test('wrong settings of the host: written anew with the next ones, unless it may have been accepted', () => {
    const misconfigured = retry({ afterMs: 1_000, reason: 'not-configured', pause: true })
    const sure = first(queue(message('a')))
    expect(settle(sure.state, 'k', [misconfigured], 1, 0)).toMatchObject({
      batches: [],
      circuit: 'not-configured',
    })
    const unsure = settle(sure.state, 'k', [retry({ unsure: true })], 1, 0)
    const again = first(unsure, 600_000)
    const kept = settle(again.state, 'k', [misconfigured], 600_001, 0)
    expect(kept.batches.map(({ key }) => key)).toEqual(['k'])
  })

  test('past the life of its key a real alert is rather repeated than lost, a drill rather lost than repeated', () => {
    const lost = (priority: Priority) => {
      const { state } = first(queue(message('a', { priority })))
      return expire(settle(state, 'k', [retry({ unsure: true })], 1, 0), KEY_LIFE_MS)
    }
    expect(first(lost('alert'), KEY_LIFE_MS, {}, 'fresh').batch).toMatchObject({
      key: 'fresh',
      members: ['a'],
    })
    expect(stateOf(lost('drill'), 'a')).toMatchObject({ state: 'refused', reason: 'expired' })
    const { state } = first(queue(message('a', { priority: 'drill' })))
    const sure = expire(settle(state, 'k', [retry()], 1, 0), KEY_LIFE_MS)
    expect(stateOf(sure, 'a')).toMatchObject({ state: 'queued' })
  })

  test('what was said of a batch that is gone changes nothing; of a member that is gone, nothing either', () => {
    const state = queue(message('a'))
    expect(settle(state, 'k', accepted('p'), 1, 0)).toBe(state)
    const { state: trying } = first(queue(message('a'), message('b')))
    const dropped = { ...trying, messages: trying.messages.filter(({ delivery }) => delivery !== 'a') }
    const next = settle(dropped, 'k', accepted('p', 'q'), 1, 0)
    expect(next.messages.map(({ delivery, state: at }) => `${delivery} ${at}`)).toEqual(['b accepted'])
  })
})

describe('what waits', () => {
  test('after two days it is given up and said to be, but never in the middle of an attempt', () => {
    const waiting = expire(queue(message('a')), MESSAGE_LIFE_MS)
    expect(stateOf(waiting, 'a')).toMatchObject({ state: 'refused', reason: 'expired' })
    const { state } = first(queue(message('a')), MESSAGE_LIFE_MS - 1)
    expect(stateOf(expire(state, MESSAGE_LIFE_MS), 'a')?.state).toBe('frozen')
    expect(stateOf(expire(state, MESSAGE_LIFE_MS - 1 + LEASE_MS), 'a')).toMatchObject({
      state: 'refused',
      reason: 'expired',
    })
  })

  test('a code is given up after its half hour', () => {
    const queued = queue(message('code', { priority: 'code' }), message('clear', { priority: 'clear' }))
    expect(expire(queued, 1_799_999)).toEqual(queued)
    expect(expire(queued, 1_800_000).messages.map(({ state }) => state)).toEqual(['refused', 'queued'])
  })

  test('a new object repeats at once what an earlier one was sending, and not for ever at once', () => {
    const { state } = first(queue(message('a')))
    expect(take(state, 'k2', 10, ROOM)).toBeNull()
    const again = first(revive(state, 10), 10)
    expect(again.batch).toMatchObject({ key: 'k', attempts: 2, unsure: 2 })
    let often = state
    let now = 10
    for (let time = 0; time < 8; time += 1) {
      often = revive(often, now)
      now = Math.max(now, often.batches[0]!.nextAt)
      often = first(often, now).state
    }
    expect(now).toBeGreaterThan(1_000)
    expect(revive(queue(), 0)).toEqual(queue())
  })

  test('a stop takes a message out of a batch that surely did not arrive, and leaves the others in it to go out', () => {
    const trying = first(queue(message('a'), message('b'))).state
    expect(stateOf(refuseWaiting(trying, ['a'], 'stopped'), 'a')).toMatchObject({ state: 'frozen' })
    const busy = settle(trying, 'k', [retry({ afterMs: 60_000 }), retry({ afterMs: 60_000 })], 1, 0)
    const stopped = refuseWaiting(busy, ['a'], 'stopped')
    expect(stateOf(stopped, 'a')).toMatchObject({ state: 'refused', reason: 'stopped' })
    expect(first(stopped, 2, {}, 'k2').batch.members).toEqual(['b'])
    const lost = settle(trying, 'k', [retry({ unsure: true }), retry({ unsure: true })], 1, 0)
    expect(stateOf(refuseWaiting(lost, ['a'], 'stopped'), 'a')).toMatchObject({ state: 'frozen' })
  })

  test('a stop refuses what is queued, and nothing else', () => {
    const state = queue(message('a'), message('b'))
    expect(refuseWaiting(state, ['a'], 'stopped').messages.map(({ state: at }) => at)).toEqual([
      'refused',
      'queued',
    ])
  })
})

describe('where the provider knows no keys', () => {
  const unsure = [retry({ unsure: true })]
  const start = (priority: Priority) => {
    const taken = take(queue(message('a', { priority })), 'k', 0, { ...ROOM, batchMax: 1 })
    if (taken === null) throw new Error('nothing to take')
    return taken
  }
  /** How many requests go out while no outcome is ever known. */
  const requests = (priority: Priority, keyed: boolean): number => {
    let { state } = start(priority)
    let count = 1
    for (let now = 0; count < 20; count += 1) {
      state = settle(state, 'k', unsure, now, 0, keyed)
      if (stateOf(state, 'a')?.state === 'refused') return count
      now = nextAt(state, now)
      const again = take(state, `k${count}`, now, ROOM)
      if (again === null) throw new Error('it is due')
      state = again.state
    }
    return count
  }

  test('a real alert of unknown outcome goes out a few times, and no more', () => {
    expect(requests('alert', false)).toBe(UNKEYED_MAX)
    expect(requests('alert', true)).toBe(20)
  })

  test('practice of unknown outcome is rather lost than repeated', () => {
    expect(requests('drill', false)).toBe(1)
  })

  test('what is surely not accepted is tried again, practice too', () => {
    const state = settle(start('drill').state, 'k', [retry()], 0, 0, false)
    expect(stateOf(state, 'a')?.state).toBe('frozen')
    expect(state.batches[0]?.unsure).toBe(0)
  })

  test('practice that was on its way when the object ended is not sent again, a real alert is', () => {
    const fate = (priority: Priority, keyed: boolean) =>
      stateOf(revive(start(priority).state, 1, keyed), 'a')?.state
    expect(fate('drill', false)).toBe('refused')
    expect(fate('drill', true)).toBe('frozen')
    expect(fate('alert', false)).toBe('frozen')
  })
})
