import type { Checked } from '../device/checked.ts'
import type { PressRecord } from '../device/records.ts'

/**
 * The readiness light: one glance, one next step. What this phone knows by itself (`record`) and what the last look has found
 * (`checked`), together. Never green while anything is unknown. Pure: no I/O, no clock, no words.
 */
export const ROWS = [
  'key',
  'people',
  'written',
  'letters',
  'unreached',
  'practice',
  'doubtful',
  'invited',
  'words',
  'left',
  'accepted',
  'clear',
  'pin',
  'drill',
  'installed',
  'persisted',
  'service',
] as const
/** In the order in which they are to be mended. */
export type RowId = (typeof ROWS)[number]
/** Where in the app each is mended. */
export const PLACES: Readonly<Record<RowId, string>> = {
  key: 'restore',
  people: 'people',
  written: 'people',
  letters: 'people',
  unreached: 'people',
  practice: 'practice',
  doubtful: 'people',
  invited: 'people',
  words: 'words',
  left: 'people',
  accepted: 'people',
  clear: 'people',
  pin: 'pin',
  drill: 'drill',
  installed: 'ready',
  persisted: 'ready',
  service: 'ready',
}
/** `unknown` is not green. */
export type RowState = 'good' | 'todo' | 'unknown'
export type Row = { id: RowId; state: RowState }
export type Readiness = { light: 'ready' | 'not-yet'; next: Row | null; rows: Row[] }

/** What was found longer ago says nothing of today. */
export const CHECK_LIFE_MS = 86_400_000

const bad = (isBad: boolean): RowState => (isBad ? 'todo' : 'good')
/** @param isGood null where it is not known */
const known = (isGood: boolean | null): RowState => (isGood === null ? 'unknown' : isGood ? 'good' : 'todo')

/** @param now by this phone's clock; a look that lies ahead of it was made by another clock, and is as good as none */
export const readinessOf = (
  record: PressRecord,
  found: Checked | null,
  now: number,
  hasPin: boolean,
): Readiness => {
  const { contacts, people } = record
  const isFresh =
    found !== null && found.vault === record.vault && found.at <= now && now - found.at < CHECK_LIFE_MS
  const look = isFresh ? found : null
  const none = (count: number | null | undefined): RowState =>
    known(count === null || count === undefined ? null : count === 0)
  const states: Record<RowId, RowState> = {
    key: record.revoked ? 'todo' : known(look?.keyKnown ?? null),
    people: bad(contacts === 0),
    written: bad(people.written === 0),
    letters: known(look?.letters ?? null),
    unreached: none(look?.unreached),
    practice: bad(!record.practised),
    doubtful: bad(people.doubtful > 0),
    invited: bad(people.invited === 0),
    words: bad(!record.wordsConfirmed),
    left: bad(people.left > 0),
    accepted: bad(people.accepted === 0),
    clear: bad(people.toClear > 0),
    pin: bad(!hasPin),
    drill: none(look?.unopened),
    installed: look === null ? 'unknown' : known(look.installed ?? true),
    persisted: known(look?.persisted ?? null),
    service: look === null ? 'unknown' : bad(!look.reached),
  }
  const rows = ROWS.map((id) => ({ id, state: states[id] }))
  // What is known to be wrong comes before what is only not known: the next look may settle that by itself.
  const next = rows.find(({ state }) => state === 'todo') ?? rows.find(({ state }) => state === 'unknown')
  return { light: next === undefined ? 'ready' : 'not-yet', next: next ?? null, rows }
}
