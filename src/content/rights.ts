import file from './rights.json'
import type { Rights } from './rights-schema.ts'

/** The rights card. Pure; sources in `rights-sources.json`, schema checked by the build. */
export const RIGHTS: Rights = file
