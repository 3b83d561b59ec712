import { ROUTES } from '../../protocol/routes.ts'
import { ToldAnswer, type ToldRequest } from '../../protocol/told.ts'
import { ask } from '../../queue/ask.ts'
import { credentialsOf, type Outcome, troubleOf } from '../vault/session.ts'

/** Changes, or with null asks, which browsers are told. @returns their endpoints, as the service has them afterwards */
export const setTold = async (root: Uint8Array, set: ToldRequest['set']): Promise<Outcome<string[]>> => {
  const reply = await ask(ROUTES.told, JSON.stringify({ ...credentialsOf(root), set }), ToldAnswer)
  return reply.kind === 'answer' ? { ok: true, value: reply.answer.endpoints } : troubleOf(reply)
}
