import { Roster } from '../../protocol/roster.ts'
import { openJson } from '../json.ts'
import type { Random } from '../random.ts'
import { NO_ID, type SealContext } from '../seal.ts'
import { sealJson } from '../sealing-json.ts'

/** The roster (`protocol.md §8.2`, kind 2): all of crypto that the server imports is in this folder. */
const contextOf = (vault: Uint8Array, version: number): SealContext => ({
  kind: 'roster',
  vault,
  id: NO_ID,
  version,
})

/**
 * @returns at most 32,809 bytes, since a roster that fits its schema is no longer
 * @throws TypeError if `roster` does not fit its schema
 */
export const sealRoster = (
  rosterKey: Uint8Array,
  vault: Uint8Array,
  version: number,
  roster: Roster,
  random: Random,
): Uint8Array => sealJson(Roster, rosterKey, contextOf(vault, version), roster, random)

export const openRoster = (
  rosterKey: Uint8Array,
  vault: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Roster | null => openJson(Roster, rosterKey, contextOf(vault, version), sealed)
