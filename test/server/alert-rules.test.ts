import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALERT_OPEN_MS, WAVE_GAP_MS } from '../../src/protocol/limits.ts'
import { nextDueAt, transition } from '../../src/server/vault/alert-rules.ts'
import type { Effect, Event, Press, PressStage, State } from '../../src/server/vault/alert-state.ts'

const NOTHING: State = { presses: [], alerts: [] }
const IDS = [...'abcdefghijkl']
const id = fc.constantFrom(...IDS)
const delayMs = fc.constantFrom(0, 0, 5_000, 5_000, 600_000, 3_600_000)
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('press'),
      id,
      practice: fc.constantFrom(false, false, true),
      ageMs: fc.nat(1_000),
      delayMs,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel'), id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clear'), alert: id }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'tick' }) },
) as fc.Arbitrary<Event>
// Mostly close together: what can go wrong goes wrong within minutes.
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 5_000, WAVE_GAP_MS - 1, WAVE_GAP_MS) },
  { weight: 1, arbitrary: fc.constantFrom(ALERT_OPEN_MS - 1, ALERT_OPEN_MS) },
  { weight: 1, arbitrary: fc.nat(2 * ALERT_OPEN_MS) },
)
const story = fc.array(fc.tuple(event, pause), { maxLength: 40, size: 'max' })

type Step = { event: Event; now: number; before: State; state: State; effects: readonly Effect[] }
const play = (events: readonly (readonly [Event, number])[]): Step[] => {
  let state = NOTHING
  let now = 1_800_000_000_000
  return events.map(([what, after]) => {
    now += after
    const before = state
    const next = transition(before, what, now)
    state = next.state
    return { event: what, now, before, ...next }
  })
}
const named = (presses: readonly Press[], press: string) => presses.find((one) => one.id === press)

const always = (name: string, check: (steps: Step[]) => void): void => {
  test(name, () => {
    fc.assert(
      fc.property(story, (events) => check(play(events))),
      { numRuns: 400 },
    )
  })
}

