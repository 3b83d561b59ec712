import { PressAnswer } from '../../protocol/press.ts'
import type { ListedPress } from '../../protocol/presser.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { ask } from '../../queue/ask.ts'
import type { PressRecord } from '../device/records.ts'

/** Presses of others that still wait: a card's, a person's. The owner is told of them, and can stop them. */
export const waitingOf = (presses: readonly ListedPress[], own: string): ListedPress[] =>
  presses.filter(({ state, practice, presser }) => state === 'counting' && !practice && presser !== own)

/** @returns the owner's word for what pressed, or null */
export const labelOf = (document: VaultDocument | null, id: string): string | null =>
  [...(document?.pressers ?? []), ...(document?.former ?? [])].find((one) => one.id === id)?.label ?? null

/** `stopped` is said of nothing less than the service's word. */
export type Stopped = 'stopped' | 'late' | 'failed'

/** Every key that presses can take a press back whose id it knows (`protocol.md §7.2.2`): this phone's, too. */
export const stopPress = async ({ vault, key }: PressRecord, alert: string): Promise<Stopped> => {
  const reply = await ask(ROUTES.cancel, JSON.stringify({ vault, key, alert }), PressAnswer)
  if (reply.kind !== 'answer') return 'failed'
  return reply.answer.state === 'cancelled' ? 'stopped' : 'late'
}
