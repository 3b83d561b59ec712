import * as z from 'zod/mini'
import { BlockList, refuseBlocked } from './block-list.ts'
import { libraryFaults } from './check-library.ts'
import { lineFaults } from './check-lines.ts'
import { stepFaults } from './check-steps.ts'
import { ConsulatesFile } from './consulates-schema.ts'
import type { Fault } from './fault.ts'
import { FirstSteps, Scams } from './first-steps-schema.ts'
import {
  HotlineAreasFile,
  HotlineDetailsFile,
  HotlineFile,
  OtherLinesFile,
  WhatToSay,
} from './hotline-schema.ts'
import { LibraryFile } from './library-schema.ts'
import { NextStepsFile } from './next-steps-schema.ts'
import { RedCards, RightsScenes } from './rights-scene-schema.ts'
import { Rights } from './rights-schema.ts'
import { Sources } from './source.ts'

/** Every data file that people edit, by its name without `.json`. */
const SCHEMAS = {
  hotlines: HotlineFile,
  'hotline-areas': HotlineAreasFile,
  'hotline-details': HotlineDetailsFile,
  'other-lines': OtherLinesFile,
  'hotline-sources': Sources,
  'what-to-say': WhatToSay,
  'block-list': BlockList,
  'first-steps': FirstSteps,
  scams: Scams,
  'first-steps-sources': Sources,
  rights: Rights,
  'rights-sources': Sources,
  'rights-scenes': RightsScenes,
  'rights-scenes-sources': Sources,
  'red-cards': RedCards,
  library: LibraryFile,
  'library-sources': Sources,
  'next-steps': NextStepsFile,
  'next-steps-sources': Sources,
  consulates: ConsulatesFile,
  'consulates-sources': Sources,
} as const
export type ContentName = keyof typeof SCHEMAS
export const CONTENT_NAMES = Object.keys(SCHEMAS) as ContentName[]

/** The data files as they are on disk, parsed as JSON and not trusted: a host may have edited them. */
export type ContentFiles = Record<ContentName, unknown>
/** The same, of which the schemas have been checked. */
export type Content = { [Name in ContentName]: z.infer<(typeof SCHEMAS)[Name]> }

/** What a schema has against a file. */
export const schemaFaults = (file: string, schema: z.ZodMiniType, data: unknown): Fault[] =>
  (schema.safeParse(data, { error: z.locales.en().localeError }).error?.issues ?? []).flatMap(
    ({ path, message, ...issue }) =>
      // Of a key that the schema does not know, the place is the key.
      issue.code === 'unrecognized_keys' && 'keys' in issue
        ? (issue.keys as string[]).map((key) => ({
            file,
            path: [...path, key],
            message: 'this field is not known',
          }))
        : [{ file, path, message }],
  )

/** Every text in a file, with its place. */
const textsIn = (
  data: unknown,
  path: readonly PropertyKey[] = [],
): { path: readonly PropertyKey[]; text: string }[] => {
  if (typeof data === 'string') return [{ path, text: data }]
  if (data === null || typeof data !== 'object') return []
  return Object.entries(data).flatMap(([key, value]) =>
    textsIn(value, [...path, Array.isArray(data) ? Number(key) : key]),
  )
}

/** A number of the block list anywhere in a file, be it in the middle of a sentence. */
export const blockedIn = (file: string, data: unknown): Fault[] =>
  textsIn(data).flatMap(({ path, text }) => {
    const why = refuseBlocked(text)
    return why === null ? [] : [{ file, path, message: `this number is on the block list. ${why.en}` }]
  })

/** Every id has a source, and every source an id. */
const sourceFaults = (file: ContentName, sources: Sources, ids: readonly string[]): Fault[] => [
  ...ids
    .filter((id) => !Object.hasOwn(sources, id))
    .map((id) => ({ file, path: [], message: `${id}: no source` })),
  ...Object.keys(sources)
    .filter((id) => !ids.includes(id))
    .map((id) => ({ file, path: [id], message: `${id}: source of nothing` })),
]

const twice = (file: ContentName, at: readonly PropertyKey[], items: readonly { id: string }[]): Fault[] =>
  items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) === index
      ? []
      : [{ file, path: [...at, index, 'id'], message: `${id}: stands twice` }],
  )

const restOfFaults = (content: Content): Fault[] => {
  const { hotlines, library, rights } = content
  const steps = { ...content['first-steps'], ...content.scams }
  const { scenes, changed } = content['rights-scenes']
  const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id)
  return [
    ...twice('first-steps', ['firstThree'], steps.firstThree),
    ...twice('first-steps', ['firstHour'], steps.firstHour),
    ...twice('scams', ['scams'], steps.scams),
    ...twice('rights', ['statements'], rights.statements),
    ...twice('rights-scenes', ['scenes'], scenes),
    ...sourceFaults('hotline-sources', content['hotline-sources'], [
      ...ids(hotlines),
      ...ids(content['other-lines']),
    ]),
    ...sourceFaults('first-steps-sources', content['first-steps-sources'], [
      ...new Set([...ids(steps.firstThree), ...ids(steps.firstHour), ...ids(steps.scams)]),
    ]),
    ...sourceFaults('rights-sources', content['rights-sources'], [...ids(rights.statements), 'caution']),
    ...sourceFaults('rights-scenes-sources', content['rights-scenes-sources'], [
      ...ids(scenes),
      ...ids(changed),
    ]),
    ...sourceFaults('library-sources', content['library-sources'], ids(library)),
    ...sourceFaults('next-steps-sources', content['next-steps-sources'], ids(content['next-steps'].steps)),
    ...sourceFaults('consulates-sources', content['consulates-sources'], ids(content.consulates.consulates)),
  ]
}

/**
 * Everything that is wrong with the content; empty if nothing is. What the schemas find comes alone: the rest is looked at only where
 * every file has its shape. Pure; for tests and builds, never on a phone.
 */
export const contentFaults = (files: ContentFiles): Fault[] => {
  const faults = CONTENT_NAMES.flatMap((name) => [
    ...schemaFaults(name, SCHEMAS[name], files[name]),
    ...(name === 'block-list' ? [] : blockedIn(name, files[name])),
  ])
  if (faults.length > 0) return faults
  const content = files as Content
  return [...lineFaults(content), ...libraryFaults(content), ...stepFaults(content), ...restOfFaults(content)]
}
