import { REPEATS_AFTER_MS, WAVE_GAP_MS } from '../../protocol/limits.ts'
import type { Alert } from './alert-state.ts'

/**
 * When an open alert goes out again without a press (`protocol.md §7.2`). Pure: no I/O, no clock.
 *
 * Times that pass while the object sleeps, or while somebody is on it, are never made up for one by one: one repeat stands for all.
 */

/** How many of the times are over at `now`. */
const passedBy = ({ openedAt }: Alert, now: number): number =>
  REPEATS_AFTER_MS.filter((after) => now >= openedAt + after).length

/** @returns the instant of the next repeat, which keeps the gap between waves, or null */
export const nextRepeatAt = (alert: Alert): number | null => {
  const { openedAt, repeats, owedAt, onIt, lastWaveAt } = alert
  const after = REPEATS_AFTER_MS[repeats]
  const times = [
    ...(after === undefined ? [] : [openedAt + after]),
    ...(owedAt === null || onIt > 0 ? [] : [owedAt]),
  ]
  return times.length === 0 ? null : Math.max(Math.min(...times), lastWaveAt + WAVE_GAP_MS)
}

/** Everybody has just been written to because of a press: that stands for a repeat that was due, too. */
export const afterWave = (alert: Alert, now: number): Alert => ({
  ...alert,
  repeats: passedBy(alert, now),
  owedAt: null,
})

/** What passes while somebody is on it stays owed to those who were not written to. */
export const afterRepeat = (alert: Alert, now: number): Alert => ({
  ...alert,
  repeats: passedBy(alert, now),
  owedAt: alert.onIt > 0 ? (alert.owedAt ?? now) : null,
})

/** Who takes "on it" back by mistake has the time of a gap to say it again. */
export const owing = (alert: Alert, now: number): Alert =>
  alert.owedAt === null ? alert : { ...alert, owedAt: now + WAVE_GAP_MS }
