import { cardCodeOf, cardLookupOf, sealCardEntry } from '../../crypto/card.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { showCardCode } from '../../protocol/card-code.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { encodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { ask } from '../../queue/ask.ts'
import { newId, newSecret, random } from '../vault/random.ts'
import { credentialsOf, type Outcome } from '../vault/session.ts'
import { stretch } from '../vault/stretch.ts'

/** A card as the owner's app makes it (`protocol.md §13`). */
export const newCard = (label: string, delayMs: number, now: number): DocumentPresser => ({
  id: newId(),
  kind: 'card',
  secret: newSecret(),
  label,
  delayMs,
  addedAt: now,
})

/** @param origin of the pages, without a slash at its end */
export const cardLink = (origin: string, root: Uint8Array, { id, secret }: DocumentPresser): string => {
  const fragment = encodeLink({
    kind: 'press',
    vault: vaultIdOf(root),
    id: fromText(id),
    secret: fromText(secret),
  })
  return `${origin}/press#${fragment}`
}

/**
 * Puts a card into the directory of codes, so that its code works as its link does. The same again does nothing: so it is done whenever the
 * card is shown, and what a lost connection left undone is made up for.
 *
 * @returns the code as it is printed
 */
export const publishCard = async (
  root: Uint8Array,
  card: DocumentPresser,
  onProgress: (done: number) => void,
): Promise<Outcome<string>> => {
  const [vault, presser, secret] = [vaultIdOf(root), fromText(card.id), fromText(card.secret)]
  const code = cardCodeOf(secret, vault, presser)
  const stretched = await stretch({ code }, onProgress)
  const body = {
    ...credentialsOf(root),
    presser: card.id,
    lookup: toText(cardLookupOf(stretched)),
    sealed: toText(sealCardEntry(stretched, { vault, presser, secret }, random)),
  }
  const reply = await ask(ROUTES.putCard, JSON.stringify(body), DoneAnswer)
  if (reply.kind === 'answer') return { ok: true, value: showCardCode(code) }
  if (reply.kind === 'none') return { ok: false, trouble: 'no-line' }
  return { ok: false, trouble: 'refused', code: reply.refusal.error }
}
