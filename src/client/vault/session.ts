import { signal } from '@preact/signals'
import { openDocument } from '../../crypto/document.ts'
import { pressKeyOf } from '../../crypto/presser.ts'
import { ownerTokenOf, vaultIdOf } from '../../crypto/root.ts'
import { coverKeyOf, presserTokenOf } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { ErrorCode } from '../../protocol/codes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { type AlertSummary, AlertsAnswer, OpenAnswer } from '../../protocol/vault.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { ask, type Reply } from '../../queue/ask.ts'
import { exclusively } from '../device/lock.ts'
import { forgettings, isLocked } from '../device/locked.ts'
import { wasLeft } from '../device/move.ts'
import { keepNumbersOf } from '../device/numbers.ts'
import { type OwnerRecord, readOwner, writeOwner } from '../device/owner.ts'
import { press, readCache, readPress, writeCache, writePress } from '../device/records.ts'
import { writeSay } from '../device/say.ts'
import { presserSecretOf } from './presser-secret.ts'
import { countsOf, type Heard } from './standing.ts'

/** The opened vault of this page. `change.ts` changes it. */
export type Opened = {
  root: Uint8Array
  presser: string
  version: number
  document: VaultDocument
  /** False: this is what the phone remembers; the service was not reached. */
  fresh: boolean
}

/**
 * `moving`: this phone is leaving the vault for another one. `no-line`: nobody answered. `older`: the service showed a state older than this phone has seen. `unreadable`: what came does not
 * open. `none`: nothing is set up here. `locked`: it stands behind the PIN.
 */
export type Trouble =
  | { trouble: 'none' | 'no-line' | 'older' | 'unreadable' | 'locked' | 'moving' }
  | { trouble: 'refused'; code: ErrorCode }
export type Outcome<T> = { ok: true; value: T } | ({ ok: false } & Trouble)

export const fail = (trouble: Exclude<Trouble['trouble'], 'refused'>): { ok: false } & Trouble => ({
  ok: false,
  trouble,
})

export const vault = signal<Opened | null>(null)
/** What the service said of the contacts, last. */
export const heard = signal<Heard>(null)

export const credentialsOf = (root: Uint8Array) => ({
  vault: toText(vaultIdOf(root)),
  token: toText(ownerTokenOf(root)),
})

export const troubleOf = <T>(reply: Exclude<Reply<T>, { kind: 'answer' }>): { ok: false } & Trouble =>
  reply.kind === 'none' ? fail('no-line') : { ok: false, trouble: 'refused', code: reply.refusal.error }

/** Reads the vault from the service. `seen` is the highest version this device knows of. */
export const fetchVault = async (
  root: Uint8Array,
  seen: number,
): Promise<Outcome<{ version: number; document: VaultDocument; sealed: string }>> => {
  const reply = await ask(ROUTES.open, JSON.stringify(credentialsOf(root)), OpenAnswer)
  if (reply.kind !== 'answer') return troubleOf(reply)
  const { version, document: sealed } = reply.answer
  if (version < seen) return fail('older')
  const document = openDocument(root, version, fromText(sealed))
  return document === null ? fail('unreadable') : { ok: true, value: { version, document, sealed } }
}

/**
 * Writes down the press key of this phone. Called before the vault may let an older one go: a phone must hold a key that the service
 * knows at every moment.
 */
export const writePresser = async ({ root, presser, document }: Opened): Promise<void> => {
  const own = document.pressers.find(({ id }) => id === presser)
  if (own === undefined) {
    if (press.value !== null) await writePress({ ...press.value, revoked: true })
    return
  }
  const vaultId = vaultIdOf(root)
  const secret = presserSecretOf(own, vaultId)
  const key = toText(pressKeyOf(secret, vaultId))
  const known = press.value?.vault === toText(vaultId) ? press.value : null
  await writePress({
    v: 1,
    vault: toText(vaultId),
    key,
    hotline: document.hotline,
    contacts: document.contacts.length,
    people: countsOf(document, heard.value, known?.people ?? null),
    practised: document.practisedAt !== null,
    wordsConfirmed: document.wordsConfirmedAt !== null,
    revoked: false,
  })
  // A press needs none of it.
  await writeSay({
    v: 1,
    vault: toText(vaultId),
    presser,
    key,
    token: toText(presserTokenOf(secret, vaultId)),
    cover: toText(coverKeyOf(secret, vaultId)),
  }).catch(() => undefined)
}

