import { ReadyAnswer } from '../../protocol/drill.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { credentialsOf } from './session.ts'

/** What the service says of key, letters and drills (`protocol.md §7.8`). Never throws. @returns null where it did not say */
export const askReady = async (root: Uint8Array, key: string | null): Promise<ReadyAnswer | null> => {
  const reply = await ask(ROUTES.ready, JSON.stringify({ ...credentialsOf(root), key }), ReadyAnswer)
  return reply.kind === 'answer' ? reply.answer : null
}
