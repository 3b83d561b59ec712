import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  contactNameProblem,
  emailProblem,
  hintProblem,
  letterProblem,
  ownerNameProblem,
  phraseProblem,
  tidy,
  wordProblem,
} from '../../src/client/contacts/checks.ts'
import { setup } from '../../src/client/text/setup-text.ts'
import { EmailAddress, OwnerName } from '../../src/protocol/fields.ts'

beforeAll(() => setup.load('en'))

describe('a check says nothing of what is right, and something of what is not', () => {
  test.each([
    [ownerNameProblem, 'Ana', ''],
    [ownerNameProblem, '  Ma.  José de la O’Brien ', 'Ana 2'],
    [ownerNameProblem, `${'A'.repeat(20)} ${'B'.repeat(19)}`, `${'A'.repeat(20)} ${'B'.repeat(20)}`],
    [ownerNameProblem, 'Grace', 'Call Grace'],
    [ownerNameProblem, 'Jose\u0301', 'visit example.com'],
    [contactNameProblem, 'Mi hermana (2)', ''],
    [contactNameProblem, 'x'.repeat(60), 'x'.repeat(61)],
    [contactNameProblem, 'a\u202eb', ' \u202e\n '],
    [emailProblem, ' rosa+amparo@mail.example.org ', 'rosa'],
    [emailProblem, 'r@e.co', 'rosa@example.com, eve@example.com'],
    [wordProblem, 'abcd', 'abc'],
    [wordProblem, 'á b c d', '. . . .'],
    [wordProblem, 'x'.repeat(64), 'x'.repeat(65)],
    [letterProblem, 'x', ' \n '],
    [letterProblem, 'x'.repeat(8_000), 'x'.repeat(8_001)],
    [phraseProblem, '', 'x'.repeat(201)],
  ])('%o of %j and %j', (check, right, wrong) => {
    expect(check(right)).toBeNull()
    expect(check(wrong)).toMatch(/\w/)
  })

  test('a hint may say anything but the word, in whatever spelling', () => {
    expect(hintProblem('', 'Jacaranda')).toBeNull()
    expect(hintProblem('the tree in the square', 'Jacaranda azul')).toBeNull()
    expect(hintProblem('it is JACARÁNDA-azul', 'Jacaranda azul')).toMatch(/\w/)
    expect(hintProblem('jaca', 'Jacaranda')).toBeNull()
    expect(hintProblem('x'.repeat(121), 'Jacaranda')).toMatch(/\w/)
  })

  test('what passes fits the protocol, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        if (ownerNameProblem(typed) === null) expect(OwnerName.safeParse(tidy(typed)).success).toBe(true)
        if (emailProblem(typed) === null) expect(EmailAddress.safeParse(typed.trim()).success).toBe(true)
      }),
    )
  })
})
