import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALERT_OPEN_MS, REPEATS_AFTER_MS, WAVE_GAP_MS } from '../../src/protocol/limits.ts'
import { nextDueAt, transition } from '../../src/server/vault/alert-rules.ts'
import type { Effect, Event, Press, PressStage, State } from '../../src/server/vault/alert-state.ts'

const NOTHING: State = { presses: [], alerts: [] }
const IDS = [...'abcdefghijkl']
const id = fc.constantFrom(...IDS)
const delayMs = fc.constantFrom(0, 0, 5_000, 5_000, 600_000, 3_600_000)
/** What contacts do: how many are on it, and have not opened. The store counts it, and the rules read it. */
type Said = { kind: 'said'; onIt: number; unopened: number }
const event: fc.Arbitrary<Event | Said> = fc.oneof(
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
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('said'),
      onIt: fc.constantFrom(0, 0, 1, 2),
      unopened: fc.constantFrom(0, 0, 1, 3),
    }),
  },
) as fc.Arbitrary<Event | Said>
// Mostly close together: what can go wrong goes wrong within minutes.
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 5_000, WAVE_GAP_MS - 1, WAVE_GAP_MS) },
  { weight: 1, arbitrary: fc.constantFrom(...REPEATS_AFTER_MS) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(ALERT_OPEN_MS - 1, ALERT_OPEN_MS) },
  { weight: 1, arbitrary: fc.nat(2 * ALERT_OPEN_MS) },
)
const story = fc.array(fc.tuple(event, pause), { maxLength: 40, size: 'max' })

type Step = { event: Event; now: number; before: State; state: State; effects: readonly Effect[] }
type Story = readonly (readonly [Event | Said, number])[]
const openOf = (state: State) => state.alerts.find(({ stage }) => stage === 'open')

/** As the object does it: time first, then the fact, then the rules hear of it. */
const hear = ({ onIt, unopened }: Said, state: State): { event: Event; before: State } => {
  const open = openOf(state)
  if (open === undefined) return { event: { kind: 'tick' }, before: state }
  const alerts = state.alerts.map((alert) => (alert === open ? { ...alert, onIt, unopened } : alert))
  const event: Event = open.onIt > 0 && onIt === 0 ? { kind: 'alone', alert: open.id } : { kind: 'tick' }
  return { event, before: { ...state, alerts } }
}

const play = (events: Story): Step[] => {
  let state = NOTHING
  let now = 1_800_000_000_000
  return events.flatMap(([what, after]) => {
    now += after
    const steps: Step[] = []
    const step = (event: Event, before: State): void => {
      const next = transition(before, event, now)
      state = next.state
      steps.push({ event, now, before, ...next })
    }
    if (what.kind !== 'said') step(what, state)
    else {
      step({ kind: 'tick' }, state)
      const heard = hear(what, state)
      step(heard.event, heard.before)
    }
    return steps
  })
}
const isRound = (effect: Effect) => effect.kind === 'wave' || effect.kind === 'repeat'
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
    const names = steps
      .flatMap(({ effects }) => effects)
      .filter(isRound)
      .map(({ alert, wave }) => `${alert}.${wave}`)
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
        if (!isRound(effect)) continue
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
      const wanted = what.kind === 'tick' ? null : 'alert' in what ? what.alert : what.id
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
        const isOf = (what: Event | Said): what is Exclude<Event, { kind: 'tick' }> =>
          what.kind !== 'tick' && what.kind !== 'said'
        for (const [what] of events) {
          if (what.kind === 'press' && !real.has(what.id) && what.practice) practised.add(what.id)
          else if (isOf(what) && !practised.has('id' in what ? what.id : what.alert)) {
            real.add('id' in what ? what.id : what.alert)
          }
        }
        const mentions = (what: Event | Said): boolean =>
          isOf(what) && practised.has('id' in what ? what.id : what.alert)
        const without = events.map(
          ([what, after]) => [mentions(what) ? { kind: 'tick' } : what, after] as const,
        )
        const withIt = play(events).at(-1)?.state ?? NOTHING
        const alone = play(without as Story).at(-1)?.state ?? NOTHING
        expect(withIt.alerts).toEqual(alone.alerts)
      }),
      { numRuns: 400 },
    )
  })
})

