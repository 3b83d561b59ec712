import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Turnstile } from '../env.ts'

/** Asks Cloudflare's Turnstile whether a token is one of its own. No retries; what it says beside yes and no is nobody's business. */
const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const TIMEOUT_MS = 5_000

/** Says that the host has a wrong secret, or that Turnstile is in trouble: nothing about who asks. */
const OUT_OF_ORDER = new Set(['missing-input-secret', 'invalid-input-secret', 'internal-error'])

/** A token is taken once; the same one for the same vault, sent again because an answer was lost, is told the same (a UUID). */
const idempotencyKey = (token: string, vault: string): string => {
  const hex = bytesToHex(sha256(utf8ToBytes(`${vault} ${token}`)))
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** `unreachable`: neither yes nor no. Never throws. */
export const verifyTurnstile = async (
  { secret, baseUrl }: Turnstile,
  token: string,
  vault: string,
): Promise<'right' | 'wrong' | 'unreachable'> => {
  try {
    const response = await fetch(baseUrl === null ? SITEVERIFY : `${baseUrl}/siteverify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Not the address of who asks: Turnstile has seen it, and need not hear of it from us.
      body: JSON.stringify({ secret, response: token, idempotency_key: idempotencyKey(token, vault) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = (await response.json()) as { success?: unknown; 'error-codes'?: unknown } | null
    if (answer?.success === true) return 'right'
    const errors: unknown[] = Array.isArray(answer?.['error-codes']) ? answer['error-codes'] : []
    const judged = answer?.success === false && !errors.some((error) => OUT_OF_ORDER.has(String(error)))
    return judged ? 'wrong' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}
