import { describe, expect, test } from 'vitest'
import type { SectionDraft } from '../../src/client/device/draft.ts'
import {
  afterStoring,
  filledIn,
  goneOn,
  seenFrom,
  shownEntries,
  stillToStore,
  withDraft,
} from '../../src/client/plan/drafts.ts'
import { isInConflict, mergedEntries, settled, withDrafts } from '../../src/client/plan/merge.ts'
import { NO_PLAN, withSection } from '../../src/client/vault/plan-rules.ts'
import type { PlanEntry } from '../../src/protocol/plan.ts'

const section = (id: string, ...entries: PlanEntry[]) => ({ id, at: 1, entries })
const plan = (...sections: ReturnType<typeof section>[]) => sections.reduce(withSection, NO_PLAN)
/** Typed on this phone, begun when `before` was stored. */
const draft = (id: string, entries: PlanEntry[], ...before: PlanEntry[]): SectionDraft => ({
  id,
  entries,
  before: before.length === 0 ? null : section(id, ...before),
})

describe('what was typed here while another phone stored something', () => {
  test('is joined with it field by field, where each has changed another one', () => {
    const mine = draft('money', [{ accounts: 'Banco azul', lease: 'Hasta mayo' }], { accounts: 'Banco rojo' })
    const theirs = section('money', { accounts: 'Banco rojo', pets: 'Canela' })
    expect(mergedEntries(mine, theirs)).toEqual([
      { accounts: 'Banco azul', lease: 'Hasta mayo', pets: 'Canela' },
    ])
  })

  test('keeps what was deleted deleted, on either side', () => {
    const mine = draft('money', [{ accounts: ' ' }], { accounts: 'Banco rojo', pets: 'Canela' })
    expect(mergedEntries(mine, section('money', { accounts: 'Banco rojo', pets: 'Canela' }))).toEqual([])
    const other = draft('money', [{ accounts: 'Banco azul', pets: 'Canela' }], {
      accounts: 'Banco rojo',
      pets: 'Canela',
    })
    expect(mergedEntries(other, section('money', { accounts: 'Banco rojo' }))).toEqual([
      { accounts: 'Banco azul' },
    ])
    expect(mergedEntries(draft('money', [{ pets: 'Canela' }], { pets: 'Canela' }), null)).toEqual([])
  })

  test('is not stored where both have changed the same field, until it is said whose words stand', () => {
    const stored = plan(section('money', { accounts: 'Banco verde', lease: 'Hasta mayo' }))
    const mine = draft('money', [{ accounts: 'Banco azul', pets: 'Canela' }], { accounts: 'Banco rojo' })
    expect(isInConflict(stored, mine)).toBe(true)
    expect(withDrafts(stored, [mine], 5)).toBe(stored)
    const entriesOf = (stands: 'mine' | 'theirs') =>
      withDrafts(stored, [settled(stored, mine, stands)], 5).sections[0]?.entries
    expect(entriesOf('mine')).toEqual([{ accounts: 'Banco azul', lease: 'Hasta mayo', pets: 'Canela' }])
    expect(entriesOf('theirs')).toEqual([{ accounts: 'Banco verde', lease: 'Hasta mayo', pets: 'Canela' }])
  })

  test('never puts one child’s medicines on the page of another', () => {
    const luz = { 'child-name': 'Luz', medications: 'Ninguna' }
    const leo = { 'child-name': 'Leo', medications: 'Insulina' }
    const mine = draft('children', [{ ...luz, medications: 'Jarabe' }], luz)
    expect(mergedEntries(mine, section('children', leo))).toBeNull()
    expect(mergedEntries(mine, section('children', luz, leo))).toEqual([
      { ...luz, medications: 'Jarabe' },
      leo,
    ])
    const gone = draft('children', [{ ...luz, medications: 'Jarabe' }, leo], luz, leo)
    expect(mergedEntries(gone, section('children', leo))).toBeNull()
  })

  test('of a section that this app does not know is taken whole or not at all', () => {
    const mine = draft('later', [{ a: '1', b: '2' }], { a: '1' })
    expect(mergedEntries(mine, section('later', { a: '3' }))).toBeNull()
    expect(mergedEntries(mine, section('later', { a: '1' }))).toEqual([{ a: '1', b: '2' }])
  })
})

