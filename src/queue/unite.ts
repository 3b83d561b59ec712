import { OTHERS_KEY } from './for-others.ts'
import { merge, parsePress, type QueuedPress, STORAGE_KEY } from './press-queue.ts'

/**
 * Two lists of presses become one. Where IndexedDB did not answer for a while, what was pressed then stands in localStorage alone, and
 * neither list knows of the other: no press may be hidden by the other list, whichever is the newer. Pure.
 */
const RANK: Record<QueuedPress['state'], number> = { dead: 0, unfit: 1, waiting: 2, received: 3 }

/** Of the same press: what the person took back stays taken back, else what is known furthest. A waiting one is rather sent again. */
const further = (a: QueuedPress, b: QueuedPress): QueuedPress => {
  if (a.cancelled !== b.cancelled) return a.cancelled ? a : b
  if (a.state === 'received' && b.state === 'received') return merge(a, b)
  return RANK[b.state] >= RANK[a.state] ? b : a
}

/** @param older and `newer` as they are stored, unchecked; what is no press stays where it is */
export const unitePresses = (older: readonly unknown[], newer: readonly unknown[]): unknown[] => {
  const united = [...older]
  for (const entry of newer) {
    const press = parsePress(entry)
    const at = press === null ? -1 : united.findIndex((one) => parsePress(one)?.alert === press.alert)
    const known = at < 0 ? null : parsePress(united[at])
    if (press === null || known === null) {
      if (press !== null || !united.some((one) => JSON.stringify(one) === JSON.stringify(entry)))
        united.push(entry)
    } else united[at] = further(known, press)
  }
  return united
}

/** What two stores that disagree hold together under one key. */
export const unite = (key: string, older: unknown, newer: unknown): unknown =>
  (key === STORAGE_KEY || key === OTHERS_KEY) && Array.isArray(older) && Array.isArray(newer)
    ? unitePresses(older, newer)
    : newer
