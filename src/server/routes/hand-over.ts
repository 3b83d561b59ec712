import { HandGiveRequest, HandOfferRequest, HandQuestion, HandTakeRequest } from '../../protocol/hand-over.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.15` */
export const handOffer = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandOfferRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).handOffer(request)))
}

export const handLook = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).handLook(request)))
}

export const handGive = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandGiveRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).handGive(request)))
}

export const handEnd = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).handEnd(request)))
}

export const handTake = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandTakeRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).handTake(request)))
}

export const handTaken = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, HandTakeRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).handTaken(request)))
}
