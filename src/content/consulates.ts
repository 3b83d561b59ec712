import type { Language } from '../protocol/fields.ts'
import { consulates, countries, withoutNumber } from './consulates.json'
import type { Consulate, ConsulatesFile } from './consulates-schema.ts'

/** Consulates by country. Pure; the schema is checked by the build. */
const NAMES = { ...countries, ...withoutNumber } as ConsulatesFile['countries']

/** Sorted by name in `language`. */
export const consulateCountries = (language: Language): { code: string; name: string }[] =>
  Object.entries(NAMES)
    .map(([code, name]) => ({ code, name: name[language] }))
    .sort((a, b) => a.name.localeCompare(b.name, language))

/** Empty for a country without a number that could be trusted. */
export const consulatesOf = (country: string): Consulate[] =>
  (consulates as readonly Consulate[]).filter((one) => one.country === country)
