import * as z from 'zod/mini'
import type { DeliveryReason, DeliveryState } from '../../protocol/vault.ts'

/** What Resend says of a message later. Their shape, not ours: more members may come. Pure. */
const Event = z.object({
  type: z.string(),
  data: z.object({ email_id: z.string().check(z.minLength(1), z.maxLength(64)) }),
})

export type LaterWord = { provider: string; state: DeliveryState; reason: DeliveryReason | null }

const WORDS: Record<string, Omit<LaterWord, 'provider'>> = {
  'email.delivered': { state: 'delivered', reason: null },
  'email.delivery_delayed': { state: 'sent', reason: 'delayed' },
  'email.bounced': { state: 'refused', reason: 'bounced' },
  'email.failed': { state: 'refused', reason: 'provider' },
  'email.suppressed': { state: 'refused', reason: 'suppressed' },
  // It arrived, and was called spam.
  'email.complained': { state: 'delivered', reason: 'complained' },
}

/** Null for an event that says nothing of how a message fares. */
export const laterWordOf = (body: Uint8Array): LaterWord | null => {
  try {
    const event = Event.safeParse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)),
    )
    const word = event.success && Object.hasOwn(WORDS, event.data.type) ? WORDS[event.data.type] : undefined
    return !event.success || word === undefined ? null : { provider: event.data.data.email_id, ...word }
  } catch {
    return null
  }
}
