import * as z from 'zod/mini'
import { HotlineId, line, TimeZone } from '../protocol/fields.ts'
import { LocalText } from './local-text.ts'
import { Confidence, Day, PartialDate, WebAddress } from './source.ts'

/** A North American number in E.164: `+1`, area code and exchange each beginning with 2 to 9, neither of them N11. */
export const Phone = z.string().check(z.regex(/^\+1[2-9](?!11)\d{2}[2-9](?!11)\d{6}$/))

export const StateCode = z.string().check(z.regex(/^[A-Z]{2}$/))
export const LanguageCode = z.string().check(z.regex(/^[a-z]{2,3}$/))
/** A county's five FIPS digits, or its name in `counties.json`; the digits where a state has two of that name. */
export const County = z.union([z.string().check(z.regex(/^\d{5}$/)), line(60).check(z.regex(/^\D+$/))])

/**
 * `hotlines.json`: what the button and a mail need of a line of kind `raid-report`, and nothing more, because it is in their first load.
 * `name` is the organisation's own and is not translated.
 */
export const Hotline = z.strictObject({
  id: HotlineId,
  name: line(120),
  phone: Phone,
  confidence: Confidence,
})
export type Hotline = z.infer<typeof Hotline>

/**
 * `hotline-areas.json`, by the hotline's id: what a mail and the picker of the set-up say of it. `states` is `["US"]` for a national
 * line; `counties` is empty where the line serves all of its states, or a part of them that has only a name: `area`.
 */
export const HotlineArea = z.strictObject({
  states: z.array(StateCode).check(z.minLength(1), z.maxLength(8)),
  counties: z.array(County).check(z.maxLength(100)),
  area: LocalText,
  hours: z.nullable(LocalText),
  note: z.nullable(LocalText),
})
export type HotlineArea = z.infer<typeof HotlineArea>

const Clock = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/))
export const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof Weekday>

/** Open from `from` of each of `days` to `to`, of the next day where `to` is not later than `from`. */
export const Span = z.strictObject({
  days: z.array(Weekday).check(z.minLength(1), z.maxLength(7)),
  from: Clock,
  to: Clock,
})

/** Only where a source says it without doubt. `holidays`: closed on the federal ones. */
export const OpenHours = z.strictObject({
  zone: TimeZone,
  spans: z.array(Span).check(z.minLength(1), z.maxLength(14)),
  closedOnHolidays: z.boolean(),
})
export type OpenHours = z.infer<typeof OpenHours>

/** Who answers: it decides what may be said. `immigration`: an authority that detains, judges or houses people. */
export const RunBy = z.enum(['community', 'government', 'immigration'])

/**
 * `hotline-details.json`, by the hotline's id: what only the help pages need. `open` is `always` only where the operator or a
 * government says so, null where nobody does. `languages` is null where nobody says which are spoken. `text`: takes text messages at the
 * same number. `checked` is the day on which somebody last dialled it, null if nobody did; `sourceDate` belongs to the newest
 * source of the number.
 */
export const HotlineDetails = z.strictObject({
  organisation: line(160),
  runBy: RunBy,
  open: z.nullable(z.union([z.literal('always'), OpenHours])),
  languages: z.nullable(z.array(LanguageCode).check(z.minLength(1))),
  text: z.boolean(),
  url: z.nullable(WebAddress),
  sourceDate: z.nullable(PartialDate),
  checked: z.nullable(Day),
})
export type HotlineDetails = z.infer<typeof HotlineDetails>

/**
 * What a line is for. Only `raid-report` is called in an alert. `find-person` are lines of authorities that say where somebody is held;
 * `report-violation` takes complaints about officials who broke a state's law.
 */
const OtherKind = z.enum(['legal-help', 'family-support', 'find-person', 'report-violation'])
export const LineKind = z.enum(['raid-report', ...OtherKind.options])
export type LineKind = z.infer<typeof LineKind>

/** `other-lines.json`: lines of every other kind, whole. */
export const OtherLine = z.strictObject({
  ...Hotline.shape,
  ...HotlineArea.shape,
  ...HotlineDetails.shape,
  kind: OtherKind,
})
export type OtherLine = z.infer<typeof OtherLine>

export const HotlineFile = z.array(Hotline).check(z.minLength(1), z.maxLength(400))
export type HotlineFile = z.infer<typeof HotlineFile>
export const HotlineAreasFile = z.record(HotlineId, HotlineArea)
export type HotlineAreasFile = z.infer<typeof HotlineAreasFile>
export const HotlineDetailsFile = z.record(HotlineId, HotlineDetails)
export type HotlineDetailsFile = z.infer<typeof HotlineDetailsFile>
export const OtherLinesFile = z.array(OtherLine).check(z.maxLength(400))
export type OtherLinesFile = z.infer<typeof OtherLinesFile>

/** `what-to-say.json`: by kind of line, what helps to say, and what to leave out. */
export const WhatToSay = z.record(
  LineKind,
  z.strictObject({
    say: z.array(LocalText).check(z.minLength(1), z.maxLength(6)),
    leaveOut: z.array(LocalText).check(z.minLength(1), z.maxLength(4)),
  }),
)
export type WhatToSay = z.infer<typeof WhatToSay>
