import { describe, expect, test } from 'vitest'
import type { Checked } from '../../src/client/device/checked.ts'
import type { PressRecord } from '../../src/client/device/records.ts'
import {
  CHECK_LIFE_MS,
  ROWS,
  type RowId,
  type RowState,
  readinessOf,
} from '../../src/client/press/readiness.ts'
import { newId, newKey } from '../../src/client/vault/random.ts'

const NOW = 1_900_000_000_000
const vault = newId()
const record: PressRecord = {
  v: 1,
  vault,
  key: newKey(),
  hotline: 'us-migrawatch',
  contacts: 2,
  people: { written: 2, invited: 2, accepted: 2, toClear: 0, left: 0, doubtful: 0 },
  practised: true,
  wordsConfirmed: true,
  revoked: false,
}
const found: Checked = {
  v: 1,
  vault,
  at: NOW - 1_000,
  reached: true,
  keyKnown: true,
  letters: true,
  unreached: 0,
  unopened: 0,
  lastDrillAt: NOW - 1_000_000,
  installed: true,
  persisted: true,
}
const people = (changes: Partial<PressRecord['people']>) => ({ people: { ...record.people, ...changes } })

type Case = [string, RowId, RowState, Partial<PressRecord>, Partial<Checked>]

describe('the readiness light', () => {
  test('is green where everything is known to be good, on a phone and where there is nothing to install on', () => {
    for (const installed of [true, null]) {
      const { light, next, rows } = readinessOf(record, { ...found, installed }, NOW, true)
      expect([light, next]).toEqual(['ready', null])
      expect(rows.map(({ id }) => id)).toEqual([...ROWS])
      expect(rows.every(({ state }) => state === 'good')).toBe(true)
    }
  })

  test.each<Case>([
    ['this phone was revoked', 'key', 'todo', { revoked: true }, {}],
    ['the service does not know the key', 'key', 'todo', {}, { keyKnown: false }],
    ['it is not known whether the key presses', 'key', 'unknown', {}, { keyKnown: null }],
    ['nobody is on the list', 'people', 'todo', { contacts: 0 }, {}],
    ['nobody would be written to', 'written', 'todo', people({ written: 0 }), {}],
    ['a letter does not fit', 'letters', 'todo', {}, { letters: false }],
    ['it is not known whether the letters fit', 'letters', 'unknown', {}, { letters: null }],
    ['a message bounced', 'unreached', 'todo', {}, { unreached: 1 }],
    ['it is not known whom messages reach', 'unreached', 'unknown', {}, { unreached: null }],
    ['the button was never practised', 'practice', 'todo', { practised: false }, {}],
    ['the service says what does not fit', 'doubtful', 'todo', people({ doubtful: 1 }), {}],
    ['no invitation was handed over', 'invited', 'todo', people({ invited: 0 }), {}],
    ['the words are not confirmed', 'words', 'todo', { wordsConfirmed: false }, {}],
    ['somebody has left', 'left', 'todo', people({ left: 1 }), {}],
    ['nobody has accepted', 'accepted', 'todo', people({ accepted: 0 }), {}],
    ['an invitation is to be cleared from a chat', 'clear', 'todo', people({ toClear: 1 }), {}],
    ['somebody has opened no letter yet', 'drill', 'todo', {}, { unopened: 1 }],
    ['it is not known who has opened a letter', 'drill', 'unknown', {}, { unopened: null }],
    ['the app is not installed', 'installed', 'todo', {}, { installed: false }],
    ['the browser may clear the storage', 'persisted', 'todo', {}, { persisted: false }],
    ['the browser does not say whether it may', 'persisted', 'unknown', {}, { persisted: null }],
    ['the service does not answer', 'service', 'todo', {}, { reached: false }],
  ])('is amber when %s, and says that alone', (_, id, state, mine, theirs) => {
    const { light, next, rows } = readinessOf({ ...record, ...mine }, { ...found, ...theirs }, NOW, true)
    expect(light).toBe('not-yet')
    expect(next).toEqual({ id, state })
    expect(rows.filter((row) => row.state !== 'good')).toEqual([{ id, state }])
  })

  test.each([
    ['before the first look', null, NOW],
    ['a day after the last one', found, found.at + CHECK_LIFE_MS],
    ['after a look by a clock that was ahead', { ...found, at: NOW + 1 }, NOW],
    ['after a look at another vault', { ...found, vault: newId() }, NOW],
  ] as const)('is never green %s', (_, look, now) => {
    const { light, next } = readinessOf(record, look, now, true)
    expect([light, next?.state]).toEqual(['not-yet', 'unknown'])
  })

  test('is amber without a PIN, and says that alone', () => {
    const { light, next, rows } = readinessOf(record, found, NOW, false)
    expect([light, next]).toEqual(['not-yet', { id: 'pin', state: 'todo' }])
    expect(rows.filter(({ state }) => state !== 'good')).toHaveLength(1)
  })

  test('names what is wrong before what is only not known', () => {
    const { next } = readinessOf({ ...record, wordsConfirmed: false }, null, NOW, true)
    expect(next).toEqual({ id: 'words', state: 'todo' })
  })
})
