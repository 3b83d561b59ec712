import { keptInvitations } from './kept.ts'

/**
 * A phone that was emptied is told of nothing any more: the browser gives its subscription up, and the push service refuses what still comes.
 * Unless this is also the browser of somebody's contact, who is told of alerts with the same one. Never fails.
 */
export const stopPushes = async (): Promise<void> => {
  try {
    if (keptInvitations().length > 0) return
    const registration = await navigator.serviceWorker.getRegistration('/')
    await (await registration?.pushManager.getSubscription())?.unsubscribe()
  } catch {
    // There is none, or the browser has no such thing.
  }
}
