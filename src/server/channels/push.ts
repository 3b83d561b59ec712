import { buildPushPayload } from '@block65/webcrypto-web-push'
import type { PushTarget } from '../../protocol/channel.ts'
import type { PushPayload } from '../../protocol/push.ts'
import type { PushSender } from '../env.ts'
import type { Outcome } from './channel.ts'

/**
 * Web Push (RFC 8030, 8291, 8292): one request a browser, encrypted for it. No retries, no storage. A push service keeps no
 * idempotency keys: what was perhaps accepted is sent again under the same topic, and takes the place of the one before.
 */
const TIMEOUT_MS = 10_000
/** As long as an alert is open: a phone that was off for the night still hears of it. */
const TTL_S = 86_400
/** Nothing can be sent before the host has mended its keys. */
const UNCONFIGURED_RETRY_MS = 300_000

/** `topic`: at most 32 characters of base64url. `ttlS`: where it is of no use for a whole day. */
export type Push = { target: PushTarget; payload: PushPayload; topic: string; ttlS?: number }

const retry = (outcome: Partial<Extract<Outcome, { kind: 'retry' }>>): Outcome => ({
  ...{ kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false },
  ...outcome,
})

const refused = (reason: 'gone' | 'provider'): Outcome => ({ kind: 'refused', reason, whole: false })

/** `retry-after` in s; a date in it counts as no answer. */
const retryAfterMs = (headers: Headers): number | null => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : null
}

const outcomeOf = ({ status, headers }: Response): Outcome => {
  if (status >= 200 && status < 300) return { kind: 'accepted', provider: '' }
  if (status === 404 || status === 410) return refused('gone')
  if (status === 429) return retry({ afterMs: retryAfterMs(headers) })
  // The keys do not fit each other, or not the ones that the browser was given.
  if (status === 401 || status === 403)
    return retry({ afterMs: UNCONFIGURED_RETRY_MS, reason: 'not-configured' })
  if (status >= 500 || status === 408) return retry({ afterMs: retryAfterMs(headers), unsure: true })
  return refused('provider')
}

/** @param subject whom a push service may ask about this host (RFC 8292 §2.1): its address */
export const sendPush = async (
  { publicKey, privateKey, baseUrl }: PushSender,
  subject: string,
  { target, payload, topic, ttlS = TTL_S }: Push,
): Promise<Outcome> => {
  const { endpoint, p256dh, auth } = target
  const request = await buildPushPayload(
    { data: payload, options: { ttl: ttlS, urgency: 'high', topic } },
    { endpoint, expirationTime: null, keys: { p256dh, auth } },
    { subject, publicKey, privateKey },
    // A point that is not on the curve, or a host's key that is none: nothing will ever come of it.
  ).catch(() => null)
  if (request === null) return refused('provider')
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
  try {
    const address = baseUrl === null ? endpoint : endpoint.replace(/^https:\/\//, `${baseUrl}/`)
    // Whoever answers with a way elsewhere is no push service.
    return outcomeOf(await fetch(address, { ...request, redirect: 'manual', signal: late.signal }))
  } catch {
    return retry({ unsure: true })
  } finally {
    clearTimeout(timer)
  }
}
