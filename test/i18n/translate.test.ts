import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { translator } from '../../src/i18n/translate.ts'

const en = {
  hello: 'Hello {name}',
  tries: '{count, plural, =0 {No tries left} one {# try left} other {# tries left}}',
  quote: 'It’s "her" letter & yours',
}
const es: Record<keyof typeof en, string> = {
  hello: 'Hola {name}',
  tries: '{count, plural, =0 {Sin intentos} one {Queda # intento} other {Quedan # intentos}}',
  quote: 'Es la carta de "ella" y tuya',
}

describe('the translate function', () => {
  it('fills in values and chooses plural forms, from JSON with the compiler', () => {
    const t = translator('en', en, compileMessage)
    expect(t('hello', { name: 'Ana' })).toBe('Hello Ana')
    expect([0, 1, 2].map((count) => t('tries', { count }))).toEqual([
      'No tries left',
      '1 try left',
      '2 tries left',
    ])
    expect(t('quote')).toBe(en.quote)
  })

  it('does the same from a compiled catalog without the compiler', () => {
    const compiled = {
      hello: compileMessage(es.hello),
      tries: compileMessage(es.tries),
      quote: compileMessage(es.quote),
    }
    const t = translator('es', compiled)
    expect(t('hello', { name: 'Ana' })).toBe('Hola Ana')
    expect([0, 1, 2].map((count) => t('tries', { count }))).toEqual([
      'Sin intentos',
      'Queda 1 intento',
      'Quedan 2 intentos',
    ])
  })

  it('takes values as they are, and never as messages', () => {
    const t = translator('en', en, compileMessage)
    expect(t('hello', { name: '{count} <b>#</b> \u0027{' })).toBe('Hello {count} <b>#</b> \u0027{')
  })

  it('keeps two languages apart', () => {
    const [one, other] = [translator('en', en, compileMessage), translator('es', es, compileMessage)]
    expect([one('hello', { name: 'A' }), other('hello', { name: 'A' }), one('hello', { name: 'A' })]).toEqual(
      ['Hello A', 'Hola A', 'Hello A'],
    )
  })
})
