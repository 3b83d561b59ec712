import { describe, expect, test } from 'vitest'
import { aNumberOf, namesIn, spellingsOf } from '../../src/client/next-steps/locator.ts'

describe('an A-number', () => {
  test.each([
    ['A012 345 678', '012345678'],
    ['a-12345678', '012345678'],
    ['A# 1234567', '001234567'],
    ['012345678', '012345678'],
    [' A 012-345-678 ', '012345678'],
  ])('%j is nine digits', (written, digits) => {
    expect(aNumberOf(written)).toBe(digits)
  })

  test.each([
    'In the blue folder',
    'A123',
    'A1234567890',
    '',
    'A012345678 (old)',
  ])('%j is none', (written) => {
    expect(aNumberOf(written)).toBeNull()
  })
})

describe('spellings to try', () => {
  test('of two family names: both, each, with a hyphen, in one word, and without accents', () => {
    expect(spellingsOf(['María José Flores Núñez'])).toEqual({
      first: ['Maria Jose', 'Maria', 'Jose', 'Maria-Jose', 'MariaJose'],
      last: ['Flores Nunez', 'Flores', 'Nunez', 'Flores-Nunez', 'FloresNunez'],
    })
  })

  test('of three words the middle one is tried as name and as family name', () => {
    const { first, last } = spellingsOf(['Juan Carlos Pérez'])
    expect(first).toEqual(['Juan', 'Juan Carlos'])
    expect(last).toEqual(['Carlos Perez', 'Carlos', 'Perez', 'Carlos-Perez', 'CarlosPerez'])
  })

  test('what belongs together stays together, and a comma says which is which', () => {
    expect(spellingsOf(['Ana de la Cruz']).last).toEqual(['de la Cruz'])
    expect(spellingsOf(['De la Cruz Ríos, Ana'])).toEqual({
      first: ['Ana'],
      last: ['De la Cruz Rios', 'De la Cruz', 'Rios', 'De la Cruz-Rios', 'De la CruzRios'],
    })
  })

  test('other names come after the first, each once, and not without end', () => {
    const { first, last } = spellingsOf([
      'Ana Flores',
      ...namesIn('Anita Flores\nAna Ruiz; Ana Flores de Ruiz'),
    ])
    expect(first.slice(0, 2)).toEqual(['Ana', 'Anita'])
    expect(last.slice(0, 2)).toEqual(['Flores', 'Ruiz'])
    expect(spellingsOf(Array.from({ length: 40 }, (_, n) => `Ana Flores${n} Ruiz${n}`)).last).toHaveLength(10)
  })

  test('of one word there is no last name', () => {
    expect(spellingsOf(['Ana'])).toEqual({ first: ['Ana'], last: [] })
  })
})
