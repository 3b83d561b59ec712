import { DrillRequest, ReadyRequest } from '../../protocol/drill.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.8` */
export const drill = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, DrillRequest)
  const answer = await vaultOf(context, request.vault).drill(request, originOf(context))
  return context.json(await granted(context, answer))
}

export const ready = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ReadyRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).ready(request)))
}
