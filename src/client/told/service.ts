import { ROUTES } from '../../protocol/routes.ts'
import { ToldAnswer, type ToldRequest } from '../../protocol/told.ts'
import { ask } from '../../queue/ask.ts'
import { credentialsOf, type Outcome, troubleOf } from '../vault/session.ts'

/** Changes, or with null asks, which browsers are told. @returns their endpoints, as the service has them afterwards */
export const setTold = async (root: Uint8Array, set: ToldRequest['set']): Promise<Outcome<string[]>> => {
  const reply = await ask(ROUTES.told, JSON.stringify({ ...credentialsOf(root), set }), ToldAnswer)
  return reply.kind === 'answer' ? { ok: true, value: reply.answer.endpoints } : troubleOf(reply)
}

const ownEndpoint = async (): Promise<string | undefined> => {
  const registration = await globalThis.navigator.serviceWorker?.getRegistration('/')
  const subscription = await registration?.pushManager?.getSubscription()
  return subscription?.toJSON().endpoint
}

/**
 * A phone that was taken away is not told either. Of which phone an endpoint is, nobody knows: this browser's stays, and no other.
 * @returns whether it is so
 */
export const tellThisAlone = async (root: Uint8Array): Promise<boolean> => {
  const told = await setTold(root, null)
  if (!told.ok) return false
  const own = await ownEndpoint().catch(() => undefined)
  for (const endpoint of told.value) {
    if (endpoint === own) continue
    const done = await setTold(root, { kind: 'off', endpoint })
    if (!done.ok) return false
  }
  return true
}
