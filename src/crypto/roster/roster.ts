import { ROSTER_MAX_BYTES } from '../../protocol/limits.ts'
import { Roster } from '../../protocol/sealed.ts'
import { openJson, sealJson } from '../json.ts'
import type { Random } from '../random.ts'
import { NO_ID, type SealContext } from '../seal.ts'

/** The roster (`protocol.md §8.2`, kind 2): all of crypto that the server imports is in this folder. */
const contextOf = (vault: Uint8Array, version: number): SealContext => ({
  kind: 'roster',
  vault,
  id: NO_ID,
  version,
})

/**
 * @throws TypeError if `roster` does not fit its schema
 * @throws RangeError if it is larger sealed than a commit may carry, 32,809 bytes
 */
export const sealRoster = (
  rosterKey: Uint8Array,
  vault: Uint8Array,
  version: number,
  roster: Roster,
  random: Random,
): Uint8Array => {
  const sealed = sealJson(Roster, rosterKey, contextOf(vault, version), roster, random)
  if (sealed.length > ROSTER_MAX_BYTES) throw new RangeError('roster: too long')
  return sealed
}

export const openRoster = (
  rosterKey: Uint8Array,
  vault: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Roster | null => openJson(Roster, rosterKey, contextOf(vault, version), sealed)
