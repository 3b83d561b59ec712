import { firstHour, firstThree } from './first-steps.json'
import type { Step } from './first-steps-schema.ts'

/**
 * What a contact does first. Pure; sources in `first-steps-sources.json`, schema checked by the build. The lists are imported by
 * name, so that who needs one does not carry the other.
 */

/** The three that fit into a message. */
export const FIRST_THREE: readonly Step[] = firstThree

/** The first hour in full, for the contact's page. */
export const FIRST_HOUR: readonly Step[] = firstHour
