import { describe, expect, test } from 'vitest'
import { lettersFit, unopenedIn, unreachedIn } from '../../src/client/ready/facts.ts'
import { newContact } from '../../src/client/vault/document.ts'
import type { DrillContact, DrillSummary } from '../../src/protocol/drill.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'
import type { DocumentContact, LockChoice } from '../../src/protocol/vault-document.ts'

const person = (
  name: string,
  changes: Partial<DocumentContact> = {},
  lock: LockChoice = { kind: 'link' },
) => ({
  ...newContact({ name, email: `${name}@example.com`, language: 'es', text: 'x', phrase: null, lock }),
  answer: { n: 1, at: 1 },
  ...changes,
})
const ana = person('ana')
const ben = person('ben')
const contacts = [ana, ben]
const told = (
  { id }: DocumentContact,
  changedAt: number,
  changes: Partial<DrillContact> = {},
): DrillContact => ({
  contact: id,
  state: 'sent',
  reason: null,
  changedAt,
  openedAt: null,
  ...changes,
})
const drill = (...all: DrillContact[]): DrillSummary => ({
  drill: 'd',
  startedAt: 0,
  endsAt: 1,
  settled: true,
  contacts: all,
})
const alert = (...all: DrillContact[]) => ({ contacts: all }) as unknown as AlertSummary
const refused = (reason: DrillContact['reason']) => ({ state: 'refused', reason }) as const

describe('whom the last message did not reach', () => {
  test.each([
    'address',
    'provider',
    'expired',
    'quota',
    'not-configured',
    null,
  ] as const)('counts who was refused (%s)', (reason) => {
    expect(unreachedIn({ contacts }, [alert(told(ana, 5, refused(reason)))], { drills: [] })).toBe(1)
  })

  test.each([
    'stopped',
    'no-address',
    'cap',
    'not-accepted',
  ] as const)('leaves what another row says (%s) to that row', (reason) => {
    expect(unreachedIn({ contacts }, [alert(told(ana, 5, refused(reason)))], { drills: [] })).toBe(0)
  })

  test('goes by the last message of all, whether alert or drill', () => {
    const missed = told(ana, 5, refused('address'))
    expect(unreachedIn({ contacts }, [alert(missed)], { drills: [drill(told(ana, 6))] })).toBe(0)
    expect(unreachedIn({ contacts }, [alert(told(ana, 4))], { drills: [drill(missed)] })).toBe(1)
    expect(unreachedIn({ contacts }, [], { drills: [] })).toBe(0)
  })

  test('does not count who has opened it all the same, nor who has no address any more', () => {
    const opened = told(ana, 5, { ...refused('provider'), openedAt: 6 })
    expect(unreachedIn({ contacts }, [alert(opened)], { drills: [] })).toBe(0)
    const silent = [{ ...ana, email: null }]
    expect(unreachedIn({ contacts: silent }, [alert(told(ana, 5, refused('address')))], { drills: [] })).toBe(
      0,
    )
  })
})

describe('who has opened no letter yet', () => {
  test('counts whom an alert writes to, accepted or not, and who opened none of any alert or drill', () => {
    expect(
      unopenedIn({ contacts: [...contacts, person('c', { answer: null })] }, null, [], { drills: [] }),
    ).toBe(3)
    const first = drill(told(ana, 1, { openedAt: 2 }), told(ben, 1))
    expect(unopenedIn({ contacts }, null, [], { drills: [drill(told(ana, 9)), first] })).toBe(1)
    expect(unopenedIn({ contacts }, null, [alert(told(ben, 1, { openedAt: 2 }))], { drills: [first] })).toBe(
      0,
    )
  })

  test('does not count who has no address, or has left', () => {
    const others = [person('b', { email: null }), ana]
    expect(unopenedIn({ contacts: others }, new Map([[ana.id, 'left']]), [], { drills: [] })).toBe(0)
  })
})

describe('the letters', () => {
  const letters = contacts.map(({ letter }) => ({ letter: letter.id, version: letter.version }))

  test('fit where the service has each in the version that the document names, beside others', () => {
    expect(lettersFit({ contacts }, { letters })).toBe(true)
    expect(lettersFit({ contacts: [ana] }, { letters })).toBe(true)
  })

  test('do not where one is missing, of another version, or behind no word', () => {
    expect(lettersFit({ contacts }, { letters: letters.slice(1) })).toBe(false)
    expect(lettersFit({ contacts }, { letters: letters.map((one) => ({ ...one, version: 2 })) })).toBe(false)
    const wordless = person('c', {}, { kind: 'word', word: '...', hint: null })
    const own = { letter: wordless.letter.id, version: 1 }
    expect(lettersFit({ contacts: [wordless] }, { letters: [own] })).toBe(false)
  })
})
