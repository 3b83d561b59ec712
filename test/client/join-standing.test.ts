import { describe, expect, test } from 'vitest'
import { type Standing, standingOf } from '../../src/client/join/standing.ts'
import { sayableOf, toConfirm, type Wanted } from '../../src/client/join/wanted.ts'
import { random } from '../../src/client/vault/random.ts'
import { sealAnswer, sealInvitation } from '../../src/crypto/invitation.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { JoinAnswer } from '../../src/protocol/join.ts'

const place = { vault: random(16), contact: random(16), secret: random(16) }
const invitation = {
  v: 1,
  from: 'Ana',
  to: 'Rosa',
  language: 'es',
  email: null,
  taken: 0,
  hotline: 'us-migrawatch',
  stop: toText(random(16)),
} as const
const said = { v: 1, language: 'en', email: 'rosa@example.com', sms: null, push: null } as const

const sealed = (version: number, secret = place.secret): string =>
  toText(sealInvitation(secret, place.vault, place.contact, version, invitation, random))
const answered = (n: number): string =>
  toText(sealAnswer(place.secret, place.vault, place.contact, n, said, random))

const read = (changes: Partial<JoinAnswer> = {}): JoinAnswer => ({
  ok: true,
  version: 4,
  sealed: sealed(4),
  state: 'accepted',
  answers: 2,
  answer: answered(2),
  letters: [],
  ...changes,
})

describe('what the service says of an invitation', () => {
  test('opens with its secret, and with it what the contact has said', () => {
    expect(standingOf(place, read())).toMatchObject({
      invitation,
      state: 'accepted',
      answers: 2,
      answer: said,
    })
  })

  test('is refused if the invitation is another’s, or is called newer than it is', () => {
    expect(standingOf(place, read({ sealed: sealed(4, random(16)) }))).toBeNull()
    expect(standingOf(place, read({ version: 5 }))).toBeNull()
  })

  test('does not pass an older answer off as the last one', () => {
    expect(standingOf(place, read({ answer: answered(1) }))?.answer).toBeNull()
  })

  test('makes nobody accept: without an answer that opens, the invitation is open', () => {
    for (const answer of [null, answered(1)])
      expect(standingOf(place, read({ answer }))?.state).toBe('invited')
    expect(standingOf(place, read({ answer: null, state: 'left' }))?.state).toBe('left')
  })

  test('shows the newest letter first, in whatever order they come', () => {
    const [a, b] = [toText(random(16)), toText(random(16))]
    const letters: JoinAnswer['letters'] = [
      { letter: a, state: 'expired', pressedAt: 1, practice: false },
      { letter: b, state: 'open', pressedAt: 2, practice: false },
    ]
    expect(standingOf(place, read({ letters }))?.letters.map(({ letter }) => letter)).toEqual([b, a])
  })

  test('shows a real alert that runs before any practice, however new that is', () => {
    const [a, b, c] = [toText(random(16)), toText(random(16)), toText(random(16))]
    const letters: JoinAnswer['letters'] = [
      { letter: a, state: 'open', pressedAt: 3, practice: true },
      { letter: b, state: 'open', pressedAt: 2, practice: false },
      { letter: c, state: 'cleared', pressedAt: 1, practice: false },
    ]
    expect(standingOf(place, read({ letters }))?.letters.map(({ letter }) => letter)).toEqual([b, a, c])
  })
})

describe('a code', () => {
  const standing = (changes: Partial<Standing>): Standing => ({
    place,
    invitation,
    state: 'accepted',
    answers: 1,
    answer: said,
    letters: [],
    ...changes,
  })

  const wants = (email: string | null, sms: string | null = null): Wanted => ({
    ...{ language: 'en', email, sms, push: null },
  })

  test('is asked for where an address was not confirmed for this contact', () => {
    expect(toConfirm(standing({ state: 'invited', answer: null }), said)).toEqual([said.email])
    expect(toConfirm(standing({}), wants('other@example.com'))).toEqual(['other@example.com'])
    expect(toConfirm(standing({ state: 'left' }), said)).toEqual([said.email])
    expect(toConfirm(standing({}), wants('other@example.com', '+15550142'))).toEqual([
      'other@example.com',
      '+15550142',
    ])
  })

  test('is not asked for without an address, nor again for the one that was confirmed', () => {
    expect(toConfirm(standing({ state: 'invited', answer: null }), wants(null))).toEqual([])
    expect(toConfirm(standing({}), said)).toEqual([])
    expect(toConfirm(standing({}), wants(said.email, '+15550142'))).toEqual(['+15550142'])
  })

  test('that came back says nothing of an address whose own code is still to come', () => {
    const fresh = standing({ state: 'invited', answer: null })
    const both = wants('other@example.com', '+15550142')
    expect(sayableOf(fresh, both, toConfirm(fresh, both))).toEqual(wants('other@example.com'))
    const after = standing({ answer: { v: 1, ...wants('other@example.com') } })
    expect(sayableOf(after, both, toConfirm(after, both))).toEqual(both)
    const change = standing({ answer: { v: 1, ...wants(null, '+15550100') } })
    expect(sayableOf(change, both, toConfirm(change, both))).toEqual(wants('other@example.com', '+15550100'))
  })
})
