/** What the rules of presses and alerts decide on (`protocol.md §7.2`). All times are instants of the server's clock. */

/**
 * - `counting`: in its delay; `cancelled`: also a cancel that came before its press;
 * - `queued`: its delay is over while an alert is open, and waits for the gap between waves;
 * - `released`: it is in wave `wave` of `alert`; `absorbed`: the all-clear came while it was queued, and speaks for it;
 * - `practised`: a practice press whose delay is over.
 */
export type PressStage = 'counting' | 'cancelled' | 'queued' | 'released' | 'absorbed' | 'practised'

export type Press = {
  id: string
  practice: boolean
  receivedAt: number
  pressedAt: number
  releaseAt: number
  stage: PressStage
  /** The alert that it opened or joined. */
  alert: string | null
  wave: number | null
}

export type Alert = {
  id: string
  pressedAt: number
  openedAt: number
  stage: 'open' | 'cleared' | 'expired'
  closedAt: number | null
  waves: number
  lastWaveAt: number
  /** How many of the times of `REPEATS_AFTER_MS` are over, whether anything went out or not. */
  repeats: number
  /**
   * Not null: a time was let pass because somebody was on it. Once nobody is any more the alert goes out again, not before this instant.
   */
  owedAt: number | null
  /** As the store counts them, for the rules to read: contacts who are on it; who were written to and have not opened. */
  onIt: number
  unopened: number
}

/** At most one alert is open. `presses` and `alerts` hold at least all that is not over, and what the event names. */
export type State = { presses: readonly Press[]; alerts: readonly Alert[] }

export type Event =
  | { kind: 'press'; id: string; practice: boolean; ageMs: number; delayMs: number }
  | { kind: 'cancel'; id: string }
  | { kind: 'clear'; alert: string }
  /** The last contact who was on it is not any more. */
  | { kind: 'alone'; alert: string }
  /** Nothing happened but time. */
  | { kind: 'tick' }

/** What the object has to carry out, in the same transaction as the new state. */
export type Effect =
  /** Messages to everybody in the roster that `press` opens; the letters it names are released. */
  | { kind: 'wave'; alert: string; wave: number; press: string }
  /** The same once more, without a press: to everybody in the roster, or to who has not opened the letter yet. */
  | { kind: 'repeat'; alert: string; wave: number; to: 'everybody' | 'unopened' }
  /** Messages to everybody who was alerted. */
  | { kind: 'all-clear'; alert: string }
