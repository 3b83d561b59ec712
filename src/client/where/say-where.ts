import { signal } from '@preact/signals'
import { sealSituation } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { readSay } from '../device/say.ts'
import { random } from '../vault/random.ts'
import { fetchCover, type Sent, sendSituation, type Writer } from '../witness/send-situation.ts'
import { type Located, locate } from './locate.ts'

/**
 * Where this phone is, sealed as the situation of its own press. Nothing of it stays on the phone, and nothing counts as added before the
 * service has said so.
 */
export type Now = 'idle' | 'locating' | 'sending' | Sent['outcome'] | Exclude<Located['kind'], 'here'>
/** Of one press; `at`: when it was found, by this phone's clock. */
export const where = signal<{ alert: string; now: Now; at: number; after: number } | null>(null)

/** @returns null where this phone's record is not of the presser that pressed: its words would not be taken */
export const writerOf = async ({ vault, key }: QueuedPress): Promise<Writer | null> => {
  const record = await readSay()
  if (record === null || record.vault !== vault || record.key !== key) return null
  return { vault, presser: record.presser, coverKey: fromText(record.cover), token: record.token }
}

const show = (alert: string, now: Now, more: { at?: number; after?: number } = {}): void => {
  const before = where.value?.alert === alert ? where.value : { at: 0, after: 0 }
  where.value = { at: before.at, after: before.after, ...more, alert, now }
}

const findAndSay = async (writer: Writer, { alert, answer }: QueuedPress): Promise<void> => {
  if (answer === null) return
  show(alert, 'locating')
  const located = await locate()
  if (located.kind !== 'here') return show(alert, located.kind)
  const at = Date.now()
  show(alert, 'sending')
  const cover = await fetchCover(writer)
  if (typeof cover !== 'object') return show(alert, cover === 'revoked' ? 'revoked' : 'not-sent')
  const { position } = located
  const sealed = sealSituation(
    ...([fromText(cover.situation), fromText(writer.vault), fromText(writer.presser)] as const),
    { v: 1, pressedAt: answer.pressedAt, place: null, when: null, what: null, saw: null, position },
    random,
  )
  const { outcome, after } = await sendSituation(writer, alert, where.value?.after ?? 0, toText(sealed))
  show(alert, outcome, outcome === 'said' ? { at, after } : { after })
}

/** Never throws. */
export const addWhere = (writer: Writer, press: QueuedPress): Promise<void> =>
  findAndSay(writer, press).catch(() => show(press.alert, 'not-sent'))
