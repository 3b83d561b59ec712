import { describe, expect, test } from 'vitest'
import { workshopTicket } from '../../src/client/setup/workshop-code.ts'
import { Ticket } from '../../src/protocol/ticket.ts'

const CODE = '0AB1CD2EF3GH4JK5'

describe('a workshop code', () => {
  test.each([
    CODE,
    '0AB1-CD2E-F3GH-4JK5',
    ' 0ab1 cd2e f3gh 4jk5 ',
    'OABI-CD2E-F3GH-4JK5',
    'oabl cd2e f3gh 4jk5',
    '0AB1–CD2E—F3GH‑4JK5',
    '０ＡＢ１CD2EF3GH4JK5',
    '0AB1\u200bCD2EF3GH4JK5',
  ])('is understood as %j', (typed) => {
    const ticket = workshopTicket(typed)
    expect(ticket).toEqual({ kind: 'workshop', code: CODE })
    expect(Ticket.parse(ticket)).toEqual(ticket)
  })

  test.each([
    '',
    '0AB1CD2EF3GH4JK',
    `${CODE}0`,
    '0AB1CD2EF3GH4JKU',
    '0AB1.CD2E.F3GH.4JK5',
    'ñAB1CD2EF3GH4JK5',
  ])('is not guessed from %j', (typed) => {
    expect(workshopTicket(typed)).toBeNull()
  })
})
