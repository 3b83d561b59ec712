/// <reference lib="webworker" />

import { forOthers } from '../queue/for-others.ts'
import { isForgetting } from '../queue/forget-mark.ts'
import { sweep } from '../queue/forgetting.ts'
import { flushOnce } from '../queue/press-queue.ts'
import { openStorage, type Storage } from '../queue/storage.ts'
import { noticeOf, openNotice } from './notice.ts'
import { answer, complete, type Entry, install, tidy } from './precache.ts'

/**
 * The service worker: events only. Keeps the app's own files for when there is no line, sends presses that wait, and shows pushes. It never
 * answers for the service (`/api/`), and a new one waits until no page of the old one is open: nothing is swapped under a hand.
 */
declare const self: ServiceWorkerGlobalScope & { __SW_MANIFEST: Entry[] }

const entries: readonly Entry[] = self.__SW_MANIFEST

/** Background Sync: Chromium only, and not in TypeScript's list. */
type SyncEvent = ExtendableEvent & { tag: string }

/** Where a page died, or could not, the rest goes as soon as anything runs. Whether all is gone, the next page says. */
const goOnForgetting = async (storage: Storage): Promise<void> => {
  if (await isForgetting(storage, null)) await sweep({ storage, copies: null, files: caches }, true)
}

const flush = async (): Promise<void> => {
  const { storage, lasting } = await openStorage()
  // A rejected sync event is repeated by the browser; so is one that could not look at what waits.
  if (!lasting) throw new Error('the storage did not open')
  await goOnForgetting(storage)
  // One after the other: they share a lock.
  const waiting = (await flushOnce(storage, Date.now)) + (await flushOnce(forOthers(storage), Date.now))
  if (waiting > 0) throw new Error('presses are still waiting')
}

self.addEventListener('install', (event) => event.waitUntil(install(entries)))
self.addEventListener('activate', (event) => event.waitUntil(tidy(entries).then(() => self.clients.claim())))
self.addEventListener('fetch', (event) => {
  const response = answer(entries, event.request)
  if (response !== null) event.respondWith(response)
  if (event.request.mode === 'navigate') event.waitUntil(complete(entries))
})
self.addEventListener('sync', (event) => {
  const sync = event as SyncEvent
  if (sync.tag === 'presses') sync.waitUntil(flush())
})
self.addEventListener('push', (event) => {
  const { title, options } = noticeOf(event.data?.text(), self.navigator.language)
  event.waitUntil(self.registration.showNotification(title, options))
  event.waitUntil(openStorage().then(({ storage }) => goOnForgetting(storage)))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openNotice(self.clients, event.notification.data))
})
