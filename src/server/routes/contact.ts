import { OwnerRequest } from '../../protocol/vault.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.1.7` */
export const contacts = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).contacts(request)))
}
