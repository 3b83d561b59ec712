import { type ListedPress, PressesAnswer } from '../../protocol/presser.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { credentialsOf } from './session.ts'

/** Presses of every presser of this vault, newest first. @returns null if the service did not answer */
export const fetchPresses = async (root: Uint8Array): Promise<ListedPress[] | null> => {
  const reply = await ask(ROUTES.presses, JSON.stringify(credentialsOf(root)), PressesAnswer)
  return reply.kind === 'answer' ? reply.answer.presses : null
}
