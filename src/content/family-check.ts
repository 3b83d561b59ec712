import type * as z from 'zod/mini'
import { CaregiverFile, FamilyPlanFile } from './family-plan-schema.ts'
import { Sources } from './source.ts'

/** What is wrong with the family's plan. Pure; for tests and builds, never on a phone. */
export const FAMILY_FILES = ['family-plan', 'family-plan-sources', 'caregiver'] as const
/** By the file's name, parsed as JSON and not trusted. */
export type FamilyFiles = Record<(typeof FAMILY_FILES)[number], unknown>

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

export const familyFaults = (files: FamilyFiles): string[] => {
  const faults: string[] = []
  const fault = (file: keyof FamilyFiles, where: string, what: string) =>
    faults.push(`${file}.json: ${where}: ${what}`)
  const parse = <Schema extends z.ZodMiniType>(name: keyof FamilyFiles, schema: Schema) => {
    const result = schema.safeParse(files[name])
    if (result.success) return result.data as z.infer<Schema>
    for (const { path, message } of result.error.issues) fault(name, path.map(String).join('.'), message)
    return null
  }
  const unique = (name: keyof FamilyFiles, ids: readonly string[]) => {
    for (const id of repeated(ids)) fault(name, id, 'stands twice')
  }
  const sourced = (name: keyof FamilyFiles, ids: readonly string[]) => {
    const sources = parse(name, Sources)
    if (sources === null) return
    for (const id of ids) if (!Object.hasOwn(sources, id)) fault(name, id, 'no source')
    for (const id of Object.keys(sources)) if (!ids.includes(id)) fault(name, id, 'source of nothing')
  }
  const sections = parse('family-plan', FamilyPlanFile)?.sections
  if (sections !== undefined) {
    unique(
      'family-plan',
      sections.map(({ id }) => id),
    )
    for (const { id, fields, repeats, each } of sections) {
      unique(
        'family-plan',
        fields.map((field) => field.id),
      )
      if (repeats !== (each !== null))
        fault('family-plan', id, 'what repeats has a name for each, and nothing else has')
    }
    sourced(
      'family-plan-sources',
      sections.map(({ id }) => id),
    )
  }
  const care = parse('caregiver', CaregiverFile)
  if (care !== null) {
    unique('caregiver', [...care.arrangements.map(({ id }) => id), ...care.states.map(({ state }) => state)])
  }
  return faults
}
