import { describe, expect, test } from 'vitest'
import { Language } from '../../src/protocol/fields.ts'
import { OWNER_NAME_MAX_CHARS } from '../../src/protocol/limits.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { mailTranslator } from '../../src/server/mails/catalog.ts'
import { renderCodeText, renderText, type TextFacts } from '../../src/server/mails/render-text.ts'
import { towardsGsm, weigh } from '../../src/server/mails/segments.ts'

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0xff)
const [vault, id, secret] = [bytes(16), bytes(16), bytes(16)]
/** The longest there are. */
const LETTER = `/letter#${encodeLink({ kind: 'letter', vault, id, secret: null })}`
const STOP = `/stop#${encodeLink({ kind: 'stop', vault, id, secret })}`
const originOf = (length: number): string => `https://${'a'.repeat(length - 12)}.org`

const facts = (changes: Partial<TextFacts>, origin = originOf(30)): TextFacts => ({
  ...{ kind: 'alert', language: 'es', name: 'Ma. José', wave: 1, reminder: null, checkIn: false },
  ...{ letterUrl: origin + LETTER, stopUrl: origin + STOP },
  ...changes,
})

describe('what a text weighs', () => {
  test.each([
    ['a'.repeat(160), 'GSM-7', 1],
    ['a'.repeat(161), 'GSM-7', 2],
    ['ñ¿é@'.repeat(40), 'GSM-7', 1],
    ['€'.repeat(80), 'GSM-7', 1],
    ['€'.repeat(81), 'GSM-7', 2],
    ['á'.repeat(70), 'UCS-2', 1],
    ['á'.repeat(71), 'UCS-2', 2],
    [`${'a'.repeat(69)}信`, 'UCS-2', 1],
    ['😀'.repeat(35), 'UCS-2', 1],
    ['😀'.repeat(36), 'UCS-2', 2],
    ['', 'GSM-7', 1],
  ] as const)('%#', (text, alphabet, segments) => {
    expect(weigh(text)).toEqual({ alphabet, segments })
  })

  test('is less once the signs that the alphabet lacks have become others, and the rest is as it was', () => {
    expect(towardsGsm('José Núñez oprimió el botón… “sí”')).toBe('José Nuñez oprimio el boton... "si"')
    expect(towardsGsm('信 Ян')).toBe('信 Ян')
  })
})

const KINDS = [
  { kind: 'alert', wave: 1 },
  { kind: 'alert', wave: 2 },
  { kind: 'alert', wave: 2, reminder: 'nobody' },
  { kind: 'alert', wave: 1, checkIn: true },
  { kind: 'alert', wave: 2, reminder: 'nobody', checkIn: true },
  { kind: 'clear', wave: 1 },
  { kind: 'drill', wave: 1 },
] as const
const NAMES = [
  'Ana',
  'W'.repeat(OWNER_NAME_MAX_CHARS),
  'Í'.repeat(OWNER_NAME_MAX_CHARS),
  '陳大文',
  'Я'.repeat(40),
]

describe.each(Language.options)('a text in %s', (language) => {
  test('is in GSM-7 and two segments at most, whatever the name and however long the host’s address is', () => {
    for (const one of KINDS) {
      for (const name of NAMES) {
        for (const length of [20, 30, 40, 60, 80]) {
          const text = renderText(facts({ language, ...one, name }, originOf(length)))
          expect(weigh(text).alphabet).toBe('GSM-7')
          expect(weigh(text).segments).toBeLessThanOrEqual(2)
          if (one.kind !== 'clear') expect(text).toContain(originOf(length) + LETTER)
        }
      }
    }
  })

  test('has the longest name and both links where the host’s address is as long as most are', () => {
    for (const one of KINDS) {
      const name = 'W'.repeat(OWNER_NAME_MAX_CHARS)
      const text = renderText(facts({ language, ...one, name }, originOf(26)))
      expect(text).toContain(name)
      expect(text).toContain(STOP)
    }
  })

  test('with a code names nobody, and keeps the code whatever else has to go', () => {
    for (const length of [20, 40, 80, 250]) {
      const text = renderCodeText(language, '012345', originOf(length) + STOP)
      expect(weigh(text).segments).toBeLessThanOrEqual(2)
      expect(text).toContain('012345')
    }
  })
})

test.each(Language.options)('of a check-in says that no word came, and of no button, in %s', (language) => {
  const t = mailTranslator(language)
  for (const reminder of ['nobody', null] as const) {
    const told = renderText(facts({ language, reminder, checkIn: true }))
    const missed = t(reminder === null ? 'text.missed' : 'text.missed.reminder', { name: 'Ma. José' })
    expect(told.split('\n')[0]).toBe(towardsGsm(missed))
  }
  const button = /button|bot[oó]n/i
  expect(renderText(facts({ language }))).toMatch(button)
  expect(renderText(facts({ language, checkIn: true }))).not.toMatch(button)
})

test.each(
  Language.options,
)('says in %s that the button was pressed, and not by whom: it may have been somebody else', (language) => {
  const t = mailTranslator(language)
  const owner = { en: /Ana (pressed|pushed)/, es: /Ana (oprimió|apretó)/ }[language]
  for (const id of ['text.alert', 'text.again', 'text.reminder', 'alert.subject', 'alert.heading'] as const)
    expect(t(id, { name: 'Ana' })).not.toMatch(owner)
})

test('an all-clear has no link but the one that stops', () => {
  const text = renderText(facts({ kind: 'clear', letterUrl: null }))
  expect(text.match(/https:/g)).toHaveLength(1)
})
