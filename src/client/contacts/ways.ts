import type { AlertSummary, DeliveryReason } from '../../protocol/vault.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { channelsOf } from '../vault/document.ts'

/** By which ways a contact is reached, and which of them have turned out dead. Pure: no I/O, no clock. */
export type Way = { kind: 'email' | 'sms' | 'push'; isDead: boolean }

const DEAD: readonly DeliveryReason[] = ['gone', 'address', 'bounced', 'suppressed']

/** Whether this outcome says that nothing will ever arrive there; what the host or the provider could not do says nothing of it. */
const isDeadBy = ({ state, reason }: AlertSummary['contacts'][number]['channels'][number]): boolean =>
  state === 'refused' && reason !== null && DEAD.includes(reason)

/**
 * @param alerts newest first: the last one that went out over a way tells of it, unless the contact has answered since
 */
export const waysOf = (contact: DocumentContact, alerts: readonly AlertSummary[]): Way[] =>
  channelsOf(contact).map(({ kind }) => {
    for (const { contacts } of alerts) {
      const progress = contacts.find((one) => one.contact === contact.id)
      const channel = progress?.channels.find((one) => one.kind === kind)
      if (progress === undefined || channel === undefined) continue
      return { kind, isDead: isDeadBy(channel) && progress.changedAt > (contact.answer?.at ?? 0) }
    }
    return { kind, isDead: false }
  })
