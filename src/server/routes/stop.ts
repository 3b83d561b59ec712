import { StopRequest } from '../../protocol/letter-requests.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/**
 * `protocol.md §7.3.4`. The mailroom knows a link by the address that it went to, and after the vault is gone; the vault knows it by
 * the contact, also before anything was mailed. Either is enough, and one that knows it and could not act is heard first.
 */
export const stop = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, StopRequest)
  const { MAILROOM } = context.env
  const answers = await Promise.all([
    ...['mailroom', 'sms'].map((room) => MAILROOM.get(MAILROOM.idFromName(room)).stop(request)),
    vaultOf(context, request.vault).stop(request),
  ])
  const failed = answers.find((answer) => isRefusal(answer) && answer.error !== 'unknown')
  const done = answers.find((answer) => !isRefusal(answer))
  return context.json(await granted(context, failed ?? done ?? refuse('unknown')))
}
