import * as z from 'zod/mini'
import { PIN_TRIES } from './limits.ts'

/** The closed set of refusals, each with its HTTP status (`protocol.md §5`). A number is never reused for another meaning. */
const CODES = [
  'malformed',
  'too-large',
  'no-route',
  'method',
  'unknown',
  'conflict',
  'full',
  'open-alert',
  'closed',
  'key-needed',
  'armed',
  'wrong-word',
  'wrong-code',
  'wrong-pin',
  'ticket',
  'wait',
  'slow-down',
  'not-configured',
  'try-again',
] as const
export type ErrorCode = (typeof CODES)[number]

/** Pages need the names only. */
export const STATUS_OF = {
  malformed: 400,
  'too-large': 413,
  'no-route': 404,
  method: 405,
  unknown: 404,
  conflict: 409,
  full: 409,
  'open-alert': 409,
  closed: 409,
  'key-needed': 409,
  armed: 409,
  'wrong-word': 403,
  'wrong-code': 403,
  'wrong-pin': 403,
  ticket: 403,
  wait: 429,
  'slow-down': 429,
  'not-configured': 403,
  'try-again': 503,
} as const satisfies Record<ErrorCode, number>

/**
 * What every refusal looks like. `triesLeft` comes with `wrong-pin`; `waitMs` with `wrong-word`, `wrong-pin`, `wait` and `slow-down`; `version` (the vault's
 * current one) with `conflict`; `missing` (names of settings, never their values) with `not-configured`.
 */
export const Refusal = z.strictObject({
  error: z.enum(CODES),
  waitMs: z.optional(z.number().check(z.int(), z.gte(0), z.lte(86_400_000))),
  triesLeft: z.optional(z.number().check(z.int(), z.gte(1), z.lte(PIN_TRIES))),
  version: z.optional(z.number().check(z.int(), z.gte(0))),
  missing: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(16))),
})
export type Refusal = z.infer<typeof Refusal>
