import { describe, expect, test } from 'vitest'
import { lasted, rowsOf, unwrittenOf } from '../../src/client/drill/drill-view.ts'
import { newContact } from '../../src/client/vault/document.ts'
import type { DrillContact } from '../../src/protocol/drill.ts'
import type { DocumentContact } from '../../src/protocol/vault-document.ts'

const person = (name: string, changes: Partial<DocumentContact> = {}): DocumentContact => ({
  ...newContact({
    name,
    email: `${name}@example.com`,
    language: 'es',
    text: 'x',
    phrase: null,
    lock: { kind: 'link' },
  }),
  answer: { n: 1, at: 1 },
  ...changes,
})
const told = ({ id }: DocumentContact, changes: Partial<DrillContact>): DrillContact => ({
  contact: id,
  state: 'sent',
  reason: null,
  changedAt: 0,
  openedAt: null,
  ...changes,
})

describe('a drill', () => {
  test.each([
    ['writes to who has accepted and has an address', person('a'), null],
    ['not to who has not accepted', person('a', { answer: null }), 'not-accepted'],
    ['not to who has no address', person('a', { email: null }), 'no-address'],
  ] as const)('%s', (_, contact, reason) => {
    expect(unwrittenOf(contact, null)).toBe(reason)
    expect(unwrittenOf(contact, new Map([[contact.id, 'left']]))).toBe('left')
  })

  test('shows each contact where the furthest point is, opened before all, in the owner’s order', () => {
    const [a, b, c, gone] = [person('a'), person('b'), person('c'), person('gone')]
    const drill = {
      startedAt: 1_000,
      contacts: [
        told(gone, {}),
        told(c, { state: 'refused', reason: 'address' }),
        told(b, { state: 'delivered' }),
        // What was opened has arrived, whatever the provider says.
        told(a, { state: 'refused', reason: 'provider', openedAt: 61_000 }),
      ],
    }
    expect(rowsOf([a, b, c], drill)).toEqual([
      { name: 'a', state: 'opened', afterMs: 60_000 },
      { name: 'b', state: 'delivered' },
      { name: 'c', state: 'refused', reason: 'address' },
    ])
  })

  test.each([
    [0, 1, 'minutes'],
    [89 * 60_000, 89, 'minutes'],
    [90 * 60_000, 2, 'hours'],
    [35 * 3_600_000, 35, 'hours'],
    [36 * 3_600_000, 2, 'days'],
    [7 * 86_400_000, 7, 'days'],
  ] as const)('says %i ms as a person does', (ms, count, unit) => {
    expect(lasted(ms)).toEqual({ unit, count })
  })
})
