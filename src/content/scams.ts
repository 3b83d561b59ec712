import type { Step } from './first-steps-schema.ts'
import { scams } from './scams.json'

/** What nobody should fall for who is called because of a detention. Pure; schema and sources as those of the first steps. */
export const SCAMS: readonly Step[] = scams
