import { describe, expect, test } from 'vitest'
import { labelFrom, newPerson, withPresser } from '../../src/client/pressers/changes.ts'
import { degreesOf } from '../../src/client/situations/degrees.ts'
import { presserOf } from '../../src/client/situations/who-pressed.ts'
import { withoutPressers } from '../../src/client/vault/document.ts'
import { positionFrom } from '../../src/client/where/locate.ts'
import { sampleFamily } from '../crypto/sample.ts'

const NOW = 1_800_000_000_000
const { document } = sampleFamily()
const luz = newPerson('Luz', 0, NOW)
const withLuz = { ...document, pressers: [...document.pressers, luz] }

describe('a presser’s name', () => {
  test('is kept without what cannot be seen, on one line, and no longer than fits', () => {
    expect(labelFrom('  Doña\n\u202ELuz  ')).toBe('Doña Luz')
    expect(labelFrom('x'.repeat(80))).toHaveLength(60)
    expect(labelFrom(' \u200B\t ')).toBeNull()
  })
})

describe('a change of a presser', () => {
  test('changes that one alone', () => {
    const changed = withPresser(withLuz, luz.id, { label: 'Luz del mercado', delayMs: 60_000 })
    expect(changed.pressers.at(-1)).toEqual({ ...luz, label: 'Luz del mercado', delayMs: 60_000 })
    expect(changed.pressers.slice(0, -1)).toEqual(document.pressers)
  })

  test('does not bring back one that was revoked meanwhile', () => {
    const revoked = withoutPressers(withLuz, [luz.id])
    expect(withPresser(revoked, luz.id, { label: 'Luz' })).toEqual(revoked)
  })
})

describe('who pressed', () => {
  test('is told by the owner’s list, also once it was revoked; what the list does not know is told of nobody', () => {
    expect(presserOf(withLuz, luz.id, 'another')).toEqual({
      ...{ kind: 'person', label: 'Luz', isThis: false, isFormer: false },
    })
    expect(presserOf(withoutPressers(withLuz, [luz.id]), luz.id, 'another')?.isFormer).toBe(true)
    expect(presserOf(withLuz, luz.id, luz.id)?.isThis).toBe(true)
    expect(presserOf(document, luz.id, 'another')).toBeNull()
  })
})

test('a position is written as every map takes it, whatever the language', () => {
  expect(degreesOf({ lat: 37_338_740, lon: -121_885_250, accuracyM: 5 })).toBe('37.33874, -121.88525')
  expect(degreesOf({ lat: 0, lon: -90, accuracyM: 0 })).toBe('0.00000, -0.00009')
})

test('what a phone says of its place is taken in whole millionths, and not at all where it is nowhere on the earth', () => {
  expect(positionFrom({ latitude: 37.338740123, longitude: -121.885252, accuracy: 12.1 })).toEqual({
    ...{ lat: 37_338_740, lon: -121_885_252, accuracyM: 13 },
  })
  expect(positionFrom({ latitude: 0, longitude: 0, accuracy: 9e9 })?.accuracyM).toBe(1_000_000)
  expect(positionFrom({ latitude: Number.NaN, longitude: 0, accuracy: 1 })).toBeNull()
  expect(positionFrom({ latitude: 91, longitude: 0, accuracy: 1 })).toBeNull()
})
