import { describe, expect, test } from 'vitest'
import {
  forContacts,
  fullness,
  isEmpty,
  NO_PLAN,
  sharedWith,
  shareFor,
  withPicked,
  withSection,
  withShares,
} from '../../src/client/vault/plan-rules.ts'
import { newId } from '../../src/client/vault/random.ts'
import { PLAN_JSON_MAX_BYTES, Plan } from '../../src/protocol/plan.ts'

const [rosa, jose] = [newId(), newId()]
const identity = { id: 'identity', at: 1, entries: [{ 'legal-name': 'Ana María Flores' }] }
const money = { id: 'money', at: 2, entries: [{ accounts: 'Banco azul' }] }
const filled = [identity, money].reduce(withSection, NO_PLAN)

describe('a section', () => {
  test('that is written again takes the place of the one before', () => {
    const again = { ...identity, at: 3, entries: [{ 'legal-name': 'Ana María Flores Ruiz' }] }
    expect(withSection(filled, again).sections).toEqual([money, again])
  })

  test('that holds what it held stays as it was, so that no letter is sealed anew for it', () => {
    expect(withSection(filled, { ...identity, at: 9 })).toBe(filled)
    const two = withSection(NO_PLAN, {
      id: 'money',
      at: 1,
      entries: [{ pets: 'Canela', lease: 'Hasta mayo' }],
    })
    expect(withSection(two, { id: 'money', at: 9, entries: [{ lease: 'Hasta mayo', pets: 'Canela' }] })).toBe(
      two,
    )
  })

  test('that holds nothing any more is none', () => {
    expect(withSection(filled, { ...money, entries: [{}] }).sections).toEqual([identity])
    expect(withSection(filled, { ...money, entries: [] }).sections).toEqual([identity])
  })
})

describe('what one contact is shown', () => {
  const shared = withShares(withShares(filled, 'identity', [rosa, jose]), 'money', [jose])

  test('is the sections that are shared with that contact, and nothing of the others’ shares', () => {
    expect(Plan.parse(shared)).toEqual(shared)
    expect(shareFor(shared, rosa)).toEqual({ v: 1, sections: [identity], shares: [] })
    expect(shareFor(shared, jose)?.sections).toEqual([identity, money])
    expect(sharedWith(shared, 'identity')).toEqual([rosa, jose])
  })

  test('is nothing where nothing is shared, or nothing of it is filled in', () => {
    expect(shareFor(shared, newId())).toBeNull()
    expect(shareFor(null, rosa)).toBeNull()
    expect(shareFor(withShares(NO_PLAN, 'children', [rosa]), rosa)).toBeNull()
  })

  test('is less by a section that is taken back, and by no other', () => {
    const less = withShares(shared, 'identity', [rosa])
    expect(shareFor(less, jose)?.sections).toEqual([money])
    expect(shareFor(less, rosa)).toEqual(shareFor(shared, rosa))
    expect(withShares(withShares(less, 'identity', []), 'money', []).shares).toEqual([])
  })

  test('and was taken back on another phone meanwhile stays taken back, whatever this phone showed', () => {
    const drawn = sharedWith(shared, 'identity')
    const luz = newId()
    const less = withShares(shared, 'identity', [rosa])
    const change = { before: drawn, picked: [...drawn, luz] }
    expect(sharedWith(withPicked(less, 'identity', change), 'identity')).toEqual([rosa, luz])
    const more = withShares(shared, 'money', [jose, luz])
    expect(sharedWith(withPicked(more, 'money', { before: [jose], picked: [] }), 'money')).toEqual([luz])
    expect(sharedWith(withPicked(less, 'identity', { before: [], picked: [jose] }), 'identity')).toEqual([
      rosa,
      jose,
    ])
  })

  test('ends with the contact, and comes to a new one only when it is shared anew', () => {
    const left = forContacts(shared, [jose])
    expect(left.shares.map(({ contact }) => contact)).toEqual([jose])
    expect(shareFor(left, rosa)).toBeNull()
    expect(forContacts(left, [jose, rosa])).toEqual(left)
  })
})

test('how full a plan is counts bytes, and an empty one is none', () => {
  expect(isEmpty(NO_PLAN)).toBe(true)
  expect(isEmpty(filled)).toBe(false)
  const long = { id: 'children', at: 1, entries: [{ medical: 'ñ'.repeat(2_000) }] }
  const bytes = (fullness(withSection(NO_PLAN, long)) - fullness(NO_PLAN)) * PLAN_JSON_MAX_BYTES
  expect(Math.round(bytes)).toBeGreaterThan(4_000)
})
