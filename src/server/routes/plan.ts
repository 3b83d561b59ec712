import type { PlanAnswer, ShareAnswer } from '../../protocol/plan.ts'
import { StandingQuestion } from '../../protocol/standing.ts'
import { StepsQuestion, TickRequest } from '../../protocol/steps.ts'
import { OwnerRequest } from '../../protocol/vault.ts'
import { getSealed } from '../kv.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** @throws Refused where KV has not brought it here yet */
const sealedAt = async ({ env }: RouteContext, key: string): Promise<string> => {
  const sealed = await getSealed(env.SEALED, key)
  if (sealed === null) throw new Refused(refuse('try-again'))
  return sealed
}

/** `protocol.md §7.14` */
export const plan = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  const { plan: at } = await granted(context, await vaultOf(context, request.vault).plan(request))
  const found = at === null ? null : { version: at.version, sealed: await sealedAt(context, at.key) }
  return context.json({ ok: true, plan: found } satisfies PlanAnswer)
}

export const share = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, StandingQuestion)
  const { key } = await granted(context, await vaultOf(context, request.vault).share(request))
  return context.json({
    ok: true,
    share: key === null ? null : await sealedAt(context, key),
  } satisfies ShareAnswer)
}

export const steps = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, StepsQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).steps(request)))
}

export const tick = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, TickRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).tick(request)))
}
