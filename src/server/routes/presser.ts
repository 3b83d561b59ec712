import { CoverQuestion } from '../../protocol/presser.ts'
import { SituationRequest } from '../../protocol/situation.ts'
import { ToldRequest } from '../../protocol/told.ts'
import { OwnerRequest } from '../../protocol/vault.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.10` */
export const cover = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CoverQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).cover(request)))
}

export const situation = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, SituationRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).situation(request)))
}

export const presses = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).presses(request)))
}

export const told = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ToldRequest)
  const answer = await vaultOf(context, request.vault).told(request, originOf(context))
  return context.json(await granted(context, answer))
}
