import { openPairedLock } from '../../crypto/locks/paired.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { LetterAnswer } from '../../protocol/letter.ts'
import type { Link } from '../../protocol/link.ts'
import type { Kept } from '../device/kept.ts'

/** How a closed letter can be opened here. Pure. */
export type Way = {
  /** `elsewhere`: by nothing that is in this browser or in this link. */
  by: 'paired' | 'word' | 'link' | 'elsewhere'
  /** Of the lock `paired`, where a kept key opens it. */
  letterKey: Uint8Array | null
  /** A key of this family is kept here and does not open this letter: never passed over in silence. */
  misfit: boolean
}

/** The letter's own invitation first; then the word, which the mail alone does not know; the bare link last. */
export const wayOf = (
  { locks, version }: Pick<LetterAnswer, 'locks' | 'version'>,
  { vault, id, secret }: Link,
  kept: readonly Kept[],
): Way => {
  const ofVault = kept.filter((one) => one.vault === toText(vault))
  const paired = locks.find((one) => one.kind === 'paired')
  if (paired !== undefined) {
    for (const one of ofVault) {
      const letterKey = openPairedLock(paired, fromText(one.secret), vault, id, version)
      if (letterKey !== null) return { by: 'paired', letterKey, misfit: false }
    }
  }
  const has = (kind: 'word' | 'link') => secret !== null && locks.some((one) => one.kind === kind)
  const by = has('word') ? 'word' : has('link') ? 'link' : 'elsewhere'
  return { by, letterKey: null, misfit: ofVault.length > 0 }
}

/**
 * Did an open letter come out of another key than the one that this browser keeps of its family? The service knows every link secret
 * once an alert is out, so what a link opens may be of its own making; so may be a family of the same name.
 */
export const isDoubtful = (
  opened: { letterKey: Uint8Array; from: string },
  way: Way,
  { vault }: Link,
  kept: readonly Kept[],
): boolean =>
  (way.letterKey === null || toText(way.letterKey) !== toText(opened.letterKey)) &&
  kept.some((one) => one.vault === toText(vault) || one.from === opened.from)
