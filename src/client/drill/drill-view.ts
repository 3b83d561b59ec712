import type { DrillContact, DrillSummary } from '../../protocol/drill.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { isDrilled } from '../vault/practice-letters.ts'
import type { Heard } from '../vault/standing.ts'

/** What the owner sees of a drill. Pure: no I/O, no clock, no words. */

/** Why a drill would not write to a contact; null: it would. */
export type Unwritten = 'left' | 'not-accepted' | 'no-address' | null

export const unwrittenOf = (contact: DocumentContact, heard: Heard): Unwritten => {
  if (heard?.get(contact.id) === 'left') return 'left'
  if (isDrilled(contact)) return null
  return contact.answer === null ? 'not-accepted' : 'no-address'
}

export type DrillRow =
  | { name: string; state: 'opened'; afterMs: number }
  | { name: string; state: 'delivered' | 'sent' | 'waiting' }
  /** Nothing was to be sent, or nothing will arrive. */
  | { name: string; state: 'refused'; reason: NonNullable<DrillContact['reason']> }

const rowOf = (name: string, startedAt: number, { state, reason, openedAt }: DrillContact): DrillRow => {
  if (openedAt !== null) return { name, state: 'opened', afterMs: Math.max(0, openedAt - startedAt) }
  if (state === 'refused') return { name, state, reason: reason ?? 'provider' }
  return { name, state }
}

/** In the order of the document; who is no contact any more is not shown. */
export const rowsOf = (
  contacts: readonly DocumentContact[],
  { startedAt, contacts: told }: Pick<DrillSummary, 'startedAt' | 'contacts'>,
): DrillRow[] =>
  contacts.flatMap(({ id, name }) => {
    const one = told.find(({ contact }) => contact === id)
    return one === undefined ? [] : [rowOf(name, startedAt, one)]
  })

export type Lasted = { unit: 'minutes' | 'hours' | 'days'; count: number }

/** As a person says it: to the minute at first, then to the hour, then to the day. */
export const lasted = (ms: number): Lasted => {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 90) return { unit: 'minutes', count: minutes }
  const hours = Math.round(minutes / 60)
  return hours < 36 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.round(hours / 24) }
}
