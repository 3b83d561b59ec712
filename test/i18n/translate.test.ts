import { readdirSync, readFileSync } from 'node:fs'
import { type CompiledMessage, compileMessage } from '@lingui/message-utils/compileMessage'
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

  it('writes large counts as the language does', () => {
    const t = translator('en', en, compileMessage)
    expect(t('tries', { count: 1200 })).toBe('1,200 tries left')
  })
})

const MESSAGES = new URL('../../src/i18n/messages/', import.meta.url)
const catalogs = readdirSync(MESSAGES).flatMap((group) =>
  readdirSync(new URL(`${group}/`, MESSAGES)).map((file) => `${group}/${file}`),
)

/** What a message asks of the translate function that it does not know. */
const unknownIn = (message: CompiledMessage): string[] =>
  message.flatMap((token) => {
    if (typeof token === 'string' || token[1] === undefined) return []
    if (token[1] !== 'plural') return [token[1]]
    const { offset, ...choices } = token[2] as Record<string, CompiledMessage>
    return [...(offset === undefined ? [] : ['offset']), ...Object.values(choices).flatMap(unknownIn)]
  })

describe.each(catalogs)('the catalog %s', (file) => {
  it('asks for nothing but values and plurals, which is all that the translate function knows', () => {
    const messages = JSON.parse(readFileSync(new URL(file, MESSAGES), 'utf8')) as Record<string, string>
    for (const message of Object.values(messages)) expect(unknownIn(compileMessage(message))).toEqual([])
  })
})
