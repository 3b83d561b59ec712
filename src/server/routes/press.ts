import { PressQuestion, PressRequest } from '../../protocol/press.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.2`. No counter stands before a press key: a valid one is always served. */
export const press = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, PressRequest)
  const answer = await vaultOf(context, request.vault).press(request, originOf(context))
  return context.json(await granted(context, answer))
}

export const cancel = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, PressQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).cancel(request)))
}

export const status = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, PressQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).status(request)))
}
