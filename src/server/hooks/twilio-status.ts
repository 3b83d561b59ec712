import { isMessageSid, reasonOf } from '../channels/sms.ts'
import type { LaterWord } from './resend-event.ts'

/** In the words for what had been accepted: they hold, in whatever order they come (`delivery-order.ts`). */
const LATER = { address: 'bounced', stopped: 'suppressed', provider: 'provider' } as const

/** What Twilio's status callback says of a text message. Pure. Null for what says nothing new. */
export const laterTextWordOf = (params: URLSearchParams): LaterWord | null => {
  const provider = params.get('MessageSid') ?? ''
  if (!isMessageSid(provider)) return null
  switch (params.get('MessageStatus')) {
    case 'delivered':
      return { provider, state: 'delivered', reason: null }
    case 'undelivered':
    case 'failed': {
      const code = Number(params.get('ErrorCode') ?? Number.NaN)
      return { provider, state: 'refused', reason: LATER[reasonOf(Number.isInteger(code) ? code : null)] }
    }
    default:
      return null
  }
}
