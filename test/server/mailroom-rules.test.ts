import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/server/channels/channel.ts'
import { backoffMs } from '../../src/server/mailroom/backoff.ts'
import {
  claim,
  expire,
  freeze,
  KEY_LIFE_MS,
  MESSAGE_LIFE_MS,
  type Message,
  refuseWaiting,
  type State,
  settle,
  unconfigured,
  wakeAt,
} from '../../src/server/mailroom/rules.ts'

const message = (delivery: string, changes: Partial<Message> = {}): Message => ({
  ...{ delivery, group: 'g', priority: 'alert', enqueuedAt: 0, state: 'queued', reason: null, batch: null },
  ...{ solo: false, ...changes },
})
const queue = (...messages: Message[]): State => ({ messages, batches: [], pausedUntil: 0 })
const retry = (changes: Partial<Extract<Outcome, { kind: 'retry' }>> = {}): Outcome => ({
  ...{ kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false },
  ...changes,
})
const stateOf = (state: State, delivery: string) => state.messages.find((one) => one.delivery === delivery)

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

const provider = () => {
  const accepted = new Map<string, number>()
  const keys = new Map<string, string>()
  const take = (key: string, members: readonly string[]): Outcome[] => {
    const known = keys.get(key)
    if (known !== undefined && known !== members.join()) throw new Error('same key, another payload')
    if (known === undefined) for (const one of members) accepted.set(one, (accepted.get(one) ?? 0) + 1)
    keys.set(key, members.join())
    return members.map((one) => ({ kind: 'accepted', provider: `p-${one}` }))
  }
  const answer = (what: Fault, key: string, members: readonly string[]): Outcome[] | null => {
    const all = (outcome: Outcome): Outcome[] => members.map(() => outcome)
    if (what === 'none') return take(key, members)
    if (what === 'answer-lost' || what === 'died-after') take(key, members)
    if (what === 'died-before' || what === 'died-after') return null
    if (what === 'busy') return all(retry({ afterMs: 1_000, unsure: true }))
    if (what === 'limited') return all(retry({ afterMs: 2_000, pause: true }))
    return all(retry({ unsure: true }))
  }
  return { accepted, answer }
}

