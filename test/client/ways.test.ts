import { describe, expect, test } from 'vitest'
import { waysOf } from '../../src/client/contacts/ways.ts'
import { newContact } from '../../src/client/vault/document.ts'
import type { AlertSummary } from '../../src/protocol/vault.ts'

const push = { endpoint: 'https://fcm.googleapis.com/fcm/send/a', p256dh: 'BA', auth: 'A' }
const rosa = {
  ...newContact({
    ...{ name: 'Rosa', email: 'rosa@example.com', language: 'es', text: 'Carta.', phrase: null },
    lock: { kind: 'paired' },
  }),
  push,
} as const

type Channels = AlertSummary['contacts'][number]['channels']
const alert = (changedAt: number, channels: Channels): AlertSummary => ({
  ...{
    alert: 'a',
    state: 'open',
    pressedAt: 1,
    receivedAt: 1,
    releasedAt: 1,
    closedAt: null,
    waves: 1,
    lettersOut: true,
    heldUntil: null,
  },
  contacts: [
    {
      ...{ contact: rosa.id, state: 'sent', reason: null, changedAt, sentAt: changedAt, openedAt: null },
      ...{ onIt: null, channels },
    },
  ],
  presses: [],
})
const deadPush: Channels = [
  { kind: 'email', state: 'sent', reason: null },
  { kind: 'push', state: 'refused', reason: 'gone' },
]

describe('the ways to a contact', () => {
  test('are those that the contact has chosen, whatever an alert says', () => {
    expect(waysOf({ ...rosa, push: null }, [alert(9, deadPush)])).toEqual([{ kind: 'email', isDead: false }])
    expect(waysOf({ ...rosa, email: null, push: null }, [])).toEqual([])
  })

  test('are dead where the last alert found nobody there, and the mail that was sent does not hide it', () => {
    expect(waysOf(rosa, [alert(9, deadPush)])).toEqual([
      { kind: 'email', isDead: false },
      { kind: 'push', isDead: true },
    ])
  })

  test('are not dead because of an older alert, nor for what the host could not do', () => {
    const fine: Channels = [{ kind: 'push', state: 'sent', reason: null }]
    const host: Channels = [{ kind: 'push', state: 'refused', reason: 'provider' }]
    for (const channels of [fine, host])
      expect(waysOf(rosa, [alert(20, channels), alert(9, deadPush)])[1]).toEqual({
        kind: 'push',
        isDead: false,
      })
  })

  test('are alive again once the contact has answered', () => {
    const answered = { ...rosa, answer: { n: 2, at: 10 } }
    expect(waysOf(answered, [alert(9, deadPush)])[1]?.isDead).toBe(false)
    expect(waysOf(answered, [alert(11, deadPush)])[1]?.isDead).toBe(true)
  })
})
