import { expect, test } from 'vitest'
import { vcardOf } from '../../src/client/help/live/vcard.ts'

const CARD = {
  name: 'Red; de, Respuesta',
  phone: '+14082901144',
  organisation: 'Condado\\Red',
  url: 'https://example.org/a',
  note: 'Ñandú '.repeat(30),
}

test('a line becomes a card that a phone can read: signs that separate are escaped', () => {
  const card = vcardOf(CARD)
  expect(card).toContain('FN:Red\\; de\\, Respuesta\r\n')
  expect(card).toContain('ORG:Condado\\\\Red\r\n')
  expect(card).toContain('TEL;TYPE=VOICE:+14082901144\r\n')
  expect(card.startsWith('BEGIN:VCARD\r\nVERSION:3.0\r\n')).toBe(true)
  expect(card.endsWith('END:VCARD\r\n')).toBe(true)
})

test('no line of a card is longer than 75 bytes, and put together again nothing is lost', () => {
  const lines = vcardOf(CARD).split('\r\n')
  for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(lines.join('\n').replaceAll('\n ', '')).toContain(`NOTE:${CARD.note}`)
})
