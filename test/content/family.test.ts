import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { consulateCountries, consulatesOf } from '../../src/content/consulates.ts'
import { FAMILY_FILES, type FamilyFiles, familyFaults } from '../../src/content/family-check.ts'
import { PLAN_SECTIONS, planSection } from '../../src/content/family-plan.ts'
import { NEXT_STEPS, stepsFor } from '../../src/content/next-steps.ts'
import type { NextStep } from '../../src/content/next-steps-schema.ts'
import { PHASES, ROLES } from '../../src/content/phases.ts'
import { PLAN_FIELDS_MAX, PLAN_SECTIONS_MAX } from '../../src/protocol/plan.ts'
import { afterEdit } from './files.ts'

const FILES = Object.fromEntries(
  FAMILY_FILES.map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`../../src/content/${name}.json`, import.meta.url), 'utf8')),
  ]),
) as FamilyFiles

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
    const ids = planSection('identity')?.fields.map(({ id }) => id)
    for (const id of ['legal-name', 'other-names', 'dob', 'country-birth', 'a-number'])
      expect(ids).toContain(id)
  })

  it('fit what a sealed plan may hold', () => {
    expect(PLAN_SECTIONS.length).toBeLessThanOrEqual(PLAN_SECTIONS_MAX)
    for (const { fields } of PLAN_SECTIONS) expect(fields.length).toBeLessThanOrEqual(PLAN_FIELDS_MAX)
  })
})

describe('an edit of them', () => {
  const CALL = {
    label: { en: 'Help', es: 'Ayuda' },
    phone: '+18663472423',
    hours: null,
    by: 'community',
  } as const

  it('is refused with a blocked number, of a step or a consulate, and in any text', () => {
    expect(
      afterEdit(({ 'next-steps': { steps } }) => {
        steps[0]!.calls = [CALL]
      }),
    ).toEqual([
      expect.stringMatching(/^next-steps: steps\.0\.calls\.0\.phone: this number is on the block list/),
    ])
    expect(
      afterEdit(({ 'next-steps': { steps } }) => {
        steps[1]!.text.es = 'O llama al 866-DHS-2-ICE.'
      }),
    ).toEqual([expect.stringMatching(/^next-steps: steps\.1\.text\.es: this number is on the block list/)])
    expect(
      afterEdit(({ consulates: { consulates } }) => {
        consulates[0]!.phone = CALL.phone
      }),
    ).toEqual([expect.stringMatching(/^consulates: consulates\.0\.phone: this number is on the block list/)])
  })

  it('is refused with an id that stands twice, without a source, without a language', () => {
    expect(
      afterEdit(({ 'next-steps': { steps } }) => {
        steps[1]!.id = steps[0]!.id
      }),
    ).toContain('next-steps: steps.1.id: call-hotline: stands twice')
    expect(
      afterEdit((content) => {
        delete content['consulates-sources']['mx-ciam']
      }),
    ).toEqual(['consulates-sources: mx-ciam: no source'])
    expect(
      afterEdit(({ 'next-steps': { steps } }) => {
        delete (steps[0]!.title as Partial<NextStep['title']>).es
      }),
    ).toEqual([expect.stringMatching(/^next-steps: steps\.0\.title\.es: /)])
  })

  it('is refused with a country that has no name or no number', () => {
    expect(
      afterEdit(({ consulates: { consulates } }) => {
        consulates[0]!.country = 'ZZ'
      }),
    ).toEqual([
      'consulates: consulates.0.country: mx-ciam: ZZ has no name',
      'consulates: countries.MX: MX: has no number',
    ])
  })
})
