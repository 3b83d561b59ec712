import { DRILL_LIFE_MS, DRILLS_A_WEEK } from '../../protocol/limits.ts'
import type { DeliveryReason } from '../../protocol/vault.ts'
import { waitMs } from '../windows.ts'
import type { State } from './alert-state.ts'

/**
 * The rules of drills (`protocol.md §7.8`). Pure: no I/O, no clock. The rules of presses and alerts know nothing of a drill, so none
 * can hold a real alert up; only the other way round.
 */
const WINDOWS = [{ max: DRILLS_A_WEEK, ms: 7 * 86_400_000 }]
/** As long as a refusal can say. */
const WAIT_MAX_MS = 86_400_000

export type DrillJudgement = { kind: 'go' } | { kind: 'open-alert' } | { kind: 'slow-down'; waitMs: number }

/** Something real is under way: whoever is written to now must not take it for practice. */
export const isAlarmed = ({ presses, alerts }: State): boolean =>
  alerts.some(({ stage }) => stage === 'open') ||
  presses.some(({ practice, stage }) => !practice && (stage === 'counting' || stage === 'queued'))

/** @param starts of the drills before, in ms */
export const judgeDrill = (state: State, starts: readonly number[], now: number): DrillJudgement => {
  if (isAlarmed(state)) return { kind: 'open-alert' }
  const wait = waitMs(starts, WINDOWS, now)
  return wait > 0 ? { kind: 'slow-down', waitMs: Math.min(wait, WAIT_MAX_MS) } : { kind: 'go' }
}

/** When the next one may start; null: now. */
export const nextDrillAt = (starts: readonly number[], now: number): number | null => {
  const wait = waitMs(starts, WINDOWS, now)
  return wait > 0 ? now + wait : null
}

export const endOf = (startedAt: number): number => startedAt + DRILL_LIFE_MS

/** Why this contact is not written to for practice, or null. */
export const notDrilled = (
  contact: { acceptedAt: number | null; leftAt: number | null } | undefined,
  channels: number,
): DeliveryReason | null => {
  if (contact !== undefined && contact.leftAt !== null) return 'stopped'
  if (contact === undefined || contact.acceptedAt === null) return 'not-accepted'
  return channels === 0 ? 'no-address' : null
}
