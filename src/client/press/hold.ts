import { toText } from '../../protocol/bytes.ts'
import { ID_BYTES } from '../../protocol/limits.ts'
import { type QueuedPress, storePress } from '../../queue/press-queue.ts'
import type { Storage } from '../../queue/storage.ts'

/** The furthest that the store may hold up the sending. A write takes a few ms; a broken one may never end. */
const STORE_WAIT_MS = 700

export const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A press as the hold makes it, under an id that nobody has seen. */
export const newPress = (by: Pick<QueuedPress, 'vault' | 'key' | 'practice'>): QueuedPress => ({
  vault: by.vault,
  key: by.key,
  alert: toText(globalThis.crypto.getRandomValues(new Uint8Array(ID_BYTES))),
  practice: by.practice,
  heldAt: Date.now(),
  cancelled: false,
  state: 'waiting',
  answer: null,
})

/**
 * Stores a press, and comes back after 700 ms at the latest: a store that hangs holds nothing up.
 * @param done whether it is stored, as soon as that is known; until then it is not
 */
export const storeInTime = (
  storage: Promise<Storage>,
  press: QueuedPress,
  done: (isStored: boolean) => void,
): Promise<void> => {
  const stored = storage
    .then((kept) => storePress(kept, press))
    .then(
      () => done(true),
      () => done(false),
    )
  return Promise.race([stored, later(STORE_WAIT_MS)])
}

/** Asks the service worker to send what waits, where the browser can: else the page's own tries remain. */
export const wakeServiceWorker = async (
  registered: (container: ServiceWorkerContainer) => Promise<ServiceWorkerRegistration | undefined>,
): Promise<void> => {
  try {
    const container = globalThis.navigator.serviceWorker as ServiceWorkerContainer | undefined
    const registration = container && (await registered(container))
    // Background Sync: only in Chromium, and not in TypeScript's own list.
    const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
    await sync?.register('presses')
  } catch {
    // The page's own retries remain.
  }
}
