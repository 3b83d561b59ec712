import { type CardFindAnswer, CardFindRequest, CardPutRequest } from '../../protocol/card.ts'
import { cardKey, getSealed } from '../kv.ts'
import { count } from '../rate.ts'
import { Refused, refuse } from '../refusal.ts'
import { beginSearch } from '../searching.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.11` */
export const putCard = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CardPutRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).putCard(request)))
}

/** Whether a code is one, the directory says without a vault; whether it still presses, the press. */
export const findCard = async (context: RouteContext): Promise<Response> => {
  const { lookup } = await bodyOf(context, CardFindRequest)
  const search = await beginSearch(context.env, context.req.raw.headers, lookup)
  const sealed = await getSealed(context.env.SEALED, cardKey(lookup))
  if (sealed === null) {
    await count(context, 'FAILURES')
    throw new Refused(refuse('unknown'))
  }
  // Who hangs up does not leave the doorkeepers in the dark.
  context.executionCtx.waitUntil(search.found())
  return context.json({ ok: true, sealed } satisfies CardFindAnswer)
}
