import { describe, expect, test } from 'vitest'
import { readSays } from '../../src/client/check/says.ts'

describe('what the page with the check says', () => {
  test.each([
    { kind: 'shown' },
    { kind: 'failed' },
    { kind: 'turnstile', token: '0.aB-_c.d' },
  ])('is read: %j', (says) => {
    expect(readSays(says)).toEqual(says)
  })

  test.each([
    ['a workshop’s code, which only a person types', { kind: 'workshop', code: '0AB1CD2EF3GH4JK5' }],
    ['a token that cannot be one', { kind: 'turnstile', token: 'a b' }],
    ['no token', { kind: 'turnstile', token: '' }],
    ['a token too long', { kind: 'turnstile', token: 'a'.repeat(2049) }],
    ['more than there is', { kind: 'turnstile', token: 'a', vault: 'b' }],
    ['something else', { kind: 'else' }],
    ['text', '{"kind":"shown"}'],
    ['nothing', null],
  ])('is nothing: %s', (_, data) => {
    expect(readSays(data)).toBeNull()
  })
})
