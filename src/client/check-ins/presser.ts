import { pressKeyOf } from '../../crypto/presser.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { sealSituation, situationKeyOf } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { DocumentPresser, VaultDocument } from '../../protocol/vault-document.ts'
import { readCheckIn, writeCheckIn } from '../device/check-in.ts'
import { exclusively } from '../device/lock.ts'
import { c } from '../text/check-ins-text.ts'
import { changeVault } from '../vault/change.ts'
import { withoutPressers } from '../vault/document.ts'
import { newId, newKey, random } from '../vault/random.ts'
import { credentialsOf, type Opened, type Outcome, openVault } from '../vault/session.ts'
import { fetchCheckIns } from './service.ts'

const FORMER_KEPT = 4

/** Arming and rolling come one after the other: by a commit that drops its presser, what was armed meanwhile would be over, and shown as armed. */
export const oneByOne = <T>(task: () => Promise<T>): Promise<T> => exclusively('check-ins', task)

/** The presser that check-ins are armed with: in the vault document, and its press key on this phone. */
const newCheckInPresser = (): DocumentPresser => ({
  id: newId(),
  kind: 'check-in',
  secret: newKey(),
  label: c('presser'),
  delayMs: 0,
  addedAt: Date.now(),
})

const ofCheckIns = ({ pressers }: VaultDocument): DocumentPresser | undefined =>
  pressers.find(({ kind }) => kind === 'check-in')

const keep = async ({ root, document }: Opened): Promise<string | null> => {
  const own = ofCheckIns(document)
  if (own === undefined) return null
  const key = toText(pressKeyOf(fromText(own.secret), vaultIdOf(root)))
  const record = await readCheckIn()
  if (record?.key !== key) await writeCheckIn({ v: 1, key, used: false })
  return key
}

/** The key from the vault, and a presser made there if it has none. Needs a line, and the PIN where there is one. */
export const prepare = async (): Promise<Outcome<string>> => {
  const opened = await openVault()
  if (!opened.ok) return opened
  const kept = await keep(opened.value)
  if (kept !== null) return { ok: true, value: kept }
  const fresh = newCheckInPresser()
  const changed = await changeVault((document) =>
    ofCheckIns(document) === undefined ? { ...document, pressers: [...document.pressers, fresh] } : document,
  )
  if (!changed.ok) return changed
  const key = await keep(changed.value)
  return key === null ? { ok: false, trouble: 'unreadable' } : { ok: true, value: key }
}

/** `changed`: another phone has put another key in the place of this one's, which stands behind the PIN. */
export type Listed = 'seen' | 'unheard' | 'changed'

/** Asks for what is armed, by the key on this phone, else by that of the vault. */
export const listCheckIns = async (vault: string, key: string): Promise<Listed> => {
  const list = await fetchCheckIns({ vault, key, token: null })
  if (list !== 'unknown') return list === null ? 'unheard' : 'seen'
  const opened = await openVault()
  if (!opened.ok) return opened.trouble === 'locked' ? 'changed' : 'unheard'
  await keep(opened.value)
  const again = await fetchCheckIns({ ...credentialsOf(opened.value.root), key: null })
  return again === null || again === 'unknown' ? 'unheard' : 'seen'
}

/**
 * Where she will be, for whoever opens her letters. It is written before there is a press, so it is about none in particular.
 * @param key that the check-in is armed with
 * @returns null if the vault cannot be opened now, or has another presser for check-ins by now
 */
export const sealPlace = async (place: string, key: string): Promise<string | null> => {
  const opened = await openVault()
  if (!opened.ok) return null
  const { root, document } = opened.value
  const own = ofCheckIns(document)
  const vault = vaultIdOf(root)
  if (own === undefined || toText(pressKeyOf(fromText(own.secret), vault)) !== key) return null
  const presser = fromText(own.id)
  const situation = {
    v: 1,
    pressedAt: null,
    place,
    when: null,
    what: null,
    saw: null,
    position: null,
  } as const
  const situationKey = situationKeyOf(fromText(document.situation), vault, presser)
  return toText(sealSituation(situationKey, vault, presser, situation, random))
}

/**
 * Another presser for check-ins, and its key on this phone.
 * @param ends whether what was armed with the one before ends; else nothing changes while anything is armed
 */
export const replaceCheckIns = async (
  ends: boolean,
  onProgress: (done: number) => void = () => undefined,
): Promise<Outcome<Opened>> => {
  const fresh = newCheckInPresser()
  const changed = await changeVault(
    (document) => {
      const old = document.pressers.filter(({ kind }) => kind === 'check-in').map(({ id }) => id)
      const without = withoutPressers(document, old)
      const [timers, others] = [true, false].map((isTimer) =>
        without.former.filter(({ kind }) => (kind === 'check-in') === isTimer),
      )
      // All of them have one name: the last ones are enough, and push out nobody who was handed a key.
      const former = [...(timers ?? []).slice(0, FORMER_KEPT), ...(others ?? [])]
      return { ...without, former, pressers: [...without.pressers, fresh] }
    },
    onProgress,
    ends,
  )
  if (changed.ok) await keep(changed.value)
  return changed
}

/**
 * Once nothing is armed any more, what the service has held opens nothing that comes later: another presser takes its place. Not while anything
 * is armed, by whatever phone: a commit without its presser ends a check-in. Nor while one that has pressed is listed: by the new key the phone would not see it,
 * and its all-clear stands there.
 */
export const rollCheckIns = (): Promise<void> => oneByOne(roll)

const roll = async (): Promise<void> => {
  const record = await readCheckIn()
  if (record === null || !record.used) return
  const opened = await openVault()
  if (!opened.ok || !opened.value.fresh) return
  const { root } = opened.value
  const list = await fetchCheckIns({ ...credentialsOf(root), key: null })
  if (list === null || list === 'unknown' || list.checkIns.length > 0) return
  // Another phone may arm one before this commit is there: the service refuses it then, and the next unlock tries again.
  await replaceCheckIns(false)
}
