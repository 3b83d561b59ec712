import { receiptTokenOf, sealPracticeLetter } from '../../crypto/letter.ts'
import { tokenHash } from '../../crypto/presser.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { KEY_BYTES } from '../../protocol/limits.ts'
import type { RosterLetter } from '../../protocol/roster.ts'
import type { StoredLetter } from '../../protocol/vault.ts'
import type { DocumentContact, VaultDocument } from '../../protocol/vault-document.ts'
import { type Locked, locksOf, type Place, rosterLetterOf, type Stretch } from './letter-locks.ts'
import { newId, newSecret, random } from './random.ts'

/**
 * Practice letters (`protocol.md §8.4`): one for each contact whom a drill writes to, behind locks of the same kinds as the real
 * letter's, with letter key, link secret and gate of its own. They are made for one drill and stand in no document: the next commit
 * leaves them out, and what a drill has released stays until the drill is over. Sends nothing.
 */
export type PracticeLetters = {
  letters: StoredLetter[]
  /** By contact's id, as the roster names them. */
  named: ReadonlyMap<string, RosterLetter>
}

export const NO_PRACTICE: PracticeLetters = { letters: [], named: new Map() }

/** A drill writes to who has accepted, and to nobody else. */
export const isDrilled = ({ answer, email }: DocumentContact): boolean => answer !== null && email !== null

export const practiceLettersOf = async (
  document: VaultDocument,
  place: Place,
  stretch: Stretch,
  onProgress: (done: number) => void,
): Promise<PracticeLetters> => {
  const { vault, version } = place
  const drilled = document.contacts.filter(isDrilled)
  const letters: StoredLetter[] = []
  const named = new Map<string, RosterLetter>()
  for (const [index, { id: contact, language, secret, letter }] of drilled.entries()) {
    const own: Locked = { id: newId(), secret: newSecret(), lock: letter.lock }
    const letterKey = random(KEY_BYTES)
    const id = fromText(own.id)
    const content = { v: 1, from: document.name, language, hotline: document.hotline } as const
    const progress = (done: number) => onProgress((index + done) / drilled.length)
    letters.push({
      id: own.id,
      sealed: toText(sealPracticeLetter(letterKey, vault, id, version, content, random)),
      receipt: toText(tokenHash(receiptTokenOf(letterKey, vault, id))),
      locks: await locksOf(own, secret, letterKey, place, stretch, progress),
      share: null,
    })
    named.set(contact, rosterLetterOf(own, version))
  }
  return { letters, named }
}
