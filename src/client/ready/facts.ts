import { normaliseWord } from '../../crypto/word.ts'
import type { ReadyAnswer } from '../../protocol/drill.ts'
import type { AlertSummary, DeliveryReason } from '../../protocol/vault.ts'
import type { DocumentContact, VaultDocument } from '../../protocol/vault-document.ts'
import type { Heard } from '../vault/standing.ts'

/** What alerts and drills say of the contacts, for the readiness light. Pure: no I/O, no clock. */

type Told = {
  contact: string
  state: string
  reason: DeliveryReason | null
  changedAt: number
  openedAt: number | null
}

/** Reasons that other rows of the light tell. */
const TOLD_ELSEWHERE: readonly DeliveryReason[] = ['stopped', 'no-address', 'cap', 'not-accepted']

const toldOf = (alerts: readonly AlertSummary[], { drills }: Pick<ReadyAnswer, 'drills'>): Told[] =>
  [...alerts.flatMap(({ contacts }) => contacts), ...drills.flatMap(({ contacts }) => contacts)].sort(
    (a, b) => b.changedAt - a.changedAt,
  )

const isMissed = ({ state, reason, openedAt }: Told): boolean =>
  state === 'refused' && openedAt === null && (reason === null || !TOLD_ELSEWHERE.includes(reason))

/** Contacts whom the last message that was meant for them did not reach. */
export const unreachedIn = (
  { contacts }: Pick<VaultDocument, 'contacts'>,
  alerts: readonly AlertSummary[],
  ready: Pick<ReadyAnswer, 'drills'>,
): number => {
  const told = toldOf(alerts, ready)
  const last = (id: string) => told.find(({ contact }) => contact === id)
  return contacts.filter(({ id, email }) => {
    const one = last(id)
    return email !== null && one !== undefined && isMissed(one)
  }).length
}

/** Contacts whom an alert writes to, and who have never opened a letter of any alert or drill that is listed: that it works is not known. */
export const unopenedIn = (
  { contacts }: Pick<VaultDocument, 'contacts'>,
  heard: Heard,
  alerts: readonly AlertSummary[],
  ready: Pick<ReadyAnswer, 'drills'>,
): number => {
  const opened = new Set(
    toldOf(alerts, ready)
      .filter(({ openedAt }) => openedAt !== null)
      .map(({ contact }) => contact),
  )
  return contacts.filter(({ id, email }) => email !== null && heard?.get(id) !== 'left' && !opened.has(id))
    .length
}

const isWord = ({ letter }: DocumentContact): boolean =>
  letter.lock.kind !== 'word' || normaliseWord(letter.lock.word) !== null

/**
 * Whether the service has every letter in the version that the document names, each behind a lock that can be opened: each lock was
 * tried when it was sealed, so what is left to go wrong is that the service has another.
 */
export const lettersFit = (
  { contacts }: Pick<VaultDocument, 'contacts'>,
  { letters }: Pick<ReadyAnswer, 'letters'>,
): boolean =>
  contacts.every(
    (contact) =>
      isWord(contact) &&
      letters.some(
        ({ letter, version }) => letter === contact.letter.id && version === contact.letter.version,
      ),
  )
