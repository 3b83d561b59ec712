import { StopRequest } from '../../protocol/letter.ts'
import { bodyOf, granted, type RouteContext } from './answer.ts'

/** `protocol.md §7.3.4` */
export const stop = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, StopRequest)
  const { MAILROOM } = context.env
  return context.json(
    await granted(context, await MAILROOM.get(MAILROOM.idFromName('mailroom')).stop(request)),
  )
}
