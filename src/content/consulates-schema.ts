import * as z from 'zod/mini'
import { PhoneNumber } from '../protocol/channel.ts'
import { line } from '../protocol/fields.ts'
import { LocalText } from './local-text.ts'
import { Confidence, Day, PartialDate } from './source.ts'

const CountryCode = z.string().check(z.regex(/^[A-Z]{2}$/))
const EntryId = z.string().check(z.regex(/^[a-z]{2}(?:-[a-z]+)+$/), z.maxLength(32))

/**
 * A consular line. `name` is the office's own. `states` are those it serves, `["US"]` for all, empty where nobody says. Of low
 * confidence: shown as not verified.
 */
export const Consulate = z.strictObject({
  id: EntryId,
  country: CountryCode,
  name: line(120),
  phone: PhoneNumber,
  states: z.array(CountryCode).check(z.maxLength(20)),
  area: LocalText,
  hours: z.nullable(LocalText),
  languages: z.nullable(z.array(z.string().check(z.regex(/^[a-z]{2,3}$/))).check(z.minLength(1))),
  note: z.nullable(LocalText),
  confidence: Confidence,
  sourceDate: z.nullable(PartialDate),
  checked: z.nullable(Day),
})
export type Consulate = z.infer<typeof Consulate>

/** `consulates.json`. `withoutNumber`: countries that people ask for, and of which no number could be trusted. */
export const ConsulatesFile = z.strictObject({
  countries: z.record(CountryCode, LocalText),
  withoutNumber: z.record(CountryCode, LocalText),
  consulates: z.array(Consulate).check(z.minLength(1), z.maxLength(200)),
})
export type ConsulatesFile = z.infer<typeof ConsulatesFile>
