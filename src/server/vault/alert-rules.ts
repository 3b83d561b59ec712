import { ALERT_OPEN_MS, WAVE_GAP_MS } from '../../protocol/limits.ts'
import type { Alert, Effect, Event, Press, State } from './alert-state.ts'
import { afterRepeat, afterWave, nextRepeatAt, owing } from './repeat-rules.ts'

/**
 * The rules of presses and alerts (`protocol.md §7.2`). Pure: no I/O, no clock, no keys.
 *
 * Time acts first: whatever is due by `now` happens before the event, however late the object woke. What happens late is
 * stamped with `now`, since that is when the family hears of it.
 *
 * Nothing limits presses, so whoever holds the picture of a card can make tens of thousands count at once: no step may look at all of them.
 */
type Draft = {
  presses: Press[]
  /** Where each press stands in `presses`. */
  places: Map<string, number>
  alerts: Alert[]
  effects: Effect[]
}

const draftOf = ({ presses, alerts }: State): Draft => ({
  ...{ presses: [...presses], alerts: [...alerts], effects: [] },
  places: new Map(presses.map(({ id }, at) => [id, at])),
})

const setPress = (draft: Draft, press: Press): void => {
  const at = draft.places.get(press.id) ?? draft.presses.length
  draft.places.set(press.id, at)
  draft.presses[at] = press
}

const setAlert = (draft: Draft, alert: Alert): void => {
  const at = draft.alerts.findIndex(({ id }) => id === alert.id)
  if (at < 0) draft.alerts.push(alert)
  else draft.alerts[at] = alert
}

const openOf = (state: State): Alert | undefined => state.alerts.find(({ stage }) => stage === 'open')
const queuedOf = (state: State): Press[] => state.presses.filter(({ stage }) => stage === 'queued')

/** The counting press that is released first: by time, then by the order of arrival. */
const nextCounting = (state: State): Press | undefined =>
  state.presses.reduce<Press | undefined>(
    (first, press) =>
      press.stage === 'counting' && (first === undefined || isBefore(press, first)) ? press : first,
    undefined,
  )

const isBefore = (a: Press, b: Press): boolean =>
  (a.releaseAt - b.releaseAt || a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1)) < 0

/** Several presses may have waited for one wave: the one pressed last speaks. */
const fireWave = (draft: Draft, alert: Alert, presses: readonly Press[], now: number): void => {
  const wave = alert.waves + 1
  const speaker = presses.reduce((last, press) => (press.pressedAt >= last.pressedAt ? press : last))
  setAlert(draft, afterWave({ ...alert, waves: wave, lastWaveAt: now }, now))
  for (const press of presses) setPress(draft, { ...press, stage: 'released', alert: alert.id, wave })
  draft.effects.push({ kind: 'wave', alert: alert.id, wave, press: speaker.id })
}

const openAlert = (draft: Draft, first: Press, presses: readonly Press[], now: number): void => {
  const alert: Alert = {
    id: first.id,
    pressedAt: first.pressedAt,
    openedAt: now,
    stage: 'open',
    closedAt: null,
    waves: 0,
    lastWaveAt: now,
    repeats: 0,
    owedAt: null,
    onIt: 0,
    unopened: 0,
  }
  fireWave(draft, alert, presses, now)
}

const release = (draft: Draft, press: Press, now: number): void => {
  const open = openOf(draft)
  if (press.practice) setPress(draft, { ...press, stage: 'practised' })
  else if (open === undefined) openAlert(draft, press, [press], now)
  else if (now >= open.lastWaveAt + WAVE_GAP_MS) fireWave(draft, open, [press, ...queuedOf(draft)], now)
  else setPress(draft, { ...press, stage: 'queued', alert: open.id })
}

/** Nobody is on it: to everybody. Somebody is: to who has not opened yet, if there is anybody. */
const fireRepeat = (draft: Draft, alert: Alert, now: number): void => {
  const passed = afterRepeat(alert, now)
  if (alert.onIt > 0 && alert.unopened === 0) {
    setAlert(draft, passed)
    return
  }
  const wave = alert.waves + 1
  setAlert(draft, { ...passed, waves: wave, lastWaveAt: now })
  draft.effects.push({
    kind: 'repeat',
    alert: alert.id,
    wave,
    to: alert.onIt > 0 ? 'unopened' : 'everybody',
  })
}

