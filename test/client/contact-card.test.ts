import { expect, test } from 'vitest'
import { contactCard } from '../../src/client/join/contact-card.ts'

const NOTE =
  'Avisos, de aquí; busca AMPARO en tus chats.\nAmparo \\ nunca pide dinero: ñandú, ñandú, ñandú, ñandú.'

/** As an address book reads it. */
const unfolded = (card: string): string[] => card.replaceAll('\r\n ', '').split('\r\n')

test('a contact card is a vCard 3.0, its lines ended and its signs escaped as that format asks', () => {
  expect(unfolded(contactCard('avisos@amparo.example', NOTE))).toEqual([
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Amparo;;;;',
    'FN:Amparo',
    'EMAIL;TYPE=INTERNET:avisos@amparo.example',
    'NOTE:Avisos\\, de aquí\\; busca AMPARO en tus chats.\\nAmparo \\\\ nunca pide dinero: ñandú\\, ñandú\\, ñandú\\, ñandú.',
    'END:VCARD',
    '',
  ])
})

test('no line of it is longer than 75 bytes, and none is cut inside a character', () => {
  const lines = contactCard('avisos@amparo.example', NOTE.repeat(3)).split('\r\n')
  expect(lines.length).toBeGreaterThan(9)
  for (const line of lines) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(line).not.toContain('\ufffd')
  }
})