describe('under faults that pass', () => {
  test('every message is accepted exactly once while its key lives', () => {
    const groups = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), clear: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(
        groups,
        fc.array(fault, { maxLength: 60, size: 'max' }),
        fc.array(fc.nat(10 * 60_000)),
        (sizes, faults, pauses) => {
          const { accepted, answer } = provider()
          const messages = sizes.flatMap(({ size, clear }, group) =>
            Array.from({ length: size }, (_, at) =>
              message(`${group}.${at}`, { group: `${group}`, priority: clear ? 'clear' : 'alert' }),
            ),
          )
          let state = queue(...messages)
          let now = 0
          let key = 0
          const coming = [...faults]
          for (
            let round = 0;
            state.messages.some(({ state: at }) => at === 'queued' || at === 'frozen');
            round += 1
          ) {
            if (round > 2_000) throw new Error('it never ends')
            state = expire(state, now)
            for (let next = freeze(state, `k${key}`, now); next; next = freeze(state, `k${key}`, now)) {
              key += 1
              state = next.state
            }
            const taken = claim(state, `k${key}`, now)
            if (taken === null) {
              now = Math.max(now + 1, wakeAt(state, true, now) ?? now) + (pauses[round] ?? 0) / 100
              continue
            }
            key += 1
            state = taken.state
            const outcomes = answer(coming.shift() ?? 'none', taken.batch.key, taken.batch.members)
            if (outcomes !== null) state = settle(state, taken.batch.key, outcomes, now, 0.5)
          }
          expect(now).toBeLessThan(KEY_LIFE_MS)
          expect([...accepted.values()].every((times) => times === 1)).toBe(true)
          expect(accepted.size).toBe(messages.length)
          expect(state.messages.every(({ state: at }) => at === 'accepted')).toBe(true)
          expect(state.batches).toEqual([])
        },
      ),
      { numRuns: 300 },
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

describe('what goes first, and with whom', () => {
  test('alerts before all-clears, the oldest first, and never two groups in one batch', () => {
    const state = queue(
      message('clear', { priority: 'clear', group: 'c.clear.1', enqueuedAt: 1 }),
      message('new', { group: 'n.alert.1', enqueuedAt: 3 }),
      message('old', { group: 'o.alert.1', enqueuedAt: 2 }),
      message('old-too', { group: 'o.alert.1', enqueuedAt: 4 }),
    )
    const first = freeze(state, 'k1', 10)!
    expect(first.batch.members).toEqual(['old', 'old-too'])
    const second = freeze(first.state, 'k2', 10)!
    expect(second.batch.members).toEqual(['new'])
    expect(freeze(second.state, 'k3', 10)!.batch.members).toEqual(['clear'])
  })

  test('an all-clear waits for every message of its own alert, however long, and keeps nobody awake meanwhile', () => {
    const state = queue(
      message('alert', { group: 'v.a.alert.1', enqueuedAt: 1 }),
      message('clear', { priority: 'clear', group: 'v.a.clear.1', enqueuedAt: 2 }),
    )
    const first = freeze(state, 'k1', 10)!
    expect(first.batch.members).toEqual(['alert'])
    expect(freeze(first.state, 'k2', 10)).toBeNull()
    const trying = claim(first.state, 'unused', 10)!
    const waiting = settle(trying.state, 'k1', [retry({ afterMs: 60_000 })], 20, 0)
    expect(freeze(waiting, 'k2', 30)).toBeNull()
    expect(wakeAt(waiting, true, 30)).toBeGreaterThanOrEqual(60_020)
    const again = claim(waiting, 'unused', 200_000)!
    const sent = settle(again.state, 'k1', [{ kind: 'accepted', provider: 'p' }], 200_001, 0)
    expect(freeze(sent, 'k2', 200_002)!.batch.members).toEqual(['clear'])
  })

  test('a code goes out after every alert and all-clear, also after those that were fixed later, and is dropped when it is old', () => {
    const code = freeze(queue(message('code', { priority: 'code', group: 'c' })), 'k1', 0)!.state
    const late = { ...code, messages: [...code.messages, message('clear', { priority: 'clear' })] }
    const both = freeze(late, 'k2', 1)!.state
    expect(claim(both, 'unused', 1)!.batch.members).toEqual(['clear'])
    const queued = queue(
      message('code', { priority: 'code', group: 'c' }),
      message('clear', { priority: 'clear' }),
    )
    expect(freeze(queued, 'k', 1)!.batch.members).toEqual(['clear'])
    expect(wakeAt({ ...queued, pausedUntil: MESSAGE_LIFE_MS }, true, 0)).toBe(1_800_000)
    expect(expire(queued, 1_799_999)).toBe(queued)
    expect(expire(queued, 1_800_000).messages.map(({ state }) => state)).toEqual(['refused', 'queued'])
  })

  test('no batch is larger than a hundred', () => {
    const state = queue(...Array.from({ length: 150 }, (_, at) => message(`m${at}`)))
    expect(freeze(state, 'k', 0)!.batch.members).toHaveLength(100)
  })
})

describe('what the provider says', () => {
  const frozen = (...messages: Message[]) => claim(freeze(queue(...messages), 'k', 0)!.state, 'unused', 0)!

  test('a batch that was refused as a whole is tried one by one', () => {
    const refused: Outcome = { kind: 'refused', reason: 'provider', whole: true }
    const { state } = frozen(message('a'), message('b'))
    const next = settle(state, 'k', [refused, refused], 1, 0)
    expect(next.messages.map(({ state: at, solo }) => `${at} ${solo}`)).toEqual([
      'queued true',
      'queued true',
    ])
    const alone = freeze(next, 'k2', 2)!
    expect(alone.batch.members).toEqual(['a'])
    const claimed = claim(alone.state, 'unused', 2)!
    expect(stateOf(settle(claimed.state, 'k2', [refused], 3, 0), 'a')).toMatchObject({
      state: 'refused',
      reason: 'provider',
    })
  })

  test('a bad address does not take the others with it', () => {
    const { state } = frozen(message('a'), message('b'))
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

  test('a quota stops everything for as long as it says, and says why', () => {
    const { state } = frozen(message('a'), message('b', { group: 'h' }))
    const next = settle(state, 'k', [retry({ afterMs: 900_000, reason: 'quota', pause: true })], 1, 0)
    expect(stateOf(next, 'a')).toMatchObject({ state: 'frozen', reason: 'quota' })
    expect(freeze(next, 'k2', 900_000)).toBeNull()
    expect(claim(next, 'k3', 900_000)).toBeNull()
    expect(claim(next, 'k3', 900_001)?.batch.key).toBe('k')
  })

  test('an answer that does not fit the batch is no answer', () => {
    const { state } = frozen(message('a'), message('b'))
    const next = settle(state, 'k', [{ kind: 'accepted', provider: 'p' }], 1, 0)
    expect(next.messages.every(({ state: at }) => at === 'frozen')).toBe(true)
    expect(next.batches[0]).toMatchObject({ key: 'k', unsure: 1 })
  })

  test('wrong settings of the host: written anew with the next ones, unless it may have been accepted', () => {
    const misconfigured = retry({ afterMs: 1_000, reason: 'not-configured', pause: true })
    const sure = frozen(message('a'))
    expect(settle(sure.state, 'k', [misconfigured], 1, 0).batches).toEqual([])
    const unsure = settle(sure.state, 'k', [retry({ unsure: true })], 1, 0)
    const again = claim(unsure, 'unused', 600_000)!
    const kept = settle(again.state, 'k', [misconfigured], 600_001, 0)
    expect(kept.batches.map(({ key }) => key)).toEqual(['k'])
  })

  test('past the life of its key a message is rather repeated than lost', () => {
    const { state } = frozen(message('a'))
    const unsure = settle(state, 'k', [retry({ unsure: true })], 1, 0)
    const later = claim(unsure, 'fresh', KEY_LIFE_MS)!
    expect(later.batch).toMatchObject({ key: 'fresh', members: ['a'] })
    expect(stateOf(later.state, 'a')).toMatchObject({ state: 'frozen', batch: 'fresh' })
    const died = claim(later.state, 'fresher', KEY_LIFE_MS + 60_000)!
    expect(died.batch.key).toBe('fresh')
  })

  test('what was said of a batch that is gone changes nothing', () => {
    const state = queue(message('a'))
    expect(settle(state, 'k', [{ kind: 'accepted', provider: 'p' }], 1, 0)).toBe(state)
  })
})

describe('what waits', () => {
  test('after two days it is given up and said to be, but never in the middle of an attempt', () => {
    const waiting = expire(queue(message('a')), MESSAGE_LIFE_MS)
    expect(stateOf(waiting, 'a')).toMatchObject({ state: 'refused', reason: 'expired' })
    const { state } = claim(freeze(queue(message('a')), 'k', 0)!.state, 'unused', MESSAGE_LIFE_MS - 1)!
    expect(stateOf(expire(state, MESSAGE_LIFE_MS), 'a')?.state).toBe('frozen')
    expect(stateOf(expire(state, MESSAGE_LIFE_MS + 60_000), 'a')).toMatchObject({
      state: 'refused',
      reason: 'expired',
    })
  })

  test('a stop takes a message out of a batch that surely did not arrive, and leaves the others in it to go out', () => {
    const both = queue(message('a'), message('b'))
    const trying = claim(freeze(both, 'k', 0)!.state, 'unused', 0)!.state
    const under = refuseWaiting(trying, ['a'], 'stopped')
    expect(stateOf(under, 'a')).toMatchObject({ state: 'frozen' })
    const busy = settle(trying, 'k', [retry({ afterMs: 60_000 }), retry({ afterMs: 60_000 })], 1, 0)
    const stopped = refuseWaiting(busy, ['a'], 'stopped')
    expect(stateOf(stopped, 'a')).toMatchObject({ state: 'refused', reason: 'stopped' })
    expect(freeze(stopped, 'k2', 2)!.batch.members).toEqual(['b'])
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

  test('with nothing to send with it waits, says so, and looks again', () => {
    const state = unconfigured(queue(message('a')))
    expect(stateOf(state, 'a')).toMatchObject({ state: 'queued', reason: 'not-configured' })
    expect(unconfigured(state)).toBe(state)
    expect(wakeAt(state, false, 0)).toBe(300_000)
    expect(wakeAt(state, true, 0)).toBe(0)
    expect(wakeAt(queue(), true, 0)).toBeNull()
  })
})
