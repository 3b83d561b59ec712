import { PIN_TRIES, PIN_WAITS_MS } from '../../protocol/limits.ts'
import { sameHash } from '../hash.ts'

/**
 * Tries at a phone's PIN (`protocol.md §7.13.2`): counted exactly, slower from the fifth wrong one, over with the tenth. Pure: no I/O, no
 * clock. Tokens come as SHA-256 in base64url.
 *
 * A right token takes nothing off the count: it may be that of a duress PIN, and who was told that one and has a copy of the phone would
 * begin anew with it before each tenth try. Who has opened the root says so with the owner token, which comes from it.
 */
const FREE_TRIES = PIN_TRIES - 1 - PIN_WAITS_MS.length
const WAIT_MAX_MS = Math.max(...PIN_WAITS_MS)

/** `recent`: every wrong token that has counted, so that one sent twice (its answer was lost) counts once. */
export type Tries = { wrong: number; waitUntil: number; recent: readonly string[] }
export const NO_TRIES: Tries = { wrong: 0, waitUntil: 0, recent: [] }

export type TryAnswer =
  | { kind: 'right'; slot: number }
  | { kind: 'wrong'; waitMs: number; triesLeft: number }
  /** Not looked at. */
  | { kind: 'wait'; waitMs: number }
  /** The share is to be erased. */
  | { kind: 'over' }

export const tryPin = (
  tries: Tries,
  pins: readonly string[],
  token: string,
  now: number,
): { tries: Tries; answer: TryAnswer } => {
  // A clock that jumped back must not make anyone wait longer than the longest wait.
  const waitMs = Math.min(tries.waitUntil - now, WAIT_MAX_MS)
  if (waitMs > 0) return { tries, answer: { kind: 'wait', waitMs } }
  // All are compared, so that the time tells nothing of which it was.
  const slot = pins.reduce((found, pin, at) => (sameHash(pin, token) ? at : found), -1)
  if (slot >= 0) return { tries, answer: { kind: 'right', slot } }
  if (tries.recent.includes(token))
    return { tries, answer: { kind: 'wrong', waitMs: 0, triesLeft: PIN_TRIES - tries.wrong } }
  const wrong = tries.wrong + 1
  const wait = PIN_WAITS_MS[wrong - FREE_TRIES - 1] ?? 0
  const next = { wrong, waitUntil: wait === 0 ? 0 : now + wait, recent: [...tries.recent, token] }
  if (wrong >= PIN_TRIES) return { tries: next, answer: { kind: 'over' } }
  return { tries: next, answer: { kind: 'wrong', waitMs: wait, triesLeft: PIN_TRIES - wrong } }
}
