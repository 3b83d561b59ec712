import type { Context } from 'hono'
import type { Env } from './env.ts'
import { networkOf } from './network.ts'
import { Refused, refuse } from './refusal.ts'

/**
 * Limits by network, for a minute. They count failures and new vaults; what a valid key asks for is never counted. How many vaults a
 * network may make is judged behind them (`admission.ts`).
 */
const WINDOW_MS = 60_000

type Counter = 'FAILURES' | 'NEW_VAULTS'

const isOver = async (limit: RateLimit | undefined, key: string): Promise<boolean> => {
  try {
    return limit !== undefined && !(await limit.limit({ key })).success
  } catch {
    // A counter that is out of order must not close the door.
    return false
  }
}

/** @throws Refused `slow-down` */
export const count = async (context: Context<{ Bindings: Env }>, counter: Counter): Promise<void> => {
  if (await isOver(context.env[counter], networkOf(context.req.raw.headers)))
    throw new Refused(refuse('slow-down', { waitMs: WINDOW_MS }))
}
