import { describe, expect, test } from 'vitest'
import {
  countsOf,
  doneBy,
  isDone,
  nextSet,
  united,
  unmet,
  wanted,
} from '../../src/client/next-steps/ticks.ts'
import { NEXT_STEPS_MAX, StepSet, TICKS_MAX } from '../../src/protocol/steps.ts'

const NONE = countsOf({})

describe('ticks that are shared', () => {
  test('two who tick at once lose nothing, in whichever order their sets arrive', () => {
    const rosa = countsOf(nextSet(NONE, NONE, new Map([['children', true]])))
    const jose = countsOf(nextSet(NONE, NONE, new Map([['locator', true]])))
    for (const sets of [
      [rosa, jose],
      [jose, rosa],
      [rosa, jose, rosa],
    ]) {
      const all = united(sets)
      expect([isDone(all, 'children'), isDone(all, 'locator'), isDone(all, 'lawyer')]).toEqual([
        true,
        true,
        false,
      ])
    }
  })

  test('two who tick the same step at once have done it once, and both did it', () => {
    const set = countsOf(nextSet(NONE, NONE, new Map([['children', true]])))
    expect(isDone(united([set, set]), 'children')).toBe(true)
    const both = [
      { name: 'Rosa', counts: set },
      { name: 'José', counts: set },
    ]
    expect(doneBy('children', both)).toEqual(both)
  })

  test('a tick that another has taken back meanwhile is made again, and does not get lost in the count', () => {
    const others = countsOf({ children: 2 })
    const next = nextSet(NONE, others, new Map([['children', true]]))
    expect(next).toEqual({ children: 3 })
    expect(isDone(united([others, countsOf(next)]), 'children')).toBe(true)
  })

  test('who took it back is not who did it, and nobody is while it is not done', () => {
    const rosa = { name: 'Rosa', counts: countsOf({ children: 1, lawyer: 1 }) }
    const jose = { name: null, counts: countsOf({ children: 2 }) }
    expect(doneBy('children', [rosa, jose])).toEqual([])
    expect(doneBy('lawyer', [rosa, jose])).toEqual([rosa])
    expect(doneBy('medicine', [])).toEqual([])
  })

  test('what others have done already waits for nothing, and what is wanted otherwise does', () => {
    const wishes = new Map([
      ['children', true],
      ['lawyer', false],
    ])
    expect([...unmet(wishes, countsOf({ children: 1 }))]).toEqual([])
    expect([...unmet(wishes, countsOf({ lawyer: 1 }))]).toEqual([...wishes])
  })

  test('one contact cannot have a step stand as done that nobody can take back: it is open, and everybody ticks it for oneself', () => {
    const hostile = { name: 'Rosa', counts: countsOf({ children: TICKS_MAX, lawyer: 1 }) }
    const all = united([hostile.counts])
    expect([isDone(all, 'children'), isDone(all, 'lawyer')]).toEqual([false, true])
    expect(doneBy('children', [hostile])).toEqual([])
    const wishes = new Map([
      ['children', true],
      ['lawyer', true],
      ['medicine', true],
    ])
    expect([...wanted(wishes, all).keys()]).toEqual(['children', 'medicine'])
    expect([...unmet(wishes, all).keys()]).toEqual(['medicine'])
    expect(nextSet(NONE, all, wishes)).toEqual({ medicine: 1 })
  })

  test('a step whose numbers are used up, and names that objects have of their own, do no harm', () => {
    const all = countsOf({ children: TICKS_MAX })
    expect(unmet(new Map([['children', false]]), all).size).toBe(0)
    expect(unmet(new Map([['children', true]]), all).size).toBe(0)
    expect(isDone(united([countsOf({ constructor: 2 })]), 'constructor')).toBe(false)
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `s-${'a'.repeat(1 + (n % 20))}${'b'.repeat(Math.floor(n / 20))}`,
        1,
      ]),
    )
    const set = nextSet(countsOf(many), NONE, new Map([['children', true]]))
    expect(Object.keys(set)).toHaveLength(NEXT_STEPS_MAX)
    expect(set).toHaveProperty('children', 1)
    expect(StepSet.safeParse({ v: 1, pressedAt: 1, name: null, steps: set }).success).toBe(true)
  })
})
