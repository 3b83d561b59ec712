import { vaultIdOf } from '../../crypto/root.ts'
import { toText } from '../../protocol/bytes.ts'
import { checked, writeChecked } from '../device/checked.ts'
import { readPlanDraft } from '../device/draft.ts'
import { exclusively } from '../device/lock.ts'
import { press } from '../device/records.ts'
import { isAndroid, isApplePhone, isInstalled } from '../device/system.ts'
import { askReady } from '../vault/ready.ts'
import { fetchAlerts, heard, openVault, vault } from '../vault/session.ts'
import { refreshStandings } from '../vault/standings.ts'
import { lettersFit, unopenedIn, unreachedIn } from './facts.ts'

/** Looks at everything, and writes down what was found. Never throws. */
export const checkEverything = (): Promise<void> =>
  exclusively('check', check).catch(() => {
    // The phone's storage failed: the light stays as it was, and says from when it is.
  })

/** Null: this browser does not say. */
const isPersisted = async (): Promise<boolean | null> => {
  try {
    return (await globalThis.navigator.storage?.persisted?.()) ?? null
  } catch {
    return null
  }
}

const onPhone = (): boolean => isAndroid() || isApplePhone()

/** The service does not know this vault any more: another phone has started over or erased everything. What was found before must not go on saying that all is ready. */
const noteUnknown = async (): Promise<void> => {
  const before = checked.value
  if (before !== null && before.vault === press.value?.vault)
    await writeChecked({ ...before, at: Date.now(), reached: true, keyKnown: false })
}

const check = async (): Promise<void> => {
  if (vault.value?.fresh !== true) {
    const outcome = await openVault()
    if (!outcome.ok && outcome.trouble === 'refused' && outcome.code === 'unknown') return noteUnknown()
  }
  // What was typed into the plan on a page that was closed before it was stored.
  if (vault.value?.fresh === true && (await readPlanDraft()) !== null)
    await (await import('../plan/storing.ts')).storeLeft().catch(() => undefined)
  await refreshStandings().catch(() => undefined)
  const opened = vault.value
  const key = press.value?.key
  if (opened === null || key === undefined) return
  const id = toText(vaultIdOf(opened.root))
  const here = {
    v: 1,
    vault: id,
    installed: onPhone() ? isInstalled() : null,
    persisted: await isPersisted(),
  } as const
  const [ready, alerts] = await Promise.all([askReady(opened.root, key), fetchAlerts(opened.root)])
  // Another phone may have changed the vault: what the service says is then not of the document in hand.
  const current = vault.value
  if (ready === null || !alerts.ok || current === null || ready.version !== current.version) {
    const before = checked.value
    // What was found before is still from then, and says so; that nobody answers now is new.
    if (before !== null && before.vault === id) await writeChecked({ ...before, ...here, reached: false })
    return
  }
  const { document } = current
  await writeChecked({
    ...here,
    at: Date.now(),
    reached: heard.value !== null,
    keyKnown: ready.keyKnown,
    letters: lettersFit(document, ready),
    unreached: unreachedIn(document, alerts.value, ready),
    unopened: unopenedIn(document, heard.value, alerts.value, ready),
    lastDrillAt: ready.drills[0]?.startedAt ?? null,
  })
}
