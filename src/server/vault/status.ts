import type { ChannelKind } from '../../protocol/channel.ts'
import type { AlertCounts, PressAnswer, PressState } from '../../protocol/press.ts'
import type { OnIt } from '../../protocol/standing.ts'
import type { AlertSummary, DeliveryReason, DeliveryState } from '../../protocol/vault.ts'
import type { Alert, Press, PressStage } from './alert-state.ts'
import type { PressOfAlert } from './presser-store.ts'

/** What presser and owner are told (`protocol.md §7.1.4, §7.2`). Pure: no I/O, no clock. */

export type Delivery = {
  contact: string
  wave: number
  state: DeliveryState
  reason: DeliveryReason | null
  changedAt: number
  sentAt: number | null
  way: ChannelKind | null
}

export type Progress = {
  /** Deliveries of the alert's waves, all-clears apart. */
  deliveries: readonly Delivery[]
  /** By contact: when the letter was opened first. */
  openedAt: ReadonlyMap<string, number>
  /** By contact. */
  onIt: ReadonlyMap<string, OnIt>
  /** The last wave that a press started: it went to everybody, and what came after it only repeats it. */
  pressWave: number
  /** False where no key at hand opened the roster of the last wave: nobody was reached, and nobody knows how many. */
  rosterOpened: boolean
}

export const NO_PROGRESS: Progress = {
  deliveries: [],
  openedAt: new Map(),
  onIt: new Map(),
  pressWave: 1,
  rosterOpened: true,
}
const NO_COUNTS: AlertCounts = {
  contacts: 0,
  waiting: 0,
  sent: 0,
  delivered: 0,
  refused: 0,
  opened: 0,
  onIt: 0,
}
const REACH: Record<DeliveryState, number> = { refused: 0, waiting: 1, sent: 2, delivered: 3 }

/** The furthest point of each contact: of the last press and its repeats, else of what came before. A repeat takes nothing back. */
const furthest = ({ deliveries, pressWave }: Progress): Map<string, Delivery> => {
  const best = new Map<string, Delivery>()
  for (const delivery of deliveries) {
    const wave = Math.min(delivery.wave, pressWave)
    const known = best.get(delivery.contact)
    const further =
      known === undefined ||
      wave > known.wave ||
      (wave === known.wave && REACH[delivery.state] > REACH[known.state])
    if (further) best.set(delivery.contact, { ...delivery, wave })
  }
  return best
}

/** Each contact of the last press once, at the furthest point that any of its deliveries since then reached. */
export const countsOf = (progress: Progress): AlertCounts => {
  if (!progress.rosterOpened) return { ...NO_COUNTS, contacts: 1, refused: 1 }
  const counts = { ...NO_COUNTS }
  for (const { contact, state, wave } of furthest(progress).values()) {
    if (wave < progress.pressWave) continue
    counts.contacts += 1
    counts[state] += 1
    if (progress.openedAt.has(contact)) counts.opened += 1
    if (progress.onIt.has(contact)) counts.onIt += 1
  }
  return counts
}

/** @param alert stage of the one that the press opened or joined */
export const pressStateOf = (press: PressStage, alert: Alert['stage'] | null): PressState => {
  if (press === 'counting' || press === 'cancelled') return press
  return press === 'practised' ? 'cleared' : (alert ?? 'expired')
}

/** A press that waits for its wave has reached nobody yet, whoever heard of the alert before. */
const unsent = ({ contacts }: AlertCounts): AlertCounts => ({ ...NO_COUNTS, contacts, waiting: contacts })

/** @param alert the one that the press opened or joined, if there is one */
export const pressAnswer = (
  press: Press,
  alert: Alert | null,
  progress: Progress,
  heldUntil: number | null,
  now: number,
): PressAnswer => {
  const state = pressStateOf(press.stage, alert?.stage ?? null)
  return {
    ok: true,
    state,
    practice: press.practice,
    pressedAt: press.pressedAt,
    receivedAt: press.receivedAt,
    releaseInMs: state === 'counting' ? Math.max(0, press.releaseAt - now) : 0,
    counts:
      alert === null ? NO_COUNTS : press.stage === 'queued' ? unsent(countsOf(progress)) : countsOf(progress),
    heldUntil,
  }
}

/** When a provider first took a message to this contact. */
const sentAtOf = ({ deliveries }: Progress, contact: string): number | null => {
  const times = deliveries.flatMap(({ contact: to, sentAt }) =>
    to === contact && sentAt !== null ? [sentAt] : [],
  )
  return times.length === 0 ? null : Math.min(...times)
}

/** How each channel of this contact's last wave stands: what arrived by one does not hide that another is dead. */
const channelsOf = (
  contact: string,
  deliveries: readonly Delivery[],
): AlertSummary['contacts'][number]['channels'] => {
  const own = deliveries.filter((one) => one.contact === contact)
  const last = Math.max(...own.map(({ wave }) => wave))
  return own.flatMap(({ wave, way, state, reason }) =>
    wave === last && way !== null ? [{ kind: way, state, reason }] : [],
  )
}

export const alertSummary = (
  alert: Alert & { receivedAt: number },
  progress: Progress,
  { lettersOut, heldUntil }: Pick<AlertSummary, 'lettersOut' | 'heldUntil'>,
  presses: readonly PressOfAlert[],
): AlertSummary => ({
  alert: alert.id,
  state: alert.stage,
  pressedAt: alert.pressedAt,
  receivedAt: alert.receivedAt,
  releasedAt: alert.openedAt,
  closedAt: alert.closedAt,
  waves: alert.waves,
  lettersOut,
  heldUntil,
  contacts: [...furthest(progress).values()].map(({ contact, state, reason, changedAt }) => ({
    contact,
    state,
    reason,
    changedAt,
    sentAt: sentAtOf(progress, contact),
    openedAt: progress.openedAt.get(contact) ?? null,
    onIt: progress.onIt.get(contact) ?? null,
    channels: channelsOf(contact, progress.deliveries),
  })),
  presses: presses.map(({ at, sealed, ...press }) => ({
    ...press,
    said: at === null || sealed === null ? null : { at, sealed },
  })),
})
