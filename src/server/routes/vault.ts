import { COMMIT_BODY_MAX_BYTES } from '../../protocol/limits.ts'
import { CommitRequest, type OpenAnswer, OwnerRequest } from '../../protocol/vault.ts'
import { settingsOf } from '../env.ts'
import { getSealed } from '../kv.ts'
import { count } from '../rate.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.1.1–3` */
export const commit = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CommitRequest, COMMIT_BODY_MAX_BYTES)
  if (request.base === 0) {
    const { missing } = settingsOf(context.env)
    if (missing.length > 0) throw new Refused(refuse('not-configured', { missing }))
    await count(context, 'NEW_VAULTS')
  }
  return context.json(await granted(context, await vaultOf(context, request.vault).commit(request)))
}

export const open = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  const { version, key } = await granted(context, await vaultOf(context, request.vault).open(request))
  const document = await getSealed(context.env.SEALED, key)
  // KV has not brought it here yet, or it has just been replaced.
  if (document === null) throw new Refused(refuse('try-again'))
  return context.json({ ok: true, version, document } satisfies OpenAnswer)
}

export const remove = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).remove(request)))
}
