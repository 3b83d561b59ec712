import { cardLookupOf, openCardEntry } from '../../crypto/card.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { CardFindAnswer } from '../../protocol/card.ts'
import { encodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { stretch } from '../vault/stretch.ts'

/** What a card's code leads to (`protocol.md §13`): the same link as its QR code. `damaged`: what came does not open. */
export type Found =
  | { kind: 'link'; fragment: string }
  | { kind: 'slow-down'; waitMs: number }
  | { kind: 'unknown' | 'no-line' | 'damaged' | 'other' }

/** @param code as `readCardCode` gives it */
export const findCard = async (code: string, onProgress: (done: number) => void): Promise<Found> => {
  const stretched = await stretch({ code }, onProgress)
  const body = JSON.stringify({ lookup: toText(cardLookupOf(stretched)) })
  const reply = await ask(ROUTES.findCard, body, CardFindAnswer)
  if (reply.kind === 'none') return { kind: 'no-line' }
  if (reply.kind === 'refusal') {
    const { error, waitMs } = reply.refusal
    if (error === 'slow-down') return { kind: 'slow-down', waitMs: waitMs ?? 0 }
    return { kind: error === 'unknown' ? 'unknown' : error === 'try-again' ? 'no-line' : 'other' }
  }
  const entry = openCardEntry(stretched, fromText(reply.answer.sealed))
  if (entry === null) return { kind: 'damaged' }
  const { vault, presser: id, secret } = entry
  return { kind: 'link', fragment: encodeLink({ kind: 'press', vault, id, secret }) }
}