/** Where the contacts stand, for the button's page. The key stays as it is on the phone: another page may have rolled it. */
export const writeCounts = (): Promise<void> =>
  exclusively('vault', async () => {
    const known = await readPress()
    if (known.kind !== 'record' || vault.value === null) return
    const { root, document } = vault.value
    if (known.record.vault !== toText(vaultIdOf(root))) return
    await writePress({ ...known.record, people: countsOf(document, heard.value, known.record.people) })
  })

/**
 * Writes down what this phone needs of a document to press, and what it has seen; and shows it to the page. Which presser this phone
 * is, the phone's own record says: a change that was begun before the keys rolled must not take it back.
 */
export const remember = async (opened: Opened, sealed: string): Promise<Opened> => {
  const { root, version } = opened
  // By its own root: the app may have been locked since this began.
  const owner = await readOwner(root)
  const known = owner.kind === 'record' && owner.record.root === toText(root) ? owner.record : null
  // Another page has started over meanwhile: what this one still knows must not bring the old keys back.
  if (known === null && (await wasLeft(toText(vaultIdOf(root))))) return opened
  const isThere = (id: string | undefined) => opened.document.pressers.some((one) => one.id === id)
  const mine = {
    ...opened,
    presser: known !== null && isThere(known.presser) ? known.presser : opened.presser,
  }
  await writePresser(mine)
  await writeOwner({
    v: 1,
    root: toText(root),
    presser: mine.presser,
    next: known?.next ?? null,
    drop: known?.drop ?? [],
    version: Math.max(version, known?.version ?? 0),
  })
  // To read without a line: nothing else depends on it.
  await writeCache({ v: 1, version, sealed }).catch(() => undefined)
  void keepNumbersOf(opened.document.contacts.map(({ id }) => id))
  if (!isLocked()) vault.value = mine
  return mine
}

const cached = async (root: Uint8Array, record: OwnerRecord): Promise<Opened | null> => {
  const cache = await readCache()
  if (cache.kind !== 'record') return null
  const document = openDocument(root, cache.record.version, fromText(cache.record.sealed))
  if (document === null) return null
  return { root, presser: record.presser, version: cache.record.version, document, fresh: false }
}

/** What may pass: then this phone's own memory is shown instead. */
const isPassing = (trouble: Trouble): boolean =>
  trouble.trouble === 'no-line' ||
  (trouble.trouble === 'refused' && (trouble.code === 'try-again' || trouble.code === 'slow-down'))

/** Opens the vault, if it is not locked: from the service, else what this phone remembers. Nothing else asks for what the PIN guards. */
export const openVault = (): Promise<Outcome<Opened>> => exclusively('vault', openNow)

const openNow = async (): Promise<Outcome<Opened>> => {
  const before = forgettings()
  const owner = await readOwner()
  if (owner.kind !== 'record') return fail(owner.kind)
  const root = fromText(owner.record.root)
  const fetched = await fetchVault(root, owner.record.version)
  if (forgettings() !== before) return fail('none')
  if (fetched.ok) {
    const { version, document, sealed } = fetched.value
    const opened: Opened = { root, presser: owner.record.presser, version, document, fresh: true }
    return { ok: true, value: await remember(opened, sealed) }
  }
  const known = await cached(root, owner.record)
  if (known === null || !isPassing(fetched)) return fetched
  if (!isLocked()) vault.value = known
  return { ok: true, value: known }
}

/** The alerts of this vault, newest first. */
export const fetchAlerts = async (root: Uint8Array): Promise<Outcome<AlertSummary[]>> => {
  const reply = await ask(ROUTES.alerts, JSON.stringify(credentialsOf(root)), AlertsAnswer)
  return reply.kind === 'answer' ? { ok: true, value: reply.answer.alerts } : troubleOf(reply)
}

/** A request of the owner that answers only "done": the all-clear, taking letters back, the end of the vault. */
export const tellOwner = async (
  route: (typeof ROUTES)['clear' | 'withdraw' | 'delete' | 'end'],
  root: Uint8Array,
  more: object = {},
): Promise<Outcome<null>> => {
  const reply = await ask(route, JSON.stringify({ ...credentialsOf(root), ...more }), DoneAnswer)
  return reply.kind === 'answer' ? { ok: true, value: null } : troubleOf(reply)
}
