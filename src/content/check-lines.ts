import type { Content } from './check.ts'
import type { Fault } from './fault.ts'
import { FALLBACK_HOTLINE } from './hotline.ts'
import type { HotlineArea, HotlineDetails, OtherLine } from './hotline-schema.ts'
import { countiesOf } from './places.ts'
import { STATE_NAMES } from './state-names.ts'

/** What is wrong with the phone lines beyond their shape. Pure; for tests and builds. */

type Served = Pick<HotlineArea, 'states' | 'counties'>
type Path = readonly PropertyKey[]

/** States and counties that there are, and counties that cannot be mistaken for another one. */
export const placeFaults = (file: string, path: Path, { states, counties }: Served): Fault[] => {
  const faults: Fault[] = []
  for (const [index, state] of states.entries()) {
    if (state !== 'US' && !Object.hasOwn(STATE_NAMES, state))
      faults.push({ file, path: [...path, 'states', index], message: `${state} is no state` })
  }
  const all = states.flatMap((state) => countiesOf(state))
  for (const [index, county] of counties.entries()) {
    const found = all.filter(({ fips, name }) => fips === county || name === county)
    const at = [...path, 'counties', index]
    if (found.length === 0) faults.push({ file, path: at, message: `${county} is no county of ${states}` })
    if (found.length > 1) {
      const digits = found.map(({ fips }) => fips).join(' or ')
      faults.push({ file, path: at, message: `there are two of the name ${county}: write ${digits}` })
    }
  }
  return faults
}

/** A zone that a browser knows. */
export const zoneFaults = (file: string, path: Path, { open }: Pick<HotlineDetails, 'open'>): Fault[] => {
  if (open === null || open === 'always') return []
  try {
    new Intl.DateTimeFormat('en', { timeZone: open.zone })
    return []
  } catch {
    return [{ file, path: [...path, 'open', 'zone'], message: `${open.zone} is no time zone` }]
  }
}

/** No number of low confidence is offered: a wrong number does harm. */
export const confidenceFaults = (
  file: string,
  path: Path,
  { confidence }: Pick<OtherLine, 'confidence'>,
): Fault[] =>
  confidence === 'low'
    ? [{ file, path: [...path, 'confidence'], message: 'of low confidence; a wrong number does harm' }]
    : []

export const lineFaults = (content: Content): Fault[] => {
  const { hotlines } = content
  const faults: Fault[] = []
  const seen = new Map<string, string>()
  const isNew = (file: string, path: Path, value: string) => {
    if (seen.has(value)) faults.push({ file, path, message: `${value}: stands twice` })
    seen.set(value, file)
  }
  for (const [index, hotline] of hotlines.entries()) {
    const { id } = hotline
    isNew('hotlines', [index, 'id'], id)
    isNew('hotlines', [index, 'phone'], hotline.phone)
    faults.push(...confidenceFaults('hotlines', [index], hotline))
    for (const file of ['hotline-areas', 'hotline-details'] as const) {
      if (!Object.hasOwn(content[file], id)) faults.push({ file, path: [], message: `${id}: missing` })
    }
  }
  for (const file of ['hotline-areas', 'hotline-details'] as const) {
    for (const id of Object.keys(content[file])) {
      if (!hotlines.some((hotline) => hotline.id === id))
        faults.push({ file, path: [id], message: `${id}: of no hotline` })
    }
  }
  for (const [id, area] of Object.entries(content['hotline-areas']))
    faults.push(...placeFaults('hotline-areas', [id], area))
  for (const [id, details] of Object.entries(content['hotline-details']))
    faults.push(...zoneFaults('hotline-details', [id], details))
  for (const [index, line] of content['other-lines'].entries()) {
    const file = 'other-lines'
    isNew(file, [index, 'id'], line.id)
    isNew(file, [index, 'phone'], line.phone)
    faults.push(
      ...confidenceFaults(file, [index], line),
      ...placeFaults(file, [index], line),
      ...zoneFaults(file, [index], line),
    )
  }
  if (!hotlines.some(({ id }) => id === FALLBACK_HOTLINE))
    faults.push({ file: 'hotlines', path: [], message: `the fallback ${FALLBACK_HOTLINE} is missing` })
  return faults
}
