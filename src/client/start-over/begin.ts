import { pressKeyOf } from '../../crypto/presser.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { ContactsAnswer } from '../../protocol/join.ts'
import { SECRET_BYTES } from '../../protocol/limits.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { isWaiting, queuedPresses } from '../../queue/press-queue.ts'
import { readPlanDraft } from '../device/draft.ts'
import { exclusively } from '../device/lock.ts'
import { writeSuccessor } from '../device/move.ts'
import { type MoveNote, readMoveNow, writeMove, writeMoving } from '../device/move-note.ts'
import { recordKey, recordKeyOrNew } from '../device/owner.ts'
import { phone } from '../device/phone.ts'
import { setTold } from '../told/service.ts'
import { readPlan } from '../vault/change.ts'
import { newPresser } from '../vault/document.ts'
import { presserSecretOf } from '../vault/presser-secret.ts'
import { newId, random } from '../vault/random.ts'
import { askReady } from '../vault/ready.ts'
import {
  credentialsOf,
  fail,
  fetchAlerts,
  type Opened,
  type Outcome,
  openVault,
  type Trouble,
  troubleOf,
} from '../vault/session.ts'
import { movedDocument } from './moved-document.ts'

/** The beginning of a move (`protocol.md §7.16`): whether it may begin, the new words, and what moves. Nothing is sent here. */

const openAlert: { ok: false } & Trouble = { ok: false, trouble: 'refused', code: 'open-alert' }

/**
 * Not while an alert is open, a press waits or counts, or practice messages are going out: whoever was written to must find what they were
 * written to about. Not without a line.
 */
export const mayBegin = async (): Promise<Outcome<Opened>> => {
  const opened = await openVault()
  if (!opened.ok) return opened
  if (!opened.value.fresh) return fail('no-line')
  const presses = await queuedPresses(await phone())
  if (presses.some((one) => isWaiting(one) || (!one.practice && one.answer?.state === 'counting')))
    return openAlert
  const alerts = await fetchAlerts(opened.value.root)
  if (!alerts.ok) return alerts
  const ready = await askReady(opened.value.root, null)
  if (ready === null) return fail('no-line')
  const isBusy =
    alerts.value.some(({ state }) => state === 'open') || ready.drills.some(({ settled }) => !settled)
  return isBusy ? openAlert : opened
}

/** The root of the new words: the same as long as nothing has begun, so that what she has written down already stays right. */
export const newWords = ({ root }: Opened): Promise<MoveNote> =>
  exclusively('roll', async () => {
    const note = await readMoveNow()
    if (note?.step === 'begun' || note?.step === 'made') return note
    if (note?.step === 'words' && note.from === toText(root)) return note
    const fresh: MoveNote = {
      ...{ v: 1, step: 'words', from: toText(root), left: null },
      root: toText(random(SECRET_BYTES)),
      presser: newId(),
    }
    const key = await recordKeyOrNew()
    if (key !== null) await writeMove(fresh, [key])
    return fresh
  })

/** What was typed into the plan and is not stored yet would not move along. */
const storedAll = async (): Promise<Outcome<Opened>> => {
  const opened = await mayBegin()
  if (!opened.ok || (await readPlanDraft()) === null) return opened
  await (await import('../plan/storing.ts')).storeLeft()
  return (await readPlanDraft()) === null ? mayBegin() : { ok: false, trouble: 'refused', code: 'conflict' }
}

/**
 * Writes down what moves. From here on the phone goes over as soon as it can.
 * @param label of this phone
 * @param confirmedAt when the new words were asked back; null: later
 */
export const begin = (label: string, confirmedAt: number | null): Promise<Outcome<null>> =>
  exclusively('roll', async () => {
    const opened = await storedAll()
    if (!opened.ok) return opened
    const [note, phoneKey] = [await readMoveNow(), await recordKey()]
    if (note === null || phoneKey === null || note.from === null) return fail('locked')
    if (note.step !== 'words') return { ok: true, value: null }
    const plan = await readPlan(opened.value)
    if (!plan.ok) return plan
    const list = await ask(ROUTES.contacts, JSON.stringify(credentialsOf(opened.value.root)), ContactsAnswer)
    if (list.kind !== 'answer') return troubleOf(list)
    const told = await setTold(opened.value.root, null)
    if (!told.ok) return told
    const departed = new Set(
      list.answer.contacts.filter(({ state }) => state === 'left').map(({ contact }) => contact),
    )
    const next = { ...newPresser(label, Date.now()), id: note.presser }
    const { document: old, presser } = opened.value
    const hasPlan = old.plan !== null
    const moved = movedDocument(old, hasPlan ? plan.value : null, presser, next, departed)
    const document = { ...moved.document, wordsConfirmedAt: confirmedAt }
    await writeMoving(document, moved.plan, phoneKey)
    const root = fromText(note.root)
    const vault = vaultIdOf(root)
    const key = toText(pressKeyOf(presserSecretOf(next, vault), vault))
    await writeSuccessor({ from: toText(vaultIdOf(opened.value.root)), vault: toText(vault), key })
    const left = { ...moved.left, told: told.value.length > 0 }
    await writeMove({ ...note, step: 'begun', left }, [phoneKey])
    return { ok: true, value: null }
  })
