import { noteForgetting, pinSet } from './locked.ts'
import { press, readOwnerKind, readPress } from './records.ts'

/**
 * Several tabs of the app are one phone. What one of them does to it (a PIN is set or taken away, everything is forgotten, another vault takes the place) the
 * others do not know: they would show what stands behind the PIN now, and write back what was erased. So each of them begins anew.
 */
const isOvertaken = async (): Promise<boolean> => {
  const shown = press.value
  if (shown === null) return false
  const [stored, { hasPin }] = [await readPress(), await readOwnerKind()]
  if (stored.kind === 'unreadable') return false
  return stored.kind === 'none' || stored.record.vault !== shown.vault || hasPin !== pinSet.value
}

const look = (): void => {
  void isOvertaken()
    .then((isOver) => {
      if (isOver) globalThis.location.reload()
    })
    .catch(() => undefined)
}

/** Of the two records by which a phone is known, and that all is forgotten; `copy-`: as they are kept a second time, which is the one that other tabs hear of. */
const RECORDS = /^amparo\/(?:copy-)?(?:owner|press|forget)$/

/** For the life of the page. A tab that stood still has heard of nothing, and looks when it is seen again. */
export const followOtherTabs = (): void => {
  globalThis.addEventListener('storage', ({ key, newValue }) => {
    // At once: what is under way here must not write anything back.
    if (key?.endsWith('forget') && newValue !== null) noteForgetting()
    if (key === null || RECORDS.test(key)) look()
  })
  globalThis.document.addEventListener('visibilitychange', () => {
    if (globalThis.document.visibilityState === 'visible') look()
  })
}