describe('what is typed and not stored', () => {
  const stored = plan(section('money', { pets: 'Canela' }))

  test('is shown before what is stored, once for each section', () => {
    const drafts = withDraft(
      withDraft([], draft('money', [{ pets: 'C' }])),
      draft('money', [{ pets: 'Ca ' }]),
    )
    expect(drafts).toHaveLength(1)
    expect(shownEntries(stored, drafts, 'money')).toEqual([{ pets: 'Ca ' }])
    expect(shownEntries(stored, [], 'money')).toEqual([{ pets: 'Canela' }])
    expect(shownEntries(stored, [], 'identity')).toEqual([])
  })

  test('is nothing where it says what is stored already, whatever the spaces', () => {
    const same = draft('money', [{ pets: ' Canela ', lease: ' ' }], { pets: 'Canela' })
    expect(stillToStore(stored, [same])).toEqual([])
    expect(stillToStore(stored, [draft('money', [{}], { pets: 'Canela' })])).toHaveLength(1)
  })

  test('goes on from what was stored when more was typed meanwhile, and takes back nothing of another phone', () => {
    const sent = draft('money', [{ pets: 'Canela', lease: 'Mayo' }], { pets: 'Canela' })
    const after = plan(section('money', { pets: 'Canela', lease: 'Mayo', vehicle: 'Rojo' }))
    expect(afterStoring(after, [sent], [sent])).toEqual([])
    const more = { ...sent, entries: [{ pets: 'Canela', lease: 'Hasta mayo' }] }
    const left = afterStoring(after, [more], [sent])
    expect(withDrafts(after, left, 6).sections[0]?.entries).toEqual([
      { pets: 'Canela', lease: 'Hasta mayo', vehicle: 'Rojo' },
    ])
  })

  test('that was stored while it was typed on is nobody else’s change, and what came before a conflict was settled is none of it', () => {
    const sent = draft('money', [{ pets: 'Canela' }])
    const more = { ...sent, entries: [{ pets: 'Canela, con la vecina' }] }
    const after = plan(section('money', { pets: 'Canela' }))
    expect(isInConflict(after, more)).toBe(true)
    expect(isInConflict(after, goneOn(more, [sent]))).toBe(false)
    const settledSince = draft('money', [{ pets: 'Cacao' }], { pets: 'Chispa' })
    expect(goneOn(settledSince, [sent])).toBe(settledSince)
    const emptied = draft('money', [{ pets: ' ' }], { pets: 'Canela' })
    expect(goneOn({ ...emptied, entries: [{ pets: 'Sol' }] }, [emptied]).before).toBeNull()
  })

  test('is in no conflict in the moment between the commit and the look at what it has stored, on either side of it', () => {
    const sent = draft('money', [{ pets: 'Canela' }])
    const more = { ...sent, entries: [{ pets: 'Canela, con la vecina' }] }
    for (const known of [NO_PLAN, plan(section('money', { pets: 'Canela' }))])
      expect(isInConflict(known, seenFrom(known, more, [sent]))).toBe(false)
    const theirs = plan(section('money', { pets: 'Chispa' }))
    expect(isInConflict(theirs, seenFrom(theirs, more, [sent]))).toBe(true)
  })

  test('stays where the commit left it out for a conflict', () => {
    const mine = draft('money', [{ pets: 'Cacao' }], { pets: 'Canela' })
    const theirs = plan(section('money', { pets: 'Chispa' }))
    const left = afterStoring(theirs, [mine], [])
    expect(left).toEqual([mine])
    expect(isInConflict(theirs, left[0] ?? mine)).toBe(true)
  })
})

test('counts what is filled in: fields of one page, or pages', () => {
  expect(filledIn([{ pets: ' ', lease: 'Mayo' }], false)).toBe(1)
  expect(filledIn([{ 'child-name': 'Luz' }, {}, { teacher: 'Sra. Kim' }], true)).toBe(2)
  expect(filledIn([], false)).toBe(0)
})
