import type { DeliveryReason, DeliveryState } from '../protocol/vault.ts'

/** Of two words on one delivery, which holds, in whatever order they come. Pure. */
export type Word = { state: DeliveryState; reason: DeliveryReason | null }

/** What the provider says of a message that it had accepted. */
const FINAL: readonly (DeliveryReason | null)[] = ['bounced', 'suppressed', 'provider']

/**
 * `waiting`, given up here, `sent`, delayed, `delivered`, called spam, come back. What was given up here may have been under way, and
 * been sent after all; what came back stays so.
 */
const rankOf = ({ state, reason }: Word): number => {
  if (state === 'waiting') return 0
  if (state === 'refused') return FINAL.includes(reason) ? 6 : 1
  if (state === 'sent') return reason === 'delayed' ? 3 : 2
  return reason === 'complained' ? 5 : 4
}

export const supersedes = (next: Word, known: Word): boolean => rankOf(next) >= rankOf(known)
