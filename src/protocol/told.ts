import * as z from 'zod/mini'
import { PushEndpoint, PushTarget } from './channel.ts'
import { Id, Key, Language } from './fields.ts'
import { TOLD_PHONES_MAX } from './limits.ts'

/** Which of the owner's browsers are told that a press waits (`protocol.md §7.10.4`). `none`: no browser any more. Null: nothing changes. */
export const ToldRequest = z.strictObject({
  vault: Id,
  token: Key,
  set: z.nullable(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('on'), push: PushTarget, language: Language }),
      z.strictObject({ kind: z.literal('off'), endpoint: PushEndpoint }),
      z.strictObject({ kind: z.literal('none') }),
    ]),
  ),
})
export type ToldRequest = z.infer<typeof ToldRequest>

/** As it stands afterwards. */
export const ToldAnswer = z.strictObject({
  ok: z.literal(true),
  endpoints: z.array(PushEndpoint).check(z.maxLength(TOLD_PHONES_MAX)),
})
export type ToldAnswer = z.infer<typeof ToldAnswer>
