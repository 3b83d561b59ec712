import { describe, expect, test } from 'vitest'
import { allFacts, factsFor, namesFrom } from '../../src/client/next-steps/shown-plan.ts'
import { PLAN_SECTIONS } from '../../src/content/family-plan.ts'
import { NEXT_STEPS } from '../../src/content/next-steps.ts'
import type { Plan } from '../../src/protocol/plan.ts'

const planOf = (...sections: Plan['sections']): Plan => ({ v: 1, sections, shares: [] })
const PLAN = planOf(
  {
    id: 'identity',
    at: 1,
    entries: [{ 'a-number': 'A12 345 678', 'legal-name': 'Ana Flores', medicines: 'Insulina' }],
  },
  {
    id: 'children',
    at: 1,
    entries: [{ 'child-name': 'Luz' }, { 'child-name': 'Beto', medications: 'Salbutamol' }],
  },
)

describe('what a contact is shown of the plan', () => {
  test('stands at the step that needs it, in the plan’s order, and no more of it than that', () => {
    const [group] = factsFor('locator', PLAN, 'es')
    expect(group?.facts.map(({ id }) => id)).toEqual(['legal-name', 'a-number'])
    expect(group?.facts[1]).toMatchObject({ text: 'A12 345 678', copy: '012345678' })
    expect(JSON.stringify(factsFor('locator', PLAN, 'es'))).not.toContain('Insulina')
    expect(factsFor('bond', PLAN, 'es')).toEqual([])
  })

  test('names each of several children by its number', () => {
    const groups = factsFor('medicine-now', PLAN, 'en')
    expect(groups.map(({ section, which }) => [section, which])).toEqual([
      ['identity', null],
      ['children', 1],
      ['children', 2],
    ])
  })

  test('leaves nothing out of the whole, also what this version has no name for', () => {
    const plan = planOf(
      ...PLAN.sections,
      { id: 'newer-section', at: 2, entries: [{ something: 'Written later' }] },
      { id: 'money', at: 2, entries: [{ 'newer-field': 'Written later too' }] },
    )
    const texts = allFacts(plan, 'en').flatMap(({ facts }) => facts.map(({ label, text }) => [label, text]))
    expect(texts).toContainEqual([null, 'Written later'])
    expect(texts).toContainEqual([null, 'Written later too'])
    expect(texts).toHaveLength(8)
  })

  test('a number can be dialled only where one was asked for and one was written', () => {
    const entry = (text: string) =>
      planOf({ id: 'child-care-plan', at: 1, entries: [{ 'caregiver-phone': text }] })
    const telOf = (text: string) => allFacts(entry(text), 'en')[0]?.facts[0]?.tel
    expect(telOf('(408) 555-0123')).toBe('4085550123')
    expect(telOf('+52 55 1234 5678')).toBe('+525512345678')
    expect(telOf('ask Rosa')).toBeNull()
    expect(telOf('*#06#123456789')).toBeNull()
  })

  test('gives the name in papers where it was shared', () => {
    expect(namesFrom(PLAN)).toEqual({ legal: 'Ana Flores', others: null })
    expect(namesFrom(planOf())).toEqual({ legal: null, others: null })
  })

  test('is asked of steps and fields that there are', () => {
    const full = planOf(
      ...PLAN_SECTIONS.map(({ id, fields }) => ({
        id,
        at: 1,
        entries: [Object.fromEntries(fields.map((field) => [field.id, 'x']))],
      })),
    )
    for (const { id } of NEXT_STEPS)
      for (const { title, facts } of factsFor(id, full, 'en')) {
        expect(title).not.toBeNull()
        for (const { label } of facts) expect(label).not.toBeNull()
      }
    for (const id of ['locator', 'children', 'lawyer', 'documents', 'home-safety', 'medicine'])
      expect(factsFor(id, full, 'es')).not.toEqual([])
  })
})
