/// <reference lib="webworker" />
/**
 * The app's own files, kept for when there is no line. One cache a build, named by its content: what a new build shares with the
 * one before is copied and not fetched again, and a build that came only in part goes on where it stopped. Written here and not
 * taken from a library, because the library's runtime alone is half of the service worker's budget.
 */

/** `revision` is null where the name holds a hash of the content. */
export type Entry = { url: string; revision: string | null }

const PREFIX = 'amparo-'
/** Pages by their address, without the ending. */
const PAGES = new Map([
  ['/', '/index.html'],
  ['/letter', '/letter.html'],
  ['/stop', '/stop.html'],
  ['/join', '/join.html'],
  ['/check', '/check.html'],
  ['/press', '/press.html'],
  ['/notes', '/notes.html'],
  ['/help', '/help.html'],
])
/** `/help/es/rights`: too many for the list above. */
const HELP = /^\/help\/[a-z-]+(?:\/[a-z-]+)?$/
const fileOf = (pathname: string): string =>
  PAGES.get(pathname) ?? (HELP.test(pathname) ? `${pathname}.html` : pathname)
/** The host answers a page's file name with a redirect to its address. */
const addressOf = (file: string): string => {
  const address = file.replace(/\.html$/, '')
  return [...PAGES].find(([, known]) => known === file)?.[0] ?? (HELP.test(address) ? address : file)
}
/** Nobody presses or reads a letter with it: it is kept after everything else. */
const isLater = ({ url }: Entry): boolean => /^\/?help[./]/.test(url)

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const nameOf = async (entries: readonly Entry[]): Promise<string> => {
  const content = new TextEncoder().encode(JSON.stringify(entries))
  return PREFIX + hex(await crypto.subtle.digest('SHA-256', content)).slice(0, 16)
}

const absolute = (url: string): string => new URL(url, self.location.origin).href

const TRIES = 4
const PAUSE_MS = 500

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One lost answer must not undo what a bad line has brought so far. */
const fetchAnyhow = async (address: string): Promise<Response> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(address, { cache: 'reload', credentials: 'omit' })
      if (response.ok || tries === TRIES) return response
    } catch (error) {
      if (tries === TRIES) throw error
    }
    await later(tries * PAUSE_MS)
  }
}

const put = async (cache: Cache, entry: Entry): Promise<void> => {
  const url = absolute(entry.url)
  if ((await cache.match(url)) !== undefined) return
  // The same name with a hash in it is the same content, whichever build fetched it.
  const known = entry.revision === null ? await caches.match(url) : undefined
  const address = absolute(addressOf(new URL(url).pathname))
  const response = known ?? (await fetchAnyhow(address))
  // A captive portal answers with a redirect, or with its own page under our name.
  if (!response.ok || response.redirected) throw new Error('a file of the app did not arrive')
  await cache.put(url, response)
}

/** @throws Error if a file did not arrive; the browser then keeps the old service worker and tries again later */
export const install = async (entries: readonly Entry[]): Promise<void> => {
  const cache = await caches.open(await nameOf(entries))
  // One after the other: on a bad line a few finished files are worth more than many begun ones.
  for (const entry of entries.filter((one) => !isLater(one))) await put(cache, entry)
  await complete(entries)
}

/** Keeps the help pages, as far as the line brings them: without them the button works all the same, so they undo no install. */
export const complete = async (entries: readonly Entry[]): Promise<void> => {
  const cache = await caches.open(await nameOf(entries))
  try {
    for (const entry of entries.filter(isLater)) await put(cache, entry)
  } catch {
    // What is missing is fetched at the next visit.
  }
}

/** Lets the files of older builds go. */
export const tidy = async (entries: readonly Entry[]): Promise<void> => {
  const current = await nameOf(entries)
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== current) await caches.delete(name)
  }
}

/**
 * @returns the file, from this build's cache or else from the network, or null where this is not one of the app's files. What a
 * messenger appends to a link (`?x=1`) does not change the page.
 */
export const answer = (entries: readonly Entry[], request: Request): Promise<Response> | null => {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return null
  const file = fileOf(pathname)
  if (!entries.some(({ url }) => absolute(url) === origin + file)) return null
  return nameOf(entries)
    .then((name) => caches.open(name))
    .then((cache) => cache.match(origin + file))
    .then((kept) => kept ?? fetch(request))
}
