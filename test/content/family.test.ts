import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { consulateCountries, consulatesOf } from '../../src/content/consulates.ts'
import type { ConsulatesFile } from '../../src/content/consulates-schema.ts'
import { FAMILY_FILES, type FamilyFiles, familyFaults } from '../../src/content/family-check.ts'
import { IDENTITY, PLAN_SECTIONS, planSection } from '../../src/content/family-plan.ts'
import { NEXT_STEPS, stepsFor } from '../../src/content/next-steps.ts'
import type { NextStep } from '../../src/content/next-steps-schema.ts'
import { PHASES, ROLES } from '../../src/content/phases.ts'
import { PLAN_FIELDS_MAX, PLAN_SECTIONS_MAX } from '../../src/protocol/plan.ts'

const FILES = Object.fromEntries(
  FAMILY_FILES.map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`../../src/content/${name}.json`, import.meta.url), 'utf8')),
  ]),
) as FamilyFiles

const edited = <T>(name: keyof FamilyFiles, edit: (file: T) => void): string[] => {
  const file = structuredClone(FILES[name])
  edit(file as T)
  return familyFaults({ ...FILES, [name]: file })
}

describe('next steps, consulates and the plan as they ship', () => {
  it('have no fault', () => {
    expect(familyFaults(FILES)).toEqual([])
  })

  it('have something to do for everybody in the first hour, and something in each phase', () => {
    for (const role of ROLES) expect(stepsFor('first-hour', role).length).toBeGreaterThan(2)
    for (const phase of PHASES) expect(stepsFor(phase, null).length).toBeGreaterThan(3)
  })

  it('say beside each government number that it is one', () => {
    const phones = NEXT_STEPS.flatMap(({ calls }) => calls)
    for (const { phone, by } of phones)
      if (['+18883514024', '+18008987180', '+18002037001'].includes(phone)) expect(by).toBe('government')
    expect(phones.length).toBeGreaterThan(3)
  })

  it('warn who asks for asylum before the consulate', () => {
    const step = NEXT_STEPS.find(({ id }) => id === 'consulate')
    expect(step?.warning?.en).toMatch(/asylum.*lawyer first/s)
    expect(step?.warning?.es).toMatch(/asilo.*primero habla con un abogado/s)
  })

  it('offer no number where none can be trusted, and still name the country', () => {
    expect(consulateCountries('es').map(({ name }) => name)).toContain('El Salvador')
    expect(consulatesOf('SV')).toEqual([])
    expect(consulatesOf('MX')[0]?.phone).toBe('+15206237874')
  })

  it('have in one section what a search for a person needs', () => {
    const ids = planSection(IDENTITY)?.fields.map(({ id }) => id)
    for (const id of ['legal-name', 'other-names', 'dob', 'country-birth', 'a-number'])
      expect(ids).toContain(id)
  })

  it('fit what a sealed plan may hold', () => {
    expect(PLAN_SECTIONS.length).toBeLessThanOrEqual(PLAN_SECTIONS_MAX)
    for (const { fields } of PLAN_SECTIONS) expect(fields.length).toBeLessThanOrEqual(PLAN_FIELDS_MAX)
  })
})

describe('an edit of them', () => {
  type Steps = { steps: NextStep[] }
  it('is refused with a blocked number, of a step or a consulate, however it is meant', () => {
    const tip = '+18663472423'
    expect(
      edited<Steps>('next-steps', ({ steps }) => {
        steps[0]!.calls = [{ label: { en: 'Help', es: 'Ayuda' }, phone: tip, hours: null, by: 'community' }]
      }),
    ).toEqual([expect.stringMatching(/next-steps.json: call-hotline: its number is on the block list/)])
    expect(
      edited<ConsulatesFile>('consulates', ({ consulates }) => {
        consulates[0]!.phone = tip
      }),
    ).toEqual([expect.stringMatching(/consulates.json: mx-ciam: its number is on the block list/)])
  })

  it('is refused with an id that stands twice, without a source, without a language', () => {
    expect(
      edited<Steps>('next-steps', ({ steps }) => {
        steps[1]!.id = steps[0]!.id
      }),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/call-hotline: stands twice/)]))
    expect(
      edited<Record<string, unknown>>('consulates-sources', (sources) => {
        delete sources['mx-ciam']
      }),
    ).toEqual(['consulates-sources.json: mx-ciam: no source'])
    expect(
      edited<Steps>('next-steps', ({ steps }) => {
        delete (steps[0]!.title as Partial<NextStep['title']>).es
      }),
    ).toEqual([expect.stringMatching(/next-steps.json: steps.0.title.es/)])
  })
})
