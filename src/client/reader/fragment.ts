/** The key of the letter that is open in this tab. */
export const OPENED_KEY = 'amparo/letter-key'

/**
 * Ids and secrets stand in the fragment only, and leave the address bar at once; this tab keeps them, so that a reload or a
 * discarded tab loses nothing (`protocol.md §10.4`).
 */
export const takeFragment = (page: 'letter' | 'stop' | 'join' | 'press'): string => {
  const key = `amparo/${page}`
  const fragment = globalThis.location.hash.slice(1)
  // Another link put into this tab's address bar (the whole one, after a damaged one) loads no page by itself.
  globalThis.addEventListener('hashchange', () => globalThis.location.reload())
  try {
    if (fragment === '') return globalThis.sessionStorage.getItem(key) ?? ''
    if (page === 'letter' && globalThis.sessionStorage.getItem(key) !== fragment)
      globalThis.sessionStorage.removeItem(OPENED_KEY)
    globalThis.sessionStorage.setItem(key, fragment)
    globalThis.history.replaceState(null, '', globalThis.location.pathname)
  } catch {
    // No sessionStorage: the fragment stays where it is, so that a reload still works.
  }
  return fragment
}
