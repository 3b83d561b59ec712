/// <reference lib="webworker" />
import { forOthers } from '../queue/for-others.ts'
import { flushOnce } from '../queue/press-queue.ts'
import { openStorage } from '../queue/storage.ts'
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

const flush = async (): Promise<void> => {
  const { storage, lasting } = await openStorage()
  // A rejected sync event is repeated by the browser; so is one that could not look at what waits.
  if (!lasting) throw new Error('the storage did not open')
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
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openNotice(self.clients, event.notification.data))
})
