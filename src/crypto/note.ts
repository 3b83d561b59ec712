import { ContactNote } from '../protocol/contact-note.ts'
import { openJson } from './json.ts'
import type { Random } from './random.ts'
import { NO_ID, type SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/**
 * A contact's name and note (`protocol.md §8.10`, kind 11), under the situation root that the owner and every real letter hold. Neither id
 * nor version: whoever opens it knows no id of who wrote it.
 */
const contextOf = (vault: Uint8Array): SealContext => ({ kind: 'note', vault, id: NO_ID, version: 1 })

/**
 * @param situation 32 bytes
 * @returns at most 1,065 bytes, since a note that fits its schema is no longer
 * @throws TypeError if `note` does not fit its schema
 */
export const sealNote = (
  situation: Uint8Array,
  vault: Uint8Array,
  note: ContactNote,
  random: Random,
): Uint8Array => sealJson(ContactNote, situation, contextOf(vault), note, random)

/**
 * @param pressedAt of the alert that it is shown with
 * @returns null if the seal is refused, or the note is of another alert
 */
export const openNote = (
  situation: Uint8Array,
  vault: Uint8Array,
  pressedAt: number,
  sealed: Uint8Array,
): ContactNote | null => {
  const note = openJson(ContactNote, situation, contextOf(vault), sealed)
  return note?.pressedAt === pressedAt ? note : null
}
