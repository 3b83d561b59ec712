import { type HandOver, handOverCheckOf, handOverTokenOf, sealHandOver } from '../../crypto/hand-over.ts'
import { tokenHash } from '../../crypto/presser.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { HandLookAnswer } from '../../protocol/hand-over.ts'
import { ID_BYTES, SECRET_BYTES } from '../../protocol/limits.ts'
import { encodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { pinSet } from '../device/locked.ts'
import { random } from '../vault/random.ts'
import { credentialsOf, type Outcome, troubleOf } from '../vault/session.ts'

/** The first phone's half of a hand-over (`protocol.md §7.15`). Its secret is in this page's memory and in the QR code, and nowhere else. */
export type Offer = HandOver & { root: Uint8Array }

const bodyOf = ({ root, id }: Offer, more: object = {}): string =>
  JSON.stringify({ ...credentialsOf(root), id: toText(id), ...more })

export const makeOffer = (root: Uint8Array): Offer => ({
  ...{ root, vault: vaultIdOf(root) },
  secret: random(SECRET_BYTES),
  id: random(ID_BYTES),
})

export const linkOf = ({ vault, id, secret }: Offer): string =>
  `${globalThis.location.origin}/#${encodeLink({ kind: 'hand-over', vault, id, secret })}`

/** May be said again: the same offer changes nothing. */
export const putOffer = async (offer: Offer): Promise<Outcome<null>> => {
  const hash = toText(tokenHash(handOverTokenOf(offer)))
  const reply = await ask(ROUTES.handOffer, bodyOf(offer, { hash }), DoneAnswer)
  return reply.kind === 'answer' ? { ok: true, value: null } : troubleOf(reply)
}

/** `over`: the service knows nothing of it, or no longer. `later`: no answer now. */
export type Look =
  | { state: 'open' | 'given' | 'taken' | 'over' | 'later' }
  | { state: 'asked'; nonce: string }

export const lookAt = async (offer: Offer): Promise<Look> => {
  const reply = await ask(ROUTES.handLook, bodyOf(offer), HandLookAnswer)
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') return { state: 'over' }
  if (reply.kind !== 'answer') return { state: 'later' }
  const { state, nonce } = reply.answer
  if (state !== 'asked') return { state }
  return nonce === null ? { state: 'later' } : { state, nonce }
}

export const checkOf = (offer: Offer, nonce: string): string => handOverCheckOf(offer, fromText(nonce))

/** Only once the person has said that the other phone shows the same number. */
export const giveTo = async (offer: Offer, nonce: string): Promise<Outcome<null>> => {
  const content = { v: 1 as const, root: toText(offer.root), pin: pinSet.value }
  const sealed = toText(sealHandOver(offer, fromText(nonce), content, random))
  const reply = await ask(ROUTES.handGive, bodyOf(offer, { nonce, sealed }), DoneAnswer)
  return reply.kind === 'answer' ? { ok: true, value: null } : troubleOf(reply)
}

/** Not waited for: after ten minutes it ends by itself. */
export const endOffer = (offer: Offer): void => {
  void ask(ROUTES.handEnd, bodyOf(offer), DoneAnswer, { keepalive: true })
}
