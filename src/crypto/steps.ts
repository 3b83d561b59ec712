import { StepSet } from '../protocol/steps.ts'
import { openJson } from './json.ts'
import type { Random } from './random.ts'
import { NO_ID, type SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/** What a contact says of the steps (`protocol.md §8.17`, kind 17), under the situation root, as a note is. */
const contextOf = (vault: Uint8Array): SealContext => ({ kind: 'steps', vault, id: NO_ID, version: 1 })

/**
 * @param situation 32 bytes
 * @throws TypeError if `set` does not fit its schema
 */
export const sealSteps = (
  situation: Uint8Array,
  vault: Uint8Array,
  set: StepSet,
  random: Random,
): Uint8Array => sealJson(StepSet, situation, contextOf(vault), set, random)

/**
 * @param pressedAt of the alert that it is shown with
 * @returns null if the seal is refused, or the set is of another alert
 */
export const openSteps = (
  situation: Uint8Array,
  vault: Uint8Array,
  pressedAt: number,
  sealed: Uint8Array,
): StepSet | null => {
  const set = openJson(StepSet, situation, contextOf(vault), sealed)
  return set?.pressedAt === pressedAt ? set : null
}
