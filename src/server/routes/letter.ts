import type { LetterAnswer } from '../../protocol/letter.ts'
import { LetterQuestion, ReceiptRequest, WordRequest } from '../../protocol/letter-requests.ts'
import { StandingQuestion } from '../../protocol/standing.ts'
import { getSealed } from '../kv.ts'
import { laneOf, networkOf } from '../network.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.3.1–3, 5` */
export const letter = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, LetterQuestion)
  const answer = await granted(context, await vaultOf(context, request.vault).letter(request))
  const { key, version, locks, alert } = answer
  const sealed = await getSealed(context.env.SEALED, key)
  // KV has not brought it here yet.
  if (sealed === null) throw new Refused(refuse('try-again'))
  return context.json({ ok: true, version, sealed, locks, alert } satisfies LetterAnswer)
}

export const word = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, WordRequest)
  const lane = laneOf(networkOf(context.req.raw.headers), request.letter)
  return context.json(await granted(context, await vaultOf(context, request.vault).word(request, lane)))
}

export const receipt = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ReceiptRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).receipt(request)))
}

export const standing = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, StandingQuestion)
  return context.json(await granted(context, await vaultOf(context, request.vault).standing(request)))
}
