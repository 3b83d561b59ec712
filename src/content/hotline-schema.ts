import * as z from 'zod/mini'
import { HotlineId, line } from '../protocol/fields.ts'
import { LocalText } from './local-text.ts'
import { Confidence, Day, PartialDate, WebAddress } from './source.ts'

/** A North American number in E.164: `+1`, area code and exchange each beginning with 2 to 9, neither of them N11. */
export const Phone = z.string().check(z.regex(/^\+1[2-9](?!11)\d{2}[2-9](?!11)\d{6}$/))

const StateCode = z.string().check(z.regex(/^[A-Z]{2}$/))

/**
 * One line to call: all that a phone needs of it. `name` is the organisation's own and is not translated. `states` is `["US"]` for
 * a national line; `counties` is empty where the line serves all of its states. `alwaysOpen` is true only where the operator or a
 * government says so, else null: unknown.
 */
export const Hotline = z.strictObject({
  id: HotlineId,
  name: line(120),
  kind: z.enum(['raid-report', 'legal-help']),
  phone: Phone,
  states: z.array(StateCode).check(z.minLength(1), z.maxLength(8)),
  counties: z.array(line(60)).check(z.maxLength(40)),
  area: LocalText,
  alwaysOpen: z.nullable(z.literal(true)),
  hours: z.nullable(LocalText),
  confidence: Confidence,
  note: z.nullable(LocalText),
})
export type Hotline = z.infer<typeof Hotline>

/**
 * What else is known of it, in a file of its own so that no phone has to load it. `languages` is null where nobody says which are
 * spoken. `checked` is the day on which somebody last dialled it, null if nobody did; `sourceDate` belongs to the newest source of
 * the number.
 */
export const HotlineDetails = z.strictObject({
  organisation: line(160),
  languages: z.nullable(z.array(z.string().check(z.regex(/^[a-z]{2,3}$/))).check(z.minLength(1))),
  url: z.nullable(WebAddress),
  sourceDate: z.nullable(PartialDate),
  checked: z.nullable(Day),
})

/** `hotline-details.json`: by the hotline's id. */
export const HotlineDetailsFile = z.record(HotlineId, HotlineDetails)
export type HotlineDetailsFile = z.infer<typeof HotlineDetailsFile>

/** `hotlines.json`. `states` names every state that a hotline of the list serves. */
export const HotlineFile = z.strictObject({
  states: z.record(StateCode, LocalText),
  hotlines: z.array(Hotline).check(z.minLength(1), z.maxLength(400)),
})
export type HotlineFile = z.infer<typeof HotlineFile>
