import type { ErrorResponse } from 'resend'
import type { Batch, Outcome, Signals } from './channel.ts'

/** What Resend's answers mean. Pure: no network. */

/** Nothing can be sent before the host has mended its settings. */
const UNCONFIGURED_RETRY_MS = 300_000
const QUOTA_RETRY_MS = 900_000

export type Headers = Record<string, string> | null
export type ResendAnswer = { data: unknown; error: ErrorResponse | null; headers: Headers }

const numberOf = (headers: Headers, name: string): number | null => {
  const text = headers?.[name]?.trim()
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) && value >= 0 ? value : null
}

const secondsOf = (headers: Headers, name: string): number | null => {
  const seconds = numberOf(headers, name)
  return seconds === null ? null : Math.ceil(seconds * 1_000)
}

/** What is said beside the outcome. The quota's headers count what was sent, not what is left. */
export const signalsOf = (headers: Headers): Signals => ({
  rate: {
    limit: numberOf(headers, 'ratelimit-limit'),
    remaining: numberOf(headers, 'ratelimit-remaining'),
    resetMs: secondsOf(headers, 'ratelimit-reset'),
  },
  day: numberOf(headers, 'x-resend-daily-quota'),
  month: numberOf(headers, 'x-resend-monthly-quota'),
})

/** `retry-after`, or else the rest of the rate window; null if the provider says neither. */
const retryAfterMs = (headers: Headers): number | null =>
  secondsOf(headers, 'retry-after') ?? secondsOf(headers, 'ratelimit-reset')

export const retry = (outcome: Partial<Extract<Outcome, { kind: 'retry' }>>): Outcome => ({
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

type Taken = { data: { id: string }[]; errors?: { index: number }[] }

/** Permissive answers list the ids of what was taken, in order, and the places of what was not. Null: not to be read. */
const outcomesOf = (answer: Partial<Taken> | null, count: number): Outcome[] | null => {
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

export const everyOne = ({ mails }: Batch, outcome: Outcome): Outcome[] => mails.map(() => outcome)

/** One outcome for each message of the batch. */
export const readAnswer = (batch: Batch, { data, error, headers }: ResendAnswer): Outcome[] =>
  error === null
    ? // Taken, but the ids cannot be told: under the same key the same answer can be had again.
      (outcomesOf(data as Partial<Taken> | null, batch.mails.length) ??
      everyOne(batch, retry({ unsure: true })))
    : everyOne(batch, outcomeOf(error, headers))