describe('repeats, whatever happens', () => {
  const repeatsOf = ({ effects }: Step) => effects.filter((effect) => effect.kind === 'repeat')

  always('go to everybody only while nobody is on it, and else to who has not opened', (steps) => {
    for (const step of steps) {
      for (const repeat of repeatsOf(step)) {
        const alert = step.before.alerts.find(({ id }) => id === repeat.alert)
        const onIt = alert?.stage === 'open' ? alert.onIt : 0
        expect(repeat.to).toBe(onIt > 0 ? 'unopened' : 'everybody')
        if (repeat.to === 'unopened') expect(alert?.unopened).toBeGreaterThan(0)
      }
    }
  })

  always('come only in an open alert, and never before their time', (steps) => {
    for (const step of steps) {
      for (const { alert: id } of repeatsOf(step)) {
        const alert = step.before.alerts.find((one) => one.id === id)
        expect(alert?.stage).toBe('open')
        expect(step.now - (alert?.openedAt ?? 0)).toBeGreaterThanOrEqual(REPEATS_AFTER_MS[0])
      }
    }
  })

  always('are never more than three and one for each time that the last one on it left', (steps) => {
    const counts = new Map<string, number>()
    const left = new Map<string, number>()
    const more = (map: Map<string, number>, id: string) => map.set(id, (map.get(id) ?? 0) + 1)
    for (const step of steps) {
      if (step.event.kind === 'alone') more(left, step.event.alert)
      for (const { alert } of repeatsOf(step)) more(counts, alert)
      expect(repeatsOf(step).length).toBeLessThanOrEqual(1)
    }
    for (const [alert, count] of counts)
      expect(count).toBeLessThanOrEqual(REPEATS_AFTER_MS.length + (left.get(alert) ?? 0))
  })

  always('with nobody on it, no time passes without everybody being written to', (steps) => {
    for (const { state, now } of steps) {
      const open = openOf(state)
      if (open === undefined || open.onIt > 0) continue
      for (const after of REPEATS_AFTER_MS) {
        const at = open.openedAt + after
        // Written to since, or soon: within the gap between waves.
        if (now >= at && open.lastWaveAt < at)
          expect(nextDueAt(state)).toBeLessThanOrEqual(Math.max(now, open.lastWaveAt) + 2 * WAVE_GAP_MS)
      }
    }
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

  test('twenty thousand presses, which nothing limits, are released at once: one opens the alert, the others wait for its next wave', () => {
    const counting = Array.from(
      { length: 20_000 },
      (_, n): Press => ({
        ...{ id: `${n}`, practice: false, receivedAt: n, pressedAt: n, releaseAt: 600_000 + n },
        ...{ stage: 'counting', alert: null, wave: null },
      }),
    )
    const first = transition({ presses: counting, alerts: [] }, { kind: 'tick' }, 620_000)
    expect(first.effects).toEqual([{ kind: 'wave', alert: '0', wave: 1, press: '0' }])
    expect(first.state.presses.filter(({ stage }) => stage === 'queued')).toHaveLength(19_999)
    const second = transition(first.state, { kind: 'tick' }, 620_000 + WAVE_GAP_MS)
    expect(second.effects).toEqual([{ kind: 'wave', alert: '0', wave: 2, press: '19999' }])
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

  const [HALF_HOUR, TWO_HOURS, TWELVE_HOURS] = REPEATS_AFTER_MS
  const tick: Event = { kind: 'tick' }
  const with_ = (state: State, facts: { onIt?: number; unopened?: number }): State => ({
    ...state,
    alerts: state.alerts.map((alert) => ({ ...alert, ...facts })),
  })
  const repeat = (wave: number, to = 'everybody') => ({ kind: 'repeat', alert: 'a', wave, to })

  test('with nobody on it the alert goes out again after half an hour, two hours and twelve', () => {
    let state = transition(NOTHING, press('a'), 0).state
    expect(nextDueAt(state)).toBe(HALF_HOUR)
    expect(transition(state, tick, HALF_HOUR - 1).effects).toEqual([])
    for (const [at, wave] of [
      [HALF_HOUR, 2],
      [TWO_HOURS, 3],
      [TWELVE_HOURS, 4],
    ] as const) {
      const next = transition(state, tick, at)
      expect(next.effects).toEqual([repeat(wave)])
      state = next.state
    }
    expect(nextDueAt(state)).toBe(ALERT_OPEN_MS)
  })

  test('an object that slept for thirteen hours repeats once and not three times', () => {
    const state = transition(NOTHING, press('a'), 0).state
    const { state: after, effects } = transition(state, tick, 13 * 3_600_000)
    expect(effects).toEqual([repeat(2)])
    expect(nextDueAt(after)).toBe(ALERT_OPEN_MS)
  })

  test('somebody on it: only who has not opened is written to, and nobody where all have', () => {
    const opened = transition(NOTHING, press('a'), 0).state
    expect(transition(with_(opened, { onIt: 1, unopened: 2 }), tick, HALF_HOUR).effects).toEqual([
      repeat(2, 'unopened'),
    ])
    const silent = transition(with_(opened, { onIt: 1, unopened: 0 }), tick, HALF_HOUR)
    expect(silent.effects).toEqual([])
    expect(silent.state.alerts[0]?.waves).toBe(1)
  })

  test('"on it" taken back brings one repeat, ten minutes later, for all the times that passed', () => {
    let state = with_(transition(NOTHING, press('a'), 0).state, { onIt: 1 })
    state = transition(state, tick, HALF_HOUR).state
    state = transition(state, tick, TWO_HOURS).state
    const back = 3 * 3_600_000
    state = transition(with_(state, { onIt: 0 }), { kind: 'alone', alert: 'a' }, back).state
    expect(transition(state, tick, back + WAVE_GAP_MS - 1).effects).toEqual([])
    const next = transition(state, tick, back + WAVE_GAP_MS)
    expect(next.effects).toEqual([repeat(2)])
    expect(nextDueAt(next.state)).toBe(TWELVE_HOURS)
  })

  test('"on it" taken back and said again within those ten minutes repeats nothing', () => {
    let state = with_(transition(NOTHING, press('a'), 0).state, { onIt: 1 })
    state = transition(state, tick, HALF_HOUR).state
    state = transition(with_(state, { onIt: 0 }), { kind: 'alone', alert: 'a' }, HALF_HOUR + 1_000).state
    state = with_(state, { onIt: 1 })
    expect(transition(state, tick, HALF_HOUR + 2 * WAVE_GAP_MS).effects).toEqual([])
  })

  test("a press's wave just before keeps a repeat waiting, and one that comes when it is due stands for it", () => {
    let state = transition(NOTHING, press('a'), 0).state
    state = transition(state, press('b'), HALF_HOUR - 60_000).state
    expect(nextDueAt(state)).toBe(HALF_HOUR - 60_000 + WAVE_GAP_MS)
    const { state: after, effects } = transition(state, press('c'), HALF_HOUR - 60_000 + WAVE_GAP_MS)
    expect(effects).toEqual([repeat(3)])
    expect(after.presses.find(({ id }) => id === 'c')?.stage).toBe('queued')
    state = transition(transition(NOTHING, press('a'), 0).state, press('b', 0), HALF_HOUR - 60_000).state
    state = transition(state, press('c'), HALF_HOUR).state
    const both = transition(state, tick, HALF_HOUR - 60_000 + WAVE_GAP_MS)
    expect(both.effects).toEqual([{ kind: 'wave', alert: 'a', wave: 3, press: 'c' }])
    expect(nextDueAt(both.state)).toBe(TWO_HOURS)
  })

  test('nothing is repeated after the all-clear', () => {
    let state = transition(NOTHING, press('a'), 0).state
    state = transition(state, { kind: 'clear', alert: 'a' }, 60_000).state
    expect(nextDueAt(state)).toBeNull()
    expect(transition(state, tick, TWO_HOURS).effects).toEqual([])
  })
})
