import { Refusal } from '../protocol/codes.ts'

/**
 * One request and its answer. An answer that is neither a refusal nor of the schema (a captive portal, a limit page,
 * HTML) is *no answer*: nothing was received.
 */
export type Reply<T> =
  | { kind: 'answer'; answer: T }
  | { kind: 'refusal'; refusal: Refusal }
  | { kind: 'none' }

/** The part of a schema that is used here; zod's fit. */
export type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

/** A line this slow is taken for no line; the request is repeated, which never does harm. */
const TIMEOUT_MS = 30_000

export type AskOptions = { fetch?: typeof fetch; keepalive?: boolean }

/** Sends `body` (JSON text) to `route`. Never throws. */
export const ask = async <T>(
  route: string,
  body: string,
  schema: Schema<T>,
  options: AskOptions = {},
): Promise<Reply<T>> => {
  const send = options.fetch ?? fetch
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS)
  try {
    const response = await send(route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: options.keepalive ?? false,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: stop.signal,
    })
    const json: unknown = await response.json()
    if (response.ok) {
      const answer = schema.safeParse(json)
      return answer.success ? { kind: 'answer', answer: answer.data } : { kind: 'none' }
    }
    const refusal = Refusal.safeParse(json)
    return refusal.success ? { kind: 'refusal', refusal: refusal.data } : { kind: 'none' }
  } catch {
    return { kind: 'none' }
  } finally {
    clearTimeout(timer)
  }
}
