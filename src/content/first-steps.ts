import file from './first-steps.json'
import type { FirstSteps, Step } from './first-steps-schema.ts'

/** What a contact does first. Pure; sources in `first-steps-sources.json`, schema checked by the build. */
const steps: FirstSteps = file

/** The three that fit into a message. */
export const FIRST_THREE: readonly Step[] = steps.firstThree

/** The first hour in full, for the contact's page. */
export const FIRST_HOUR: readonly Step[] = steps.firstHour
