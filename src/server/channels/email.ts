import { type ErrorResponse, Resend } from 'resend'
import type { Sender } from '../env.ts'
import type { Batch, Channel, Outcome } from './channel.ts'

/** Mails through Resend: one batch request, judged by the `name` of the error. No retries, no storage. */
const TIMEOUT_MS = 20_000
/** Nothing can be sent before the host has mended its settings. */
const UNCONFIGURED_RETRY_MS = 300_000
const QUOTA_RETRY_MS = 900_000

type Headers = Record<string, string> | null

/** `retry-after` in s, or else the rest of the rate window; null if the provider says neither. */
const retryAfterMs = (headers: Headers): number | null => {
  const seconds = Number(headers?.['retry-after'] ?? headers?.['ratelimit-reset'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1_000) : null
}

const retry = (outcome: Partial<Extract<Outcome, { kind: 'retry' }>>): Outcome => ({
  ...{ kind: 'retry', afterMs: null, unsure: false, reason: null, pause: false },
  ...outcome,
})

/** What an error means for every message of the batch. */
const outcomeOf = ({ name, statusCode }: ErrorResponse, headers: Headers): Outcome => {
  switch (name) {
    case 'rate_limit_exceeded':
      return retry({ afterMs: retryAfterMs(headers), pause: true })
    case 'daily_quota_exceeded':
    case 'monthly_quota_exceeded':
      return retry({ afterMs: QUOTA_RETRY_MS, reason: 'quota', pause: true })
    case 'concurrent_idempotent_requests':
      return retry({ afterMs: retryAfterMs(headers), unsure: true })
    case 'invalid_idempotent_request':
      return { kind: 'rekey' }
    case 'missing_api_key':
    case 'invalid_api_key':
    case 'restricted_api_key':
    case 'invalid_from_address':
    case 'invalid_access':
      return retry({ afterMs: UNCONFIGURED_RETRY_MS, reason: 'not-configured', pause: true })
    default:
  }
  // No answer, or one of a server in trouble: whether it took the batch is not known.
  if (statusCode === null || statusCode >= 500 || statusCode === 408) return retry({ unsure: true })
  if (statusCode === 429) return retry({ afterMs: retryAfterMs(headers), pause: true })
  // A sender's domain that is not verified, a key without rights: the host's to mend.
  if (statusCode === 401 || statusCode === 403) {
    return retry({ afterMs: UNCONFIGURED_RETRY_MS, reason: 'not-configured', pause: true })
  }
  return { kind: 'refused', reason: 'provider', whole: true }
}

type Answer = { data: { id: string }[]; errors?: { index: number }[] }

/** Permissive answers list the ids of what was taken, in order, and the places of what was not. Null: not to be read. */
const outcomesOf = (answer: Answer | null, count: number): Outcome[] | null => {
  if (!Array.isArray(answer?.data)) return null
  const refused = new Set((Array.isArray(answer.errors) ? answer.errors : []).map(({ index }) => index))
  const ids = answer.data.map((item) => item?.id)
  const fits = [...refused].every((index) => Number.isInteger(index) && index >= 0 && index < count)
  if (!fits || ids.length + refused.size !== count || ids.some((id) => typeof id !== 'string' || id === ''))
    return null
  return Array.from({ length: count }, (_, index) =>
    refused.has(index)
      ? { kind: 'refused', reason: 'address', whole: false }
      : { kind: 'accepted', provider: ids.shift() ?? '' },
  )
}

const everyOne = (batch: Batch, outcome: Outcome): Outcome[] => batch.mails.map(() => outcome)

export const emailChannel = ({ apiKey, baseUrl }: Extract<Sender, { kind: 'email' }>): Channel => {
  const resend = new Resend(apiKey, baseUrl === null ? {} : { baseUrl })
  return {
    send: async (batch) => {
      const mails = batch.mails.map((mail) => ({ from: batch.from, ...mail }))
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
      try {
        const { data, error, headers } = await resend.batch.send(mails, {
          idempotencyKey: batch.key,
          batchValidation: 'permissive',
          signal: late.signal,
        })
        if (error !== null) return everyOne(batch, outcomeOf(error, headers))
        // Taken, but the ids cannot be told: under the same key the same answer can be had again.
        return outcomesOf(data, mails.length) ?? everyOne(batch, retry({ unsure: true }))
      } catch {
        return everyOne(batch, retry({ unsure: true }))
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
