import * as z from 'zod/mini'
import { HotlineId, line } from '../protocol/fields.ts'
import { County, LanguageCode, StateCode } from './hotline-schema.ts'
import { LocalText } from './local-text.ts'
import { Confidence, Day, PartialDate, WebAddress } from './source.ts'

const EntryId = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(48))

/** What it is about. */
export const Topic = z.enum([
  'raids',
  'rights',
  'family-plan',
  'children',
  'legal-help',
  'find-person',
  'laws',
  'sanctuary',
  'deportation',
  'consulate',
  'privacy',
  'refugees',
  'language',
  'identification',
  'money',
])
export type Topic = z.infer<typeof Topic>

/** What it is. */
export const EntryKind = z.enum([
  'hotline',
  'training',
  'card',
  'form',
  'guide',
  'report',
  'law',
  'news',
  'app',
  'fund',
  'organization',
  'directory',
  'government-service',
])
export type EntryKind = z.infer<typeof EntryKind>

/**
 * Whether it still stands: `stands`; `changed`, under another name or in newer form; `past`, of its time and over; `not-found`, looked for
 * in vain or not looked up.
 */
export const Standing = z.enum(['stands', 'changed', 'past', 'not-found'])
export type Standing = z.infer<typeof Standing>

const keyWords = z.array(line(40)).check(z.minLength(1), z.maxLength(16))

/**
 * One entry of `library.json`. `number`: its place, 1 to 30, on the community page that this library grew out of; null for what was not
 * there. `about` says what it is or was, `today` what is known of it now. `languages` of the thing itself, as the page or a source names them.
 * `date` is its own. `states` is `["US"]` where it concerns the whole country. `sameAs`: entries that serve for it today; `lines`: phone lines of it.
 * `url` is null where nobody could make sure of one.
 */
export const LibraryEntry = z.strictObject({
  id: EntryId,
  number: z.nullable(z.number().check(z.int(), z.gte(1), z.lte(30))),
  title: LocalText,
  about: LocalText,
  today: LocalText,
  topics: z.array(Topic).check(z.minLength(1), z.maxLength(4)),
  kind: EntryKind,
  organisation: z.nullable(line(160)),
  date: z.nullable(PartialDate),
  languages: z.array(LanguageCode).check(z.minLength(1), z.maxLength(24)),
  keyWords: z.strictObject({ en: keyWords, es: keyWords }),
  states: z.array(StateCode).check(z.minLength(1), z.maxLength(8)),
  counties: z.array(County).check(z.maxLength(100)),
  standing: Standing,
  sameAs: z.array(EntryId).check(z.maxLength(6)),
  lines: z.array(HotlineId).check(z.maxLength(4)),
  url: z.nullable(WebAddress),
  sourceDate: z.nullable(PartialDate),
  checked: z.nullable(Day),
  confidence: Confidence,
})
export type LibraryEntry = z.infer<typeof LibraryEntry>

export const LibraryFile = z.array(LibraryEntry).check(z.minLength(1), z.maxLength(1000))
export type LibraryFile = z.infer<typeof LibraryFile>
