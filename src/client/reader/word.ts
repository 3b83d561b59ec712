import { gateTokenOf, openHint, openWordLock } from '../../crypto/locks/word.ts'
import { normaliseWord } from '../../crypto/word.ts'
import { toText } from '../../protocol/bytes.ts'
import { type LetterAnswer, WordAnswer } from '../../protocol/letter.ts'
import type { Link } from '../../protocol/link.ts'
import { LETTER_ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { stretch } from '../vault/stretch.ts'
import { link } from './first-request.ts'
import { openWith } from './opening.ts'

/** The lock `word`: stretch the word, ask at the gate, open (`protocol.md §9.3`). Loaded only where a letter has this lock. */
export const hintOf = (answer: LetterAnswer): string | null => {
  const lock = answer.locks.find((one) => one.kind === 'word')
  if (link === null || link.secret === null || lock === undefined || lock.hint === null) return null
  return openHint(lock.hint, link.secret, link.vault, link.id, answer.version)
}

/** `short`: too short to be it. `wait`: the gate wants time before it looks at another word. */
export type WordResult =
  | { result: 'open' | 'short' | 'no-line' | 'unknown' }
  | { result: 'wrong' | 'wait'; waitMs: number }

/** The word tried last, stretched: while the gate makes it wait it need not be stretched again. */
let last: { word: string; stretched: Uint8Array } | null = null

const stretchOnce = async (
  word: string,
  { vault, id }: Link,
  secret: Uint8Array,
  onProgress: (done: number) => void,
): Promise<Uint8Array> => {
  if (last?.word === word) return last.stretched
  const stretched = await stretch({ word, secret, vault, letter: id }, onProgress)
  last = { word, stretched }
  return stretched
}

export const tryWord = async (
  answer: LetterAnswer,
  typed: string,
  onProgress: (done: number) => void,
): Promise<WordResult> => {
  const word = normaliseWord(typed)
  if (word === null) return { result: 'short' }
  if (link === null || link.secret === null) return { result: 'unknown' }
  const { vault, id, secret } = link
  const stretched = await stretchOnce(word, link, secret, onProgress)
  const reply = await ask(
    LETTER_ROUTES.word,
    JSON.stringify({
      vault: toText(vault),
      letter: toText(id),
      version: answer.version,
      gate: toText(gateTokenOf(stretched, vault, id)),
    }),
    WordAnswer,
  )
  if (reply.kind === 'answer') {
    openWith(answer, openWordLock(reply.answer.wrapped, stretched, vault, id, answer.version))
    return { result: 'open' }
  }
  if (reply.kind === 'none') return { result: 'no-line' }
  const { error, waitMs = 0 } = reply.refusal
  switch (error) {
    case 'wrong-word':
      return { result: 'wrong', waitMs }
    case 'wait':
    case 'slow-down':
    case 'try-again':
      return { result: 'wait', waitMs: Math.max(waitMs, 1_000) }
    default:
      return { result: 'unknown' }
  }
}
