import {
  GuardOpenedRequest,
  GuardRemoveRequest,
  GuardSetRequest,
  type GuardTryAnswer,
  GuardTryRequest,
} from '../../protocol/guard.ts'
import { getShare } from '../kv.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.13` */
export const guardSet = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, GuardSetRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).guardSet(request)))
}

export const guardTry = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, GuardTryRequest)
  const { key, slot } = await granted(context, await vaultOf(context, request.vault).guardTry(request))
  const share = await getShare(context.env.SEALED, key, slot)
  // KV has not brought it here yet.
  if (share === null) throw new Refused(refuse('try-again'))
  return context.json({ ok: true, share } satisfies GuardTryAnswer)
}

export const guardOpened = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, GuardOpenedRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).guardOpened(request)))
}

export const guardRemove = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, GuardRemoveRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).guardRemove(request)))
}
