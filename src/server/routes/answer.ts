import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { BODY_MAX_BYTES } from '../../protocol/limits.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'
import { count } from '../rate.ts'
import { isRefusal, Refused } from '../refusal.ts'

/** What every handler needs. */
export type RouteContext = Context<{ Bindings: Env }>

export const bodyOf = <T>(
  context: RouteContext,
  schema: z.ZodMiniType<T>,
  max = BODY_MAX_BYTES,
): Promise<T> => readBody(context.req.raw, schema, max)

export const originOf = (context: RouteContext): string => new URL(context.req.url).origin

export const vaultOf = (context: RouteContext, id: string) =>
  context.env.VAULT.get(context.env.VAULT.idFromName(id))

/**
 * An object's answer, or its refusal thrown. A failed look-up is counted for its network; nothing else is.
 * @throws Refused
 */
export const granted = async <T extends object>(
  context: RouteContext,
  answer: T,
): Promise<Exclude<T, { error: unknown }>> => {
  if (!isRefusal(answer)) return answer as Exclude<T, { error: unknown }>
  if (answer.error === 'unknown') await count(context, 'FAILURES')
  throw new Refused(answer)
}