/** A press that still waited for its wave is not swallowed by the end of the old alert: it opens the next one. */
const expire = (draft: Draft, open: Alert, now: number): void => {
  setAlert(draft, { ...open, stage: 'expired', closedAt: now })
  const queued = queuedOf(draft)
  const [first] = queued
  if (first !== undefined) openAlert(draft, first, queued, now)
}

/**
 * One thing that is due by `now`, or false. The end of an alert comes first, so that no wave goes into a dead one.
 * @param due counting presses whose time is over, the first one last
 */
const step = (draft: Draft, due: Press[], now: number): boolean => {
  const open = openOf(draft)
  if (open !== undefined && now >= open.openedAt + ALERT_OPEN_MS) {
    expire(draft, open, now)
    return true
  }
  const press = due.pop()
  if (press !== undefined) {
    release(draft, press, now)
    return true
  }
  if (open !== undefined && now >= open.lastWaveAt + WAVE_GAP_MS) {
    const queued = queuedOf(draft)
    if (queued.length > 0) {
      fireWave(draft, open, queued, now)
      return true
    }
  }
  const repeatAt = open === undefined ? null : nextRepeatAt(open)
  if (open !== undefined && repeatAt !== null && now >= repeatAt) {
    fireRepeat(draft, open, now)
    return true
  }
  return false
}

const advance = (draft: Draft, now: number): void => {
  const due = draft.presses
    .filter(({ stage, releaseAt }) => stage === 'counting' && now >= releaseAt)
    .sort((a, b) => (isBefore(a, b) ? 1 : -1))
  while (step(draft, due, now));
}

const press = (draft: Draft, event: Extract<Event, { kind: 'press' }>, now: number): void => {
  if (draft.places.has(event.id)) return
  setPress(draft, {
    id: event.id,
    practice: event.practice,
    receivedAt: now,
    pressedAt: Math.max(0, now - event.ageMs),
    releaseAt: now + event.delayMs,
    stage: 'counting',
    alert: null,
    wave: null,
  })
  advance(draft, now)
}

const cancel = (draft: Draft, id: string, now: number): void => {
  const known = draft.presses.find((press) => press.id === id)
  if (known !== undefined) {
    if (known.stage === 'counting') setPress(draft, { ...known, stage: 'cancelled' })
    return
  }
  const times = { receivedAt: now, pressedAt: now, releaseAt: now }
  setPress(draft, { id, practice: false, ...times, stage: 'cancelled', alert: null, wave: null })
}

/** An expired alert may still be cleared: the family hears that it is over. Closing happens once. */
const clear = (draft: Draft, id: string, now: number): void => {
  const alert = draft.alerts.find((one) => one.id === id)
  if (alert === undefined || alert.stage === 'cleared') return
  setAlert(draft, { ...alert, stage: 'cleared', closedAt: alert.closedAt ?? now })
  if (alert.stage === 'open')
    for (const queued of queuedOf(draft)) setPress(draft, { ...queued, stage: 'absorbed' })
  draft.effects.push({ kind: 'all-clear', alert: id })
}

const alone = (draft: Draft, id: string, now: number): void => {
  const alert = draft.alerts.find((one) => one.id === id)
  if (alert?.stage === 'open') setAlert(draft, owing(alert, now))
}

export const transition = (
  state: State,
  event: Event,
  now: number,
): { state: State; effects: readonly Effect[] } => {
  const draft = draftOf(state)
  // The state that comes with it knows already that nobody is on it: what is owed gets its time before time acts on it.
  if (event.kind === 'alone') alone(draft, event.alert, now)
  advance(draft, now)
  if (event.kind === 'press') press(draft, event, now)
  else if (event.kind === 'cancel') cancel(draft, event.id, now)
  else if (event.kind === 'clear') clear(draft, event.alert, now)
  return { state: { presses: draft.presses, alerts: draft.alerts }, effects: draft.effects }
}

/** When time alone changes something next, or null. */
export const nextDueAt = (state: State): number | null => {
  const open = openOf(state)
  const times = [
    nextCounting(state)?.releaseAt,
    open && open.openedAt + ALERT_OPEN_MS,
    open && queuedOf(state).length > 0 ? open.lastWaveAt + WAVE_GAP_MS : undefined,
    open && nextRepeatAt(open),
  ].filter((at) => typeof at === 'number')
  return times.length === 0 ? null : Math.min(...times)
}
