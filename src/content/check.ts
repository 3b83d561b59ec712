import type * as z from 'zod/mini'
import { BlockList, refuseBlocked } from './block-list.ts'
import { FirstSteps } from './first-steps-schema.ts'
import { FALLBACK_HOTLINE } from './hotline.ts'
import { HotlineDetailsFile, HotlineFile } from './hotline-schema.ts'
import { Rights } from './rights-schema.ts'
import { Sources } from './source.ts'

/** The data files as they are on disk, parsed as JSON and not trusted: a host may have edited them. */
export type ContentFiles = Record<
  | 'hotlines'
  | 'hotlineDetails'
  | 'hotlineSources'
  | 'blockList'
  | 'firstSteps'
  | 'firstStepsSources'
  | 'rights'
  | 'rightsSources',
  unknown
>

const STALE_DAYS = 180
const DAY_MS = 86_400_000

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

/**
 * Everything that is wrong with the content, a line each; empty if nothing is. Pure; for tests and builds, never on a
 * phone.
 */
export const contentFaults = (files: ContentFiles): string[] => {
  const faults: string[] = []
  const parse = <Schema extends z.ZodMiniType>(name: keyof ContentFiles, schema: Schema) => {
    const result = schema.safeParse(files[name])
    if (!result.success) {
      for (const { path, message } of result.error.issues) {
        faults.push(`${name}: ${path.map(String).join('.')}: ${message}`)
      }
      return null
    }
    return result.data as z.infer<Schema>
  }
  const hasSources = (name: keyof ContentFiles, ids: readonly string[], extra: readonly string[] = []) => {
    const sources = parse(name, Sources)
    if (sources === null) return
    for (const id of [...ids, ...extra])
      if (!Object.hasOwn(sources, id)) faults.push(`${name}: ${id}: no source`)
    for (const id of Object.keys(sources)) {
      if (![...ids, ...extra].includes(id)) faults.push(`${name}: ${id}: source of nothing`)
    }
  }

  const hotlines = parse('hotlines', HotlineFile)
  const details = parse('hotlineDetails', HotlineDetailsFile)
  if (hotlines !== null) {
    faults.push(...hotlineFaults(hotlines))
    const ids = hotlines.hotlines.map(({ id }) => id)
    hasSources('hotlineSources', ids)
    if (details !== null) {
      for (const id of ids) if (!Object.hasOwn(details, id)) faults.push(`hotlineDetails: ${id}: missing`)
      for (const id of Object.keys(details))
        if (!ids.includes(id)) faults.push(`hotlineDetails: ${id}: of no hotline`)
    }
  }
  parse('blockList', BlockList)
  const steps = parse('firstSteps', FirstSteps)
  if (steps !== null) {
    for (const list of [steps.firstThree, steps.firstHour, steps.scams]) {
      for (const id of repeated(list.map((step) => step.id))) faults.push(`firstSteps: ${id}: stands twice`)
    }
    const ids = [...steps.firstThree, ...steps.firstHour, ...steps.scams].map(({ id }) => id)
    hasSources('firstStepsSources', [...new Set(ids)])
  }
  const rights = parse('rights', Rights)
  if (rights !== null) {
    const ids = rights.statements.map(({ id }) => id)
    for (const id of repeated(ids)) faults.push(`rights: ${id}: stands twice`)
    hasSources('rightsSources', ids, ['caution'])
  }
  return faults
}

const hotlineFaults = ({ states, hotlines }: HotlineFile): string[] => {
  const faults: string[] = []
  for (const id of repeated(hotlines.map((hotline) => hotline.id)))
    faults.push(`hotlines: ${id}: stands twice`)
  for (const phone of repeated(hotlines.map((hotline) => hotline.phone))) {
    faults.push(`hotlines: ${phone}: stands twice`)
  }
  for (const { id, phone, states: served, confidence } of hotlines) {
    const why = refuseBlocked(phone)
    if (why !== null) faults.push(`hotlines: ${id}: its number is on the block list. ${why.en}`)
    if (confidence === 'low') faults.push(`hotlines: ${id}: of low confidence; a wrong number does harm`)
    for (const state of served) {
      if (state !== 'US' && !Object.hasOwn(states, state))
        faults.push(`hotlines: ${id}: ${state} has no name`)
    }
  }
  const fallback = hotlines.find(({ id }) => id === FALLBACK_HOTLINE)
  if (fallback === undefined) faults.push(`hotlines: the fallback ${FALLBACK_HOTLINE} is missing`)
  else if (fallback.kind !== 'raid-report')
    faults.push(`hotlines: ${FALLBACK_HOTLINE}: is no line to call in an alert`)
  return faults
}

/**
 * Hotlines that nobody has dialled for 180 days, or ever: a warning, never a fault, or an old list would stop a build.
 *
 * @param now ms since 1970
 */
export const notCheckedLately = (details: HotlineDetailsFile, now: number): string[] =>
  Object.entries(details)
    .filter(([, { checked }]) => checked === null || now - Date.parse(checked) > STALE_DAYS * DAY_MS)
    .map(([id, { checked }]) => `${id}: ${checked === null ? 'never dialled' : `last dialled ${checked}`}`)
