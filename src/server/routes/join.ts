import { AcceptRequest, CodeRequest, JoinQuestion, LeaveRequest } from '../../protocol/join.ts'
import { settingsOf } from '../env.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.5` */
export const join = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, JoinQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).join(request)))
}

export const code = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CodeRequest)
  // A code that cannot go out now would come when nobody waits for it any more.
  const { sender, sms, missing } = settingsOf(context.env)
  if ((request.address.includes('@') ? sender : sms) === null)
    throw new Refused(refuse('not-configured', { missing }))
  const answer = await vaultOf(context, request.vault).code(request, originOf(context))
  return context.json(await granted(context, answer))
}

export const accept = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, AcceptRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).accept(request)))
}

export const leave = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, LeaveRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).leave(request)))
}
