import redCards from './red-cards.json'
import type { RedCards, RightsScene, RightsScenes } from './rights-scene-schema.ts'
import file from './rights-scenes.json'

/** The rights card, scene by scene, for the help pages. Pure; sources in `rights-scenes-sources.json`, schema checked by the build. */
const FILE = file as RightsScenes

export const SCENES: readonly RightsScene[] = FILE.scenes
export const CHANGED: RightsScenes['changed'] = FILE.changed
export const NOT_LEGAL_ADVICE: RightsScenes['notLegalAdvice'] = FILE.notLegalAdvice

/** Official cards to print, in their languages. */
export const RED_CARDS: RedCards = redCards
