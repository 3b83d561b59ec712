import { type HandOver, handOverCheckOf, handOverTokenOf, openHandOver } from '../../crypto/hand-over.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { type HandedOver, HandTakeAnswer } from '../../protocol/hand-over.ts'
import { SECRET_BYTES } from '../../protocol/limits.ts'
import { decodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { ask } from '../../queue/ask.ts'
import { checkRoom } from '../device/forget.ts'
import { askToPersist } from '../device/phone.ts'
import { readOwnerKind, readPress } from '../device/records.ts'
import { changeKeys } from '../vault/change.ts'
import { random } from '../vault/random.ts'
import { fetchVault, type Opened, type Outcome, vault } from '../vault/session.ts'

/** The new phone's half of a hand-over (`protocol.md §7.15`). Nothing is kept here before the vault has taken this phone in. */
export type Arrival = HandOver & { nonce: Uint8Array }

/** @param text a link, or a message with one in it. @returns null where there is none that is whole */
export const arrivalIn = (text: string): Arrival | null => {
  for (const [fragment] of text.matchAll(/[1-9A-HJ-NP-Za-km-z]{40,}/g)) {
    const link = decodeLink('hand-over', fragment)
    if (link !== null && link.secret !== null)
      return { vault: link.vault, id: link.id, secret: link.secret, nonce: random(SECRET_BYTES) }
  }
  return null
}

const bodyOf = (arrival: Arrival): string =>
  JSON.stringify({
    vault: toText(arrival.vault),
    id: toText(arrival.id),
    token: toText(handOverTokenOf(arrival)),
    nonce: toText(arrival.nonce),
  })

export const checkOf = (arrival: Arrival): string => handOverCheckOf(arrival, arrival.nonce)

/** `waiting`: the service has heard of this phone, and the first one has not given yet. `over`: used by another phone, or run out. */
export type Taken = { kind: 'waiting' | 'later' | 'over' | 'odd' } | { kind: 'given'; content: HandedOver }

export const take = async (arrival: Arrival): Promise<Taken> => {
  const reply = await ask(ROUTES.handTake, bodyOf(arrival), HandTakeAnswer)
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') return { kind: 'over' }
  if (reply.kind !== 'answer') return { kind: 'later' }
  const { sealed } = reply.answer
  if (sealed === null) return { kind: 'waiting' }
  const content = openHandOver(arrival, arrival.nonce, fromText(sealed))
  return content === null ? { kind: 'odd' } : { kind: 'given', content }
}

/** Another vault is on this phone, or something that cannot be read now: by another tab since, or in a storage that does not answer. */
export const hasOther = async ({ vault: id }: Arrival): Promise<boolean> => {
  const [found, { isThere }] = [await readPress(), await readOwnerKind()]
  if (found.kind === 'record') return found.record.vault !== toText(id)
  return found.kind === 'unreadable' || isThere
}

/** This phone becomes a presser beside the others. May be tried again: it is the same presser then. */
export const settleIn = async (root: Uint8Array, presser: DocumentPresser): Promise<Outcome<Opened>> => {
  await checkRoom()
  const fetched = await fetchVault(root, 0)
  if (!fetched.ok) return fetched
  const { version, document } = fetched.value
  vault.value = { root, presser: presser.id, version, document, fresh: true }
  const changed = await changeKeys((current) =>
    current.pressers.some(({ id }) => id === presser.id)
      ? current
      : { ...current, pressers: [...current.pressers, presser] },
  )
  if (changed.ok) await askToPersist()
  else vault.value = null
  return changed
}

/** Not waited for: the first phone sees the new one in its list, too. */
export const sayTaken = (arrival: Arrival): void => {
  void ask(ROUTES.handTaken, bodyOf(arrival), DoneAnswer, { keepalive: true })
}
