import type { SmsSender } from '../env.ts'
import type { Channel, Outcome } from './channel.ts'

/**
 * Text messages through Twilio's REST API, one message a request. Judged by its error codes where they say who has to act, else by the
 * status. No retries, no storage. Twilio has no idempotency keys: whoever repeats what is not known to have arrived may send it twice.
 */
const TIMEOUT_MS = 15_000
/** Nothing can be sent before the host has mended its settings. */
const UNCONFIGURED_RETRY_MS = 300_000
const BUSY_RETRY_MS = 5_000

/** The account, its sender, or what it is allowed: 30029 says that Message Redaction is not enabled on it. */
const OF_THE_HOST = new Set([
  ...[20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21609, 21659, 21660, 21661],
  ...[21701, 21703, 21704, 21705, 30002, 30029],
])
/** The number is none, cannot take texts, or cannot be reached from here. */
const OF_THE_NUMBER = new Set([
  ...[
    21211, 21214, 21217, 21263, 21264, 21265, 21266, 21401, 21612, 21614, 21635, 30003, 30005, 30006, 30011,
  ],
])
const BUSY = new Set([14107, 20429, 21611, 30001])
/** Replied STOP to the sender's number. */
const OPTED_OUT = 21610

const SID = /^(?:SM|MM)[0-9a-f]{32}$/
export const isMessageSid = (text: string): boolean => SID.test(text)

const retry = (outcome: Partial<Extract<Outcome, { kind: 'retry' }>>): Outcome => ({
  ...{ kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false },
  ...outcome,
})

/** Why a text did not arrive, as Twilio says it (`ErrorCode` of an answer or a status callback). */
export const reasonOf = (code: number | null): 'address' | 'stopped' | 'provider' => {
  if (code === OPTED_OUT) return 'stopped'
  return code !== null && OF_THE_NUMBER.has(code) ? 'address' : 'provider'
}

const outcomeOf = (status: number, code: number | null, retryAfter: string | null): Outcome => {
  if (status === 401 || status === 403 || (code !== null && OF_THE_HOST.has(code)))
    return retry({ afterMs: UNCONFIGURED_RETRY_MS, reason: 'not-configured', pause: true })
  if (status === 429 || (code !== null && BUSY.has(code))) {
    const seconds = Number(retryAfter ?? Number.NaN)
    return retry({ afterMs: seconds > 0 ? seconds * 1_000 : BUSY_RETRY_MS, pause: true })
  }
  if (status >= 500 || status === 408) return retry({ unsure: true })
  return { kind: 'refused', reason: reasonOf(code), whole: false }
}

const bodyOf = async (response: Response): Promise<{ sid: string; code: number | null }> => {
  const body: unknown = await response.json().catch(() => null)
  const { sid, code } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  return {
    sid: typeof sid === 'string' && isMessageSid(sid) ? sid : '',
    code: typeof code === 'number' ? code : null,
  }
}

/** @param statusUrl where Twilio says later what became of a message; null: nowhere */
export const smsChannel = (
  { accountSid, authToken, from, baseUrl }: SmsSender,
  statusUrl: string | null,
): Channel => {
  const address = `${baseUrl ?? 'https://api.twilio.com'}/2010-04-01/Accounts/${accountSid}/Messages.json`
  const sendOne = async (to: string, text: string): Promise<Outcome> => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
        body: new URLSearchParams({
          To: to,
          [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
          Body: text,
          ContentRetention: 'discard',
          AddressRetention: 'obfuscate',
          ...(statusUrl === null ? {} : { StatusCallback: statusUrl }),
        }),
        redirect: 'manual',
        signal: late.signal,
      })
      const { sid, code } = await bodyOf(response)
      // Made, whatever else the answer says: to send it again would be a second message.
      if (response.ok) return { kind: 'accepted', provider: sid }
      return outcomeOf(response.status, code, response.headers.get('retry-after'))
    } catch {
      return retry({ unsure: true })
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    batchMax: 1,
    keyed: false,
    send: async ({ mails }) => {
      const outcomes: Outcome[] = []
      for (const { to, text } of mails) outcomes.push(await sendOne(to, text))
      return outcomes
    },
  }
}
