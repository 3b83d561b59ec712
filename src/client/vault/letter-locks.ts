import { makeLinkLock, openLinkLock } from '../../crypto/locks/link.ts'
import { makePairedLock, openPairedLock } from '../../crypto/locks/paired.ts'
import { makeWordLock, openWordLock } from '../../crypto/locks/word.ts'
import { normaliseWord } from '../../crypto/word.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { Lock } from '../../protocol/locks.ts'
import type { RosterLetter } from '../../protocol/roster.ts'
import type { LockChoice } from '../../protocol/vault-document.ts'
import { random } from './random.ts'
import type { StretchWordJob } from './stretch-worker.ts'

/** The locks of one letter, real or practice, each tried once before it is sent anywhere. Sends nothing. */
export type Stretch = (job: StretchWordJob, onProgress: (done: number) => void) => Promise<Uint8Array>

/** Where everything of one commit is sealed. */
export type Place = { vault: Uint8Array; version: number }

/** `secret` is the link secret; both are base64url. */
export type Locked = { id: string; secret: string; lock: LockChoice }

/** A letter that its own lock does not open is found out here, and not on the day when it is needed. */
const tried = (lock: Lock, letterKey: Uint8Array, opened: Uint8Array | null): Lock => {
  if (opened === null || toText(opened) !== toText(letterKey))
    throw new Error(`lock ${lock.kind}: does not open`)
  return lock
}

/**
 * The invitation opens every letter; what else does is the owner's choice.
 * @param contactSecret base64url
 * @throws RangeError if the family word is too short
 */
export const locksOf = async (
  letter: Locked,
  contactSecret: string,
  letterKey: Uint8Array,
  { vault, version }: Place,
  stretch: Stretch,
  onProgress: (done: number) => void,
): Promise<Lock[]> => {
  const [secret, id, contact] = [letter.secret, letter.id, contactSecret].map(fromText) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const pairedLock = makePairedLock(letterKey, contact, vault, id, version, random)
  const paired = tried(pairedLock, letterKey, openPairedLock(pairedLock, contact, vault, id, version))
  if (letter.lock.kind === 'paired') return [paired]
  if (letter.lock.kind === 'link') {
    const link = makeLinkLock(letterKey, secret, vault, id, version, random)
    return [paired, tried(link, letterKey, openLinkLock(link, secret, vault, id, version))]
  }
  const word = normaliseWord(letter.lock.word)
  if (word === null) throw new RangeError('the family word is too short')
  const stretched = await stretch({ word, secret, vault, letter: id }, onProgress)
  const lock = makeWordLock(letterKey, secret, vault, id, version, stretched, letter.lock.hint, random)
  return [paired, tried(lock, letterKey, openWordLock(lock.wrapped, stretched, vault, id, version))]
}

/** The letter as the roster names it: its link secret is mailed where a `word` or `link` lock needs it. */
export const rosterLetterOf = ({ id, secret, lock }: Locked, version: number): RosterLetter =>
  lock.kind === 'paired'
    ? { id, version, locks: ['paired'], secret: null }
    : { id, version, locks: ['paired', lock.kind], secret }
