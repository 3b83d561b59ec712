import { isLocked, pinSet, unlocked } from '../device/locked.ts'
import { route } from '../ui/route.ts'
import { heard, vault } from './session.ts'

/** Locking: after a minute in the background what reads is gone from memory and from the page. Without a PIN there is nothing to lock. */
const BACKGROUND_MAX_MS = 60_000
const COVERED = 'covered'

export const lock = (): void => {
  if (!pinSet.value) return
  unlocked.value = null
  vault.value = null
  heard.value = null
}

/** The button's own page names nobody, and must be there when it is needed. */
const isToCover = (): boolean => pinSet.value && !isLocked() && route.value !== ''

/** So that the list of running apps shows nothing that can be read, where the phone tells the page early enough. */
const cover = (isHidden: boolean): void => {
  globalThis.document.documentElement.classList.toggle(COVERED, isHidden && isToCover())
}

let isWatching = false

/** Begun once, it runs for the life of the page. */
export const watchBackground = (): void => {
  if (isWatching) return
  isWatching = true
  let hiddenAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = (): void => {
    cover(true)
    hiddenAt ??= Date.now()
    clearTimeout(timer)
    // A page in the background may be stopped before that: then the time is looked at when it is seen again.
    timer = setTimeout(lock, BACKGROUND_MAX_MS)
  }
  const comeBack = (): void => {
    clearTimeout(timer)
    // A clock that was set back says nothing of how long it was.
    const away = hiddenAt === null ? 0 : Math.abs(Date.now() - hiddenAt)
    hiddenAt = null
    if (away >= BACKGROUND_MAX_MS) lock()
    cover(false)
  }
  globalThis.document.addEventListener('visibilitychange', () => {
    if (globalThis.document.visibilityState === 'hidden') leave()
    else comeBack()
  })
  globalThis.addEventListener('blur', () => cover(!globalThis.document.hasFocus()))
  globalThis.addEventListener('focus', () => cover(false))
  // Kept for the way back, the page would hold what it holds now for as long as the browser likes.
  globalThis.addEventListener('pagehide', lock)
}
