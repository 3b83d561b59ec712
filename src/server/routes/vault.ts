import type { Refusal } from '../../protocol/codes.ts'
import { COMMIT_BODY_MAX_BYTES } from '../../protocol/limits.ts'
import { type CommitAnswer, CommitRequest, type OpenAnswer, OwnerRequest } from '../../protocol/vault.ts'
import { admit } from '../admission.ts'
import { settingsOf } from '../env.ts'
import { getSealed } from '../kv.ts'
import { log } from '../log.ts'
import { count } from '../rate.ts'
import { isRefusal, Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, type RouteContext, vaultOf } from './answer.ts'

/** Tells the doorkeepers how it went; a commit that may come again (`try-again`) goes on counting, and is free then. */
const makeVault = async (context: RouteContext, request: CommitRequest): Promise<CommitAnswer | Refusal> => {
  const admission = await admit(context.env, context.req.raw.headers, request.vault, request.ticket)
  if (isRefusal(admission)) {
    if (admission.error === 'ticket') await count(context, 'FAILURES')
    return admission
  }
  const answer = await vaultOf(context, request.vault).commit(request, admission.moves)
  // It counts already: that it was not told so is no reason to tell the family that nothing was made.
  if (!isRefusal(answer)) await admission.made().catch(() => log('doorkeeper-not-told'))
  else if (answer.error !== 'try-again') await admission.refused()
  return answer
}

/** `protocol.md §7.1.1–3`, §7.16 */
export const commit = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CommitRequest, COMMIT_BODY_MAX_BYTES)
  if (request.base > 0) {
    if (request.ticket !== null) throw new Refused(refuse('malformed'))
    return context.json(await granted(context, await vaultOf(context, request.vault).commit(request)))
  }
  const { missing } = settingsOf(context.env)
  if (missing.length > 0) throw new Refused(refuse('not-configured', { missing }))
  await count(context, 'NEW_VAULTS')
  const making = makeVault(context, request)
  // Who hangs up does not leave the doorkeepers in the dark.
  context.executionCtx.waitUntil(making.catch(() => undefined))
  return context.json(await granted(context, await making))
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

export const end = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, OwnerRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).end(request)))
}
