import { isWaiting, queuedPresses } from '../../queue/press-queue.ts'
import { exclusively } from '../device/lock.ts'
import { isLocked } from '../device/locked.ts'
import { type OwnerRecord, readOwner, writeOwner } from '../device/owner.ts'
import { phone } from '../device/phone.ts'
import { changeKeys } from './change.ts'
import { closedBy } from './closed-alerts.ts'
import { newPresser, rolled, withoutPressers } from './document.ts'
import { fetchPresses } from './presses.ts'
import { askReady } from './ready.ts'
import { fetchAlerts, type Opened, openVault, vault, writePresser } from './session.ts'

/**
 * Rolls the keys after an alert has closed or a drill has gone out (`protocol.md §6.3`), at the next unlock with a line. Every step is written down
 * before the next, so that a phone that dies in between goes on here, and can press at every moment:
 * the owner record's `next` names the presser that a commit brings, `drop` the ones that may go once its key is written down.
 */
export const rollIfDue = (): Promise<void> => exclusively('roll', roll)

const roll = async (): Promise<void> => {
  const opened = await openVault()
  if (!opened.ok || !opened.value.fresh) return
  await settle()
  const alerts = await fetchAlerts(opened.value.root)
  if (!alerts.ok || alerts.value.some(({ state }) => state === 'open')) return
  const ready = await askReady(opened.value.root, null)
  if (ready === null) return
  // A press that waits on this phone holds the present press key, and must be understood when it goes out.
  if (await somethingWaits()) return
  await begin(closedBy(alerts.value, ready.drills))
  await dropOld()
}

const somethingWaits = async (): Promise<boolean> => (await queuedPresses(await phone())).some(isWaiting)

const ownerRecord = async (): Promise<OwnerRecord | null> => {
  const owner = await readOwner()
  return owner.kind === 'record' ? owner.record : null
}

/** What an earlier roll has left half done. The document must be fresh: else a presser that has arrived would be forgotten. */
const settle = async (): Promise<void> => {
  const owner = await ownerRecord()
  const next = owner?.next ?? null
  if (owner === null || next === null) return
  if (vault.value?.document.pressers.some(({ id }) => id === next)) await adopt(next)
  else await writeOwner({ ...owner, next: null })
}

const begin = async (closed: readonly string[]): Promise<void> => {
  const opened = vault.value
  const owner = await ownerRecord()
  if (opened === null || owner === null) return
  const lettersDue = closed.some((alert) => !opened.document.rolledAfter.includes(alert))
  if (!lettersDue && !(await hasShownKey(opened))) return
  const own = opened.document.pressers.find(({ id }) => id === opened.presser)
  if (own === undefined) return
  const next = newPresser(own.label, Date.now())
  await writeOwner({ ...owner, next: next.id })
  const changed = await changeKeys((current) => {
    const after = closed.filter((alert) => !current.rolledAfter.includes(alert))
    if (after.length > 0) return rolled(current, next, closed)
    return lettersDue ? current : { ...current, pressers: [...current.pressers, next] }
  })
  // Without an answer it may have arrived all the same: the next opening sees.
  if (changed.ok && changed.value.document.pressers.some(({ id }) => id === next.id)) await adopt(next.id)
}

/** Another phone may have rolled the letters first; the key with which this one has pressed is its own to change. */
const hasShownKey = async ({ root, presser, document }: Opened): Promise<boolean> => {
  if (document.pressers.filter(({ kind }) => kind === 'phone').length < 2) return false
  const presses = (await fetchPresses(root)) ?? []
  return presses.some((one) => one.presser === presser && !one.practice && one.alert !== null)
}

/** This phone becomes the new presser: its key is written down first, then what it was may go. */
const adopt = (next: string): Promise<void> =>
  exclusively('vault', async () => {
    const opened = vault.value
    const owner = await ownerRecord()
    if (opened === null || owner === null) return
    const mine = { ...opened, presser: next }
    await writePresser(mine)
    await writeOwner({
      ...owner,
      next: null,
      drop: [...owner.drop, owner.presser].slice(-8),
      presser: next,
    })
    if (!isLocked()) vault.value = mine
  })

/** Not while a press waits: it may have been stored in the moment before the new key was written down. */
const dropOld = async (): Promise<void> => {
  const drop = (await ownerRecord())?.drop ?? []
  if (drop.length === 0 || (await somethingWaits())) return
  const done = await changeKeys((current) => withoutPressers(current, drop))
  const owner = await ownerRecord()
  if (done.ok && owner !== null) await writeOwner({ ...owner, drop: [] })
}
