/// <reference lib="webworker" />
import { Serwist } from 'serwist'
import { flushOnce } from '../queue/press-queue.ts'
import { openStorage } from '../queue/storage.ts'

/**
 * The service worker: events only. Keeps the app's own files for when there is no line, and sends presses that wait. It never
 * answers for the service (`/api/`), and a new one waits until no page of the old one is open: nothing is swapped under a hand.
 */
declare const self: ServiceWorkerGlobalScope & { __SW_MANIFEST: { url: string; revision: string | null }[] }

/** Not in TypeScript's list; Chromium only. */
type SyncEvent = ExtendableEvent & { tag: string; lastChance: boolean }

const serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  precacheOptions: {
    cleanupOutdatedCaches: true,
    // `/letter` is `letter.html`; whatever a messenger appends to a link does not change the page.
    ignoreURLParametersMatching: [/.*/],
  },
  skipWaiting: false,
  clientsClaim: true,
})
serwist.addEventListeners()

const flush = async (): Promise<void> => {
  const { storage } = await openStorage()
  const waiting = await flushOnce(storage, Date.now)
  // A rejected sync event is repeated by the browser.
  if (waiting > 0) throw new Error('presses are still waiting')
}

self.addEventListener('sync', (event) => {
  const sync = event as SyncEvent
  if (sync.tag === 'presses') sync.waitUntil(flush())
})
