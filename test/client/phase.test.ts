import { expect, test } from 'vitest'
import { phaseOf } from '../../src/client/press/phase.ts'
import { answerOf, pressOf } from '../queue/fakes.ts'

const received = (state: Parameters<typeof answerOf>[0], cancelled = false) =>
  pressOf(1, { state: 'received', cancelled, answer: answerOf(state) })

test.each([
  ['is stored, while nobody has answered', pressOf(1), true, 'stored'],
  ['is in memory only, where the phone could not keep it', pressOf(1), false, 'memory'],
  ['is being cancelled, until the service has said so', pressOf(1, { cancelled: true }), true, 'cancelling'],
  ['is being cancelled, kept or not', pressOf(1, { cancelled: true }), false, 'cancelling'],
  // An answer that was true before the person cancelled says nothing of the cancel.
  [
    'is being cancelled, whatever was answered before',
    pressOf(1, { cancelled: true, answer: answerOf('counting') }),
    true,
    'cancelling',
  ],
  ['is counting', received('counting'), true, 'counting'],
  ['is cancelled when the service says so', received('cancelled', true), true, 'cancelled'],
  ['is open although it was cancelled, if that came too late', received('open', true), true, 'open'],
  ['is open', received('open'), true, 'open'],
  ['is cleared', received('cleared'), true, 'cleared'],
  ['is expired', received('expired'), true, 'expired'],
  ['is dead where the service knows no such key', pressOf(1, { state: 'dead' }), true, 'dead'],
  ['is dead also if it was open once', pressOf(1, { state: 'dead', answer: answerOf('open') }), true, 'dead'],
] as const)('a press %s', (_, press, isKept, phase) => {
  expect(phaseOf(press, isKept)).toBe(phase)
})
