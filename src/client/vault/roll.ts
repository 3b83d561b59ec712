import { isWaiting, queuedPresses } from '../../queue/press-queue.ts'
import { phone } from '../device/phone.ts'
import { type OwnerRecord, readCache, readOwner, writeOwner } from '../device/records.ts'
import { newPresser, rolled, withoutPressers } from './document.ts'
import { changeVault, fetchAlerts, type Opened, openVault, remember, vault } from './session.ts'

/**
 * Rolls the keys after an alert has closed (`protocol.md §6.3`), at the next unlock with a line. Every step is written down
 * before the next, so that a phone that dies in between goes on here, and can press at every moment.
 */
export const rollIfDue = async (): Promise<void> => {
  const opened = await openVault()
  if (!opened.ok || !opened.value.fresh) return
  // A press that waits on this phone holds the old press key, and must be understood when it goes out.
  if ((await queuedPresses(await phone())).some(isWaiting)) return
  const alerts = await fetchAlerts(opened.value.root)
  if (!alerts.ok || alerts.value.some(({ state }) => state === 'open')) return
  await finishRoll()
  await beginRoll(alerts.value.map(({ alert }) => alert))
  await finishRoll()
}

const record = async (): Promise<OwnerRecord | null> => {
  const owner = await readOwner()
  return owner.kind === 'record' ? owner.record : null
}

const beginRoll = async (closed: readonly string[]): Promise<void> => {
  const opened = vault.value
  const owner = await record()
  if (opened === null || owner === null) return
  if (closed.every((alert) => opened.document.rolledAfter.includes(alert))) return
  const own = opened.document.pressers.find(({ id }) => id === opened.presser)
  if (own === undefined) return
  const next = newPresser(own.label, Date.now())
  await writeOwner({ ...owner, next: next.id })
  await changeVault((current) => {
    const after = closed.filter((alert) => !current.rolledAfter.includes(alert))
    return after.length === 0 ? current : rolled(current, next, after)
  })
}

/** Takes over the new presser if the vault has it, then lets the old one go. */
const finishRoll = async (): Promise<void> => {
  const opened = vault.value
  const owner = await record()
  if (opened === null || owner === null) return
  const arrived = owner.next !== null && opened.document.pressers.some(({ id }) => id === owner.next)
  if (owner.next !== null && arrived) await adopt(opened, owner, owner.next)
  else if (owner.next !== null) await writeOwner({ ...owner, next: null })
  const drop = (await record())?.drop ?? []
  if (drop.length === 0) return
  const done = await changeVault((current) => withoutPressers(current, drop))
  const now = await record()
  if (done.ok && now !== null) await writeOwner({ ...now, drop: [] })
}

const adopt = async (opened: Opened, owner: OwnerRecord, next: string): Promise<void> => {
  const mine: Opened = { ...opened, presser: next }
  await writeOwner({ ...owner, next: null, drop: [...owner.drop, owner.presser].slice(-8), presser: next })
  vault.value = mine
  const cache = await readCache()
  if (cache.kind === 'record') await remember(mine, cache.record.sealed)
}
