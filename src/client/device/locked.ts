import { signal } from '@preact/signals'

/** Whether this phone asks for a PIN, and what it has been told. What reads is in memory only, and only until the app is locked. */

/** As it is stored on this phone. */
export const pinSet = signal(false)
/** The root, 16 bytes, once the PIN was right; null while locked. Of no meaning where there is no PIN. */
export const unlocked = signal<Uint8Array | null>(null)

export const isLocked = (): boolean => pinSet.value && unlocked.value === null

/** How often this page has forgotten everything: what was under way before must not write any of it down again. */
let forgotten = 0
export const forgettings = (): number => forgotten
export const noteForgetting = (): void => {
  forgotten += 1
}
