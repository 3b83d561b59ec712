import { GATE_WAIT_MAX_MS } from '../../protocol/limits.ts'
import { sameHash } from '../hash.ts'

/**
 * The gate before a letter's family word (`protocol.md §7.3.2`): slows guesses down, never closes for good.
 * Pure: no I/O, no clock. Tokens come as SHA-256 in base64url.
 */
const FREE_TRIES = 3
const REMEMBERED = 8

/** `recent`: the last wrong tokens that counted, newest last. */
export type Gate = { wrong: number; waitUntil: number; recent: readonly string[] }
export const FRESH_GATE: Gate = { wrong: 0, waitUntil: 0, recent: [] }

export type GateAnswer =
  | { kind: 'right' }
  | { kind: 'wrong'; waitMs: number }
  /** Not looked at. */
  | { kind: 'wait'; waitMs: number }

/** The wait after the `wrong`-th wrong token: none for three, then 2, 4, 8, 16, 32, 60, 60… s. */
const waitAfter = (wrong: number): number =>
  wrong <= FREE_TRIES ? 0 : Math.min(GATE_WAIT_MAX_MS, 1_000 * 2 ** Math.min(wrong - FREE_TRIES, 10))

export const tryGate = (
  gate: Gate,
  right: string,
  token: string,
  now: number,
): { gate: Gate; answer: GateAnswer } => {
  // A clock that jumped back must not make anyone wait longer than the longest wait.
  const waitMs = Math.min(gate.waitUntil - now, GATE_WAIT_MAX_MS)
  if (waitMs > 0) return { gate, answer: { kind: 'wait', waitMs } }
  if (sameHash(right, token)) return { gate: FRESH_GATE, answer: { kind: 'right' } }
  if (gate.recent.includes(token)) return { gate, answer: { kind: 'wrong', waitMs: 0 } }
  const wrong = gate.wrong + 1
  const wait = waitAfter(wrong)
  const recent = [...gate.recent, token].slice(-REMEMBERED)
  return { gate: { wrong, waitUntil: now + wait, recent }, answer: { kind: 'wrong', waitMs: wait } }
}
