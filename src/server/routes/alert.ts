import { ClearRequest, OwnerRequest, WithdrawRequest } from '../../protocol/vault.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.1.4–6` */
export const alerts = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).alerts(request)))
}

export const clear = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ClearRequest)
  const answer = await vaultOf(context, request.vault).clear(request, originOf(context))
  return context.json(await granted(context, answer))
}

export const withdraw = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, WithdrawRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).withdraw(request)))
}