describe('whatever happens, in whatever order', () => {
  always('a press is released at most once, into exactly one wave that went out', (steps) => {
    const waves = steps.flatMap(({ effects }) => effects.filter((effect) => effect.kind === 'wave'))
    const names = waves.map(({ alert, wave }) => `${alert}.${wave}`)
    expect(new Set(names).size).toBe(names.length)
    for (const { before, state } of steps) {
      for (const press of state.presses) {
        const earlier = named(before.presses, press.id)
        if (earlier?.stage === 'released') expect(press).toEqual(earlier)
        if (press.stage !== 'released') continue
        expect(press.practice).toBe(false)
        expect(names).toContain(`${press.alert}.${press.wave}`)
      }
    }
    for (const { press } of waves) expect(named(steps.at(-1)!.state.presses, press)?.stage).toBe('released')
  })

  always('a press goes forward only: what is cancelled, released or practised stays so', (steps) => {
    const onward: Record<PressStage, PressStage[]> = {
      counting: ['counting', 'cancelled', 'queued', 'released', 'absorbed', 'practised'],
      queued: ['queued', 'released', 'absorbed'],
      cancelled: ['cancelled'],
      released: ['released'],
      absorbed: ['absorbed'],
      practised: ['practised'],
    }
    for (const { before, state } of steps) {
      for (const { id, stage } of before.presses)
        expect(onward[stage]).toContain(named(state.presses, id)?.stage)
    }
  })

  always(
    'a real press whose delay is over is in a wave, waits for one, or was answered by an all-clear',
    (steps) => {
      for (const { state, now } of steps) {
        for (const { stage, practice, releaseAt, alert } of state.presses) {
          if (practice || stage === 'cancelled') continue
          if (stage === 'counting') expect(releaseAt).toBeGreaterThan(now)
          if (stage === 'queued') expect(state.alerts.find((one) => one.id === alert)?.stage).toBe('open')
          if (stage === 'absorbed')
            expect(state.alerts.find((one) => one.id === alert)?.stage).toBe('cleared')
        }
      }
    },
  )

  always('at most one alert is open, and what has closed never opens again', (steps) => {
    const order = { open: 0, expired: 1, cleared: 2 }
    for (const { before, state } of steps) {
      expect(state.alerts.filter(({ stage }) => stage === 'open').length).toBeLessThanOrEqual(1)
      for (const alert of before.alerts) {
        const later = state.alerts.find(({ id }) => id === alert.id)!
        expect(order[later.stage]).toBeGreaterThanOrEqual(order[alert.stage])
        if (alert.closedAt !== null) expect(later.closedAt).toBe(alert.closedAt)
        if (alert.stage !== 'open') expect(later.waves).toBe(alert.waves)
      }
    }
  })

  always('waves of one alert are ten minutes apart, and none comes after a day', (steps) => {
    const last = new Map<string, number>()
    for (const { effects, now, state } of steps) {
      for (const effect of effects) {
        if (effect.kind !== 'wave') continue
        const before = last.get(effect.alert)
        if (before !== undefined) expect(now - before).toBeGreaterThanOrEqual(WAVE_GAP_MS)
        last.set(effect.alert, now)
        const openedAt = state.alerts.find(({ id }) => id === effect.alert)!.openedAt
        expect(now - openedAt).toBeLessThan(ALERT_OPEN_MS)
      }
    }
  })

  always('everybody is told once that an alert is over, and only by an all-clear', (steps) => {
    const cleared = steps.flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'all-clear'))
    expect(new Set(cleared.map(({ alert }) => alert)).size).toBe(cleared.length)
    for (const { event: what, effects } of steps) {
      if (what.kind !== 'clear') expect(effects.some(({ kind }) => kind === 'all-clear')).toBe(false)
    }
  })

  always('the same event at the same moment changes nothing the second time', (steps) => {
    for (const { event: what, state, now } of steps) {
      expect(transition(state, what, now)).toEqual({ state, effects: [] })
    }
  })

  always('what is due next lies in the future', (steps) => {
    for (const { state, now } of steps)
      expect(nextDueAt(state) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now)
  })

  always('what is over needs not be loaded: the rules decide the same without it', (steps) => {
    for (const { event: what, before, now, effects, state } of steps) {
      const wanted = what.kind === 'clear' ? what.alert : what.kind === 'tick' ? null : what.id
      const part: State = {
        presses: before.presses.filter(
          ({ id, stage }) => stage === 'counting' || stage === 'queued' || id === wanted,
        ),
        alerts: before.alerts.filter(({ id, stage }) => stage === 'open' || id === wanted),
      }
      const next = transition(part, what, now)
      expect(next.effects).toEqual(effects)
      for (const press of next.state.presses) expect(press).toEqual(named(state.presses, press.id))
      for (const alert of next.state.alerts)
        expect(alert).toEqual(state.alerts.find(({ id }) => id === alert.id))
    }
  })

  test('a practice press changes nothing for the real ones', () => {
    fc.assert(
      fc.property(story, (events) => {
        const practised = new Set<string>()
        const real = new Set<string>()
        for (const [what] of events) {
          if (what.kind === 'press' && !real.has(what.id) && what.practice) practised.add(what.id)
          else if (what.kind !== 'tick' && !practised.has('id' in what ? what.id : what.alert)) {
            real.add('id' in what ? what.id : what.alert)
          }
        }
        const mentions = (what: Event): boolean =>
          what.kind !== 'tick' && practised.has('id' in what ? what.id : what.alert)
        const without = events.map(
          ([what, after]) => [mentions(what) ? { kind: 'tick' } : what, after] as const,
        )
        const withIt = play(events).at(-1)?.state ?? NOTHING
        const alone = play(without as [Event, number][]).at(-1)?.state ?? NOTHING
        expect(withIt.alerts).toEqual(alone.alerts)
      }),
      { numRuns: 400 },
    )
  })
})

describe('one by one', () => {
  const press = (name: string, delayMs = 0): Event => ({
    kind: 'press',
    id: name,
    practice: false,
    ageMs: 0,
    delayMs,
  })

  test('an object that slept past the end of an alert opens a new one for the press that waited', () => {
    const first = transition(NOTHING, press('a'), 0).state
    const second = transition(first, press('b', 3_600_000), 1_000).state
    const { state, effects } = transition(second, { kind: 'tick' }, 2 * ALERT_OPEN_MS)
    expect(effects).toEqual([{ kind: 'wave', alert: 'b', wave: 1, press: 'b' }])
    expect(state.alerts.map(({ id, stage }) => `${id} ${stage}`)).toEqual(['a expired', 'b open'])
  })

  test('of several presses that waited for one wave the last one speaks', () => {
    let state = transition(NOTHING, press('a'), 0).state
    state = transition(state, press('b'), 60_000).state
    state = transition(state, press('c'), 120_000).state
    const { effects } = transition(state, { kind: 'tick' }, WAVE_GAP_MS)
    expect(effects).toEqual([{ kind: 'wave', alert: 'a', wave: 2, press: 'c' }])
  })

  test('a press that waits for its wave can no longer be cancelled', () => {
    let state = transition(NOTHING, press('a'), 0).state
    state = transition(state, press('b'), 60_000).state
    expect(transition(state, { kind: 'cancel', id: 'b' }, 61_000).state).toEqual(state)
  })

  test('a press that counts while the all-clear comes is a new alert', () => {
    let state = transition(NOTHING, press('a'), 0).state
    state = transition(state, press('b', 5_000), 1_000).state
    state = transition(state, { kind: 'clear', alert: 'a' }, 2_000).state
    expect(transition(state, { kind: 'tick' }, 6_000).effects).toEqual([
      { kind: 'wave', alert: 'b', wave: 1, press: 'b' },
    ])
  })
})
